"""Which column each node stands in: longest paths from the sources, cycles opened."""

import itertools
from collections.abc import Mapping, Sequence

Link = tuple[str, str]


def open_cycles(names: Sequence[str], links: Sequence[Link]) -> tuple[list[Link], list[str]]:
    """Leave out the links that close a cycle, searching from the sources in the order given.

    Args:
        names: Every node.
        links: Pairs of source and target; self-loops are left out.

    Returns:
        The links kept, and the nodes in an order in which every kept link points forward.

    >>> open_cycles("ab", [("a", "b"), ("b", "a")])
    ([('a', 'b')], ['a', 'b'])
    """
    following: dict[str, dict[str, None]] = {name: {} for name in names}
    for source, target in links:
        if source != target:
            following[source][target] = None
    entered = {target for targets in following.values() for target in targets}
    kept: list[Link] = []
    finished: list[str] = []
    is_open: dict[str, bool] = {}
    for root in sorted(names, key=lambda name: name in entered):
        if root not in is_open:
            _search(root, following, is_open, kept, finished)
    return kept, finished[::-1]


def _search(
    root: str,
    following: Mapping[str, Mapping[str, None]],
    is_open: dict[str, bool],
    kept: list[Link],
    finished: list[str],
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


def columns(names: Sequence[str], links: Sequence[Link], hints: Mapping[str, int]) -> dict[str, int]:
    """Give each node its column, counted from 0 without empty columns.

    A node stands right of all that feed it, a source just left of its nearest consumer.
    Hints win over both.

    >>> columns("sab", [("a", "b"), ("s", "b")], {})
    {'s': 0, 'a': 0, 'b': 1}
    """
    kept, order = open_cycles(names, links)
    before: dict[str, list[str]] = {name: [] for name in names}
    after: dict[str, list[str]] = {name: [] for name in names}
    for source, target in kept:
        before[target].append(source)
        after[source].append(target)
    column: dict[str, int] = {}
    for name in order:
        column[name] = hints.get(name, max((column[other] + 1 for other in before[name]), default=0))
    for name in reversed(order):
        if name in hints or len(after[name]) <= len(before[name]):
            continue
        nearest = min(column[other] for other in after[name]) - 1
        column[name] = max(nearest, column[name]) if before[name] else nearest
    used = {number: index for index, number in enumerate(sorted(set(column.values())))}
    return {name: used[column[name]] for name in names}


def components(names: Sequence[str], links: Sequence[Link], together: Sequence[str] = ()) -> dict[str, int]:
    """Number the weakly connected parts in the order in which they first occur.

    Args:
        names: Every node.
        links: Pairs of source and target.
        together: Nodes that count as connected with each other.

    >>> components("abc", [("a", "c")])
    {'a': 0, 'b': 1, 'c': 0}
    """
    root = {name: name for name in names}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for source, target in [*links, *itertools.pairwise(together)]:
        root[find(target)] = find(source)
    number: dict[str, int] = {}
    return {name: number.setdefault(find(name), len(number)) for name in names}
