"""What a design's description teaches, told beside the goals while its dials are turned."""

import re
from collections.abc import Iterator

from sandbox.app.present.goals import Line
from sandbox.design.variants import plain

TO_TRY = "What to try"
_HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
_BLOCK = re.compile(r"\n\s*\n|\n(?=[*-] )")


def lesson(description: str) -> tuple[Line, ...]:
    """The paragraphs of a description that says what to try; that stands first, for the rest has been read.

    Args:
        description: Markdown; one without such a heading teaches nothing.
    """
    first, *rest = _HEADING.split(description)
    parts = [("What it shows", first), *zip(rest[::2], rest[1::2], strict=True)]
    if TO_TRY not in rest[::2]:
        return ()
    parts.sort(key=lambda part: part[0] != TO_TRY)
    return tuple(line for title, text in parts if text.strip() for line in _told(title, text))


def _told(title: str, text: str) -> Iterator[Line]:
    """A heading, and what stands under it."""
    yield Line(title, is_title=True)
    for block in _BLOCK.split(text.strip()):
        is_point = block.startswith(("* ", "- "))
        yield Line(f"• {plain(block[2:])}" if is_point else plain(block))
