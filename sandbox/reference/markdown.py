"""Tables and links of a page in Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence

_ADDRESS = re.compile(r"https?://[^\s,)]+")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    r"""A table, line by line; columns and tables with nothing in them are left out.

    >>> list(table(["Name", "Unit"], [["memory", ""], ["time|out", ""]]))
    ['| Name |', '| --- |', '| memory |', '| time\\|out |', '']
    """
    cells = [[_cell(text) for text in row] for row in rows]
    kept = [at for at in range(len(heads)) if any(row[at] for row in cells)]
    if not kept:
        return
    yield _row(heads[at] for at in kept)
    yield _row("---" for _ in kept)
    yield from (_row(row[at] for at in kept) for row in cells)
    yield ""


def linked(text: str) -> str:
    """A source with its addresses as links that show only where they lead.

    >>> linked("https://docs.aws.amazon.com/a/b.html (read)")
    '[docs.aws.amazon.com](https://docs.aws.amazon.com/a/b.html) (read)'
    """
    return _ADDRESS.sub(lambda found: f"[{found.group().split('/')[2]}]({found.group()})", text)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
