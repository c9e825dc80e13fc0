"""Places in a column of the layout."""

from typing import Literal, NamedTuple


class Slot(NamedTuple):
    """A place in a column: the node itself, or a lane of the edges that leave it."""

    owner: str
    kind: Literal["node", "forward", "back"] = "node"


class Stop(NamedTuple):
    """A slot and the column it is in."""

    column: int
    slot: Slot


Path = tuple[Stop, ...]
"""The stops of one edge, from its source to its target."""
