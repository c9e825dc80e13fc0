"""Which column each node stands in: longest paths from the sources, cycles opened, links kept short."""

import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Link = tuple[str, str]
Part = str | int
"""A node that is free to stand where its links want it, or a column in which a person placed some."""

Name = TypeVar("Name", bound=Hashable)


def open_cycles(
    names: Iterable[Name], links: Iterable[tuple[Name, Name]], first: Sequence[Name] = ()
) -> tuple[list[tuple[Name, Name]], list[Name]]:
    """Leave out the links that close a cycle, searching from the sources in the order given.

    Args:
        names: Every node.
        links: Pairs of source and target; self-loops are left out.
        first: Nodes to search from before the sources.

    Returns:
        The links kept, and the nodes in an order in which every kept link points forward.

    >>> open_cycles("ab", [("a", "b"), ("b", "a")])
    ([('a', 'b')], ['a', 'b'])
    """
    following: dict[Name, dict[Name, None]] = {name: {} for name in names}
    for source, target in links:
        if source != target:
            following[source][target] = None
    entered = {target for targets in following.values() for target in targets}
    kept: list[tuple[Name, Name]] = []
    finished: list[Name] = []
    is_open: dict[Name, bool] = {}
    for root in [*first, *sorted(following, key=lambda name: name in entered)]:
        if root not in is_open:
            _search(root, following, is_open, kept, finished)
    return kept, finished[::-1]


def _search(
    root: Name,
    following: Mapping[Name, Mapping[Name, None]],
    is_open: dict[Name, bool],
    kept: list[tuple[Name, Name]],
    finished: list[Name],
) -> None:
    """Search depth first from a node; a link to a node still open closes a cycle."""
    is_open[root] = True
    stack = [(root, iter(following[root]))]
    while stack:
        name, rest = stack[-1]
        for target in rest:
            if is_open.get(target, False):
                continue
            kept.append((name, target))
            if target not in is_open:
                is_open[target] = True
                stack.append((target, iter(following[target])))
                break
        else:
            is_open[name] = False
            finished.append(name)
            stack.pop()


def first_visit(names: Sequence[str], kept: Sequence[Link]) -> dict[str, int]:
    """Number the nodes depth first, so that what belongs together has numbers close together.

    >>> first_visit("abcd", [("a", "b"), ("a", "c"), ("b", "d")])
    {'a': 0, 'b': 1, 'd': 2, 'c': 3}
    """
    following: dict[str, list[str]] = {name: [] for name in names}
    for source, target in kept:
        following[source].append(target)
    entered = {target for _, target in kept}
    number: dict[str, int] = {}
    stack = [name for name in reversed(names) if name not in entered]
    while stack:
        name = stack.pop()
        if name not in number:
            number[name] = len(number)
            stack.extend(reversed(following[name]))
    return number


def columns(names: Sequence[str], kept: Sequence[Link], hints: Mapping[str, int]) -> dict[str, int]:
    """Give each node the number of its column; some numbers may be left out.

    A node stands right of all that feed it, as near to what it is linked with as that allows.
    Hints say which nodes share a column and which columns are further right; a hinted column
    has its own number unless a node without a hint pushes it, and all further ones, to the right.

    Args:
        names: Every node.
        kept: Links that close no cycle.
        hints: Columns that a person chose; may be negative.

    >>> columns("sab", [("a", "b"), ("s", "b")], {})
    {'s': 0, 'a': 0, 'b': 1}
    >>> columns("abc", [("a", "b"), ("b", "c")], {"b": 0, "c": 1})
    {'a': 0, 'b': 1, 'c': 2}
    """
    lines = sorted(set(hints.values()))
    links: list[tuple[Part, Part]] = [*itertools.pairwise(lines)]
    for source, target in kept:
        if source not in hints or target not in hints:
            links.append((hints.get(source, source), hints.get(target, target)))
    parts: list[Part] = [*lines, *(name for name in names if name not in hints)]
    forward, order = open_cycles(parts, links, lines[:1])
    before: dict[Part, list[Part]] = {part: [] for part in parts}
    after: dict[Part, list[Part]] = {part: [] for part in parts}
    for one, other in forward:
        before[other].append(one)
        after[one].append(other)
    column: dict[Part, int] = {}
    for part in order:
        column[part] = max([column[other] + _apart(other, part) for other in before[part]], default=0)
        if isinstance(part, int):
            column[part] = max(column[part], part) if before[part] else part
    for part in reversed(order):
        while _pull(part, column, before, after):
            pass
    return {name: column[hints.get(name, name)] for name in names}


def _apart(one: Part, other: Part) -> int:
    """How much further right the second of two linked parts stands at least."""
    return other - one if isinstance(one, int) and isinstance(other, int) else 1


def _pull(
    part: Part,
    column: dict[Part, int],
    before: Mapping[Part, Sequence[Part]],
    after: Mapping[Part, Sequence[Part]],
) -> bool:
    """Move a node, with all that it pushes, to the right if that makes the links shorter."""
    if isinstance(part, int) or not after[part]:
        return False
    group = {part: None}
    waiting = [part]
    for one in waiting:
        for other in after[one]:
            if other not in group and column[other] - column[one] == 1:
                if isinstance(other, int):
                    return False
                group[other] = None
                waiting.append(other)
    room = [column[other] - column[one] - 1 for one in group for other in after[one] if other not in group]
    if not room or len(room) <= sum(other not in group for one in group for other in before[one]):
        return False
    for one in group:
        column[one] += min(room)
    return True
