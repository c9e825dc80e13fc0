"""A text that a person wrote, brought up to date with a design: the rest stays as it is.

| module     | holds                                                               |
| ---------- | ------------------------------------------------------------------- |
| `matching` | which part of a design after its changes is which part of before     |
| `extents`  | which lines belong together: a key with the comment above it         |
| `inline`   | tables and lists that are values, with something added or taken out  |
| `patch`    | changes to a text, each at its place                                 |
| `bringing` | the changes that make a text say another design                      |

Only what changed is written anew. A library that parses comments (`tomlkit`) gives the comment
above a table to the table before it, so that taking one out keeps its comment and loses another's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.design.keeping.bringing import Bringing, rearranged
from sandbox.design.keeping.matching import followed, matched, renamed
from sandbox.design.keeping.patch import Patch
from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.scanning import Walk
from sandbox.design.tables import edge_table
from sandbox.design.writing import dumps
from sandbox.errors import DesignError

__all__ = ["Kept", "bring", "followed", "kept"]

BOM = "\ufeff"


@dataclass(frozen=True)
class Kept:
    """A text with a design in it."""

    text: str
    lost: tuple[str, ...] = ()
    """Comments of the source that it no longer has, though what they were about is still there."""


def kept(source: str, design: Design) -> str:
    r"""The text a person wrote, brought up to date with a design.

    Args:
        source: A design in TOML. Its line ends and its byte order mark are kept.
        design: What it shall say.

    >>> text = 'name = "Shop"  # for now\n\n# big\n[nodes.f]\nservice = "lambda"\nmemory_mb = 1_024\n'
    >>> print(kept(text, loads(text).with_value("nodes.f.timeout_s", 9)))
    name = "Shop"  # for now
    <BLANKLINE>
    # big
    [nodes.f]
    service = "lambda"
    memory_mb = 1_024
    timeout_s = 9
    <BLANKLINE>
    """
    return bring(source, design).text


def bring(
    source: str, design: Design, before: Design | None = None, names: Mapping[str, str] | None = None
) -> Kept:
    """Bring a text up to date with a design, and tell which comments that costs.

    Args:
        source: A design in TOML.
        design: What it shall say.
        before: What it says, where that is known.
        names: Ids in the source by the design's, of nodes that were renamed; where they are not known,
            they are told from the designs, as far as that goes.
    """
    mark = BOM if source.startswith(BOM) else ""
    has_returns = source.count("\r\n") == source.count("\n") > 0
    text = source.removeprefix(mark)
    text = text.replace("\r\n", "\n") if has_returns else text
    try:
        before = before or loads(text)
    except DesignError:
        return Kept(dumps(design))
    if before == design:
        return Kept(source)
    if text == dumps(before):  # nobody but this program wrote it: its order is as stable as ever
        found = Kept(dumps(design))
    else:
        found = _patched(text, before, design, renamed(before, design) if names is None else names)
    changed = found.text.replace("\n", "\r\n") if has_returns else found.text
    return Kept(mark + changed, found.lost)


def _patched(text: str, before: Design, design: Design, names: Mapping[str, str]) -> Kept:
    """The text with what changed; where that does not come out right, the design written plainly."""
    for keep_defaults in (True, False):
        try:
            patch = Patch(text)
            Bringing(patch, before, design, names, keep_defaults=keep_defaults)
            changed = _tidied(text, patch.text())
            said = loads(changed)
            if said.edges != design.edges:
                changed = _ordered(changed, said, design)
                said = loads(changed)
        except (DesignError, LookupError, StopIteration, TypeError, ValueError):
            continue
        if said == design:
            return Kept(changed, tuple(patch.lost))
    return Kept(dumps(design), tuple(text[slice(*span)] for span in Walk(text).comments))


def _ordered(text: str, said: Design, design: Design) -> str:
    """The text with its edges in the design's order."""
    there = [edge_table(edge) for edge in said.edges]
    places = matched(there, [edge_table(edge) for edge in design.edges], ())
    return rearranged(text, "edges", [place for place in places if place is not None])


def _tidied(before: str, text: str) -> str:
    """No more blank lines at the end than there were."""
    return text if before.endswith("\n\n") or not text.endswith("\n\n") else text.rstrip("\n") + "\n"
