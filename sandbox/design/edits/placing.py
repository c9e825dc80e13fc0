"""Where nodes stand on the canvas: as columns and places in them, for those that a person has moved."""

from collections.abc import Mapping
from dataclasses import replace

from sandbox.design.model import Design

Position = tuple[int, int]
"""Column, and order in the column."""


def placed(design: Design, positions: Mapping[str, Position | None]) -> Design:
    """Put nodes at columns and rows of the canvas; None lets the layout place one.

    Raises:
        UnknownNameError: One of the nodes is not there.
    """
    moved = {key: replace(design.node(key), position=position) for key, position in positions.items()}
    return replace(design, nodes={**design.nodes, **moved})


def move_node(design: Design, key: str, position: Position | None) -> Design:
    """Put one node at a column and row of the canvas; None lets the layout place it."""
    return placed(design, {key: position})


def arranged(design: Design) -> Design:
    """Let the layout place every node again."""
    return placed(design, dict.fromkeys(design.nodes))


def freed(design: Design, positions: Mapping[str, Position | None]) -> dict[str, Position | None]:
    """Positions for new nodes: as far down, all together, as they must be to stand on nobody's.

    Args:
        design: Whose nodes keep theirs.
        positions: Of the new nodes, where they have one.

    >>> freed(Design(), {"a": (1, 2), "b": None})
    {'a': (1, 2), 'b': None}
    """
    taken = {node.position for node in design.nodes.values() if node.position is not None}
    wanted = [position for position in positions.values() if position is not None]
    down = 0
    while any((column, row + down) in taken for column, row in wanted):
        down += 1
    return {key: at and (at[0], at[1] + down) for key, at in positions.items()}
