"""The hints that make a picture come out as a person arranged it."""

from collections.abc import Collection, Mapping, Sequence

from widgets.canvas.layers import columns, open_cycles
from widgets.canvas.topology import Topology

Place = tuple[int, int]
"""The number of a column and the order in it: a node's hint."""


def grid(topology: Topology) -> list[list[str]]:
    """The nodes of each column, from left to right, each from the top down."""
    return [[slot.owner for slot in column if slot.kind == "node"] for column in topology.columns]


def positions(
    topology: Topology, after: Sequence[Sequence[str]], moving: Collection[str]
) -> dict[str, Place]:
    """The hints by which the nodes come to stand in these columns.

    The nodes that moved get one; so do those that would be pushed away by them, or would
    push them. Hints that others have follow their nodes.

    Args:
        topology: How the nodes stand now.
        after: How they are to stand: the nodes of each column from left to right, each from
            the top down. Nodes that do not move keep their columns and their order.
        moving: The nodes that move.

    Returns:
        The hints that are new or different, by node.
    """
    names = [name for name, _ in topology.shape[0]]
    told = {name: hint for name, hint in topology.shape[0] if hint is not None}
    wanted = _numbered(topology, after, moving)
    order = {name: index for column in after for index, name in enumerate(column)}
    links = [(source, target) for _, source, target, _ in sorted(topology.shape[1], key=lambda edge: edge[3])]
    kept, ranked = open_cycles(names, links)
    # Only between two placed nodes may a link run back.
    back = {name for link in kept if wanted[link[0]] >= wanted[link[1]] for name in link}
    placed = {name: wanted[name] for name in names if name in moving or name in told or name in back}
    while len(placed) < len(names):
        found = columns(names, kept, placed)
        if _seen(found) == _seen(wanted):
            break
        free = [name for name in ranked if name not in placed]
        astray = next((name for name in free if found[name] != wanted[name]), free[0])
        placed[astray] = wanted[astray]
    hints = {name: (number, order[name]) for name, number in placed.items()}
    return {name: hint for name, hint in hints.items() if told.get(name) != hint}


def _seen(numbers: Mapping[str, int]) -> dict[str, int]:
    """Columns as they are counted on the screen, where numbers that are left out are not seen."""
    used = {number: index for index, number in enumerate(sorted(set(numbers.values())))}
    return {name: used[number] for name, number in numbers.items()}


def _numbered(topology: Topology, after: Sequence[Sequence[str]], moving: Collection[str]) -> dict[str, int]:
    """The number of the column of each node: those that stay keep theirs, new columns get free ones."""
    now = {
        name: number
        for number, column in zip(topology.numbers, grid(topology), strict=True)
        for name in column
    }
    staying = [next((now[name] for name in column if name not in moving), None) for column in after]
    numbers: list[int] = []
    last = topology.numbers[0] - 1
    for number in staying:
        last = last + 1 if number is None else number
        numbers.append(last)
    for at in range(len(numbers) - 2, -1, -1):
        if staying[at] is None:
            numbers[at] = min(numbers[at], numbers[at + 1] - 1)
    return {name: number for number, column in zip(numbers, after, strict=True) for name in column}
