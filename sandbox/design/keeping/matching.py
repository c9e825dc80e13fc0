"""Which part of a design after its changes is which part of before."""

from collections.abc import Callable, Mapping, Sequence

from sandbox.design.model import Design
from sandbox.design.tables import node_table

Table = Mapping[str, object]
Alike = Callable[[Table], object]


def renamed(before: Design, after: Design) -> dict[str, str]:
    """Nodes that only got another id in one change: old ids by new ones.

    >>> from sandbox.design.edits import add_node, rename_node
    >>> shop = add_node(Design(), "ship", "lambda")
    >>> renamed(shop, rename_node(shop, "ship", "send"))
    {'send': 'ship'}
    """
    if before.nodes.keys() == after.nodes.keys():
        return {}
    gone = [key for key in before.nodes if key not in after.nodes]
    names = {}
    for key, node in after.nodes.items():
        if key not in before.nodes:
            same = [old for old in gone if node_table(before.nodes[old]) == node_table(node)]
            if same and len(before.nodes) == len(after.nodes):
                names[key] = same[0]
                gone.remove(same[0])
    return names


def followed(names: Mapping[str, str], before: Design, after: Design) -> dict[str, str]:
    """Ids in the source by ids now, after one more change."""
    if before.nodes is after.nodes:
        return dict(names)
    step = renamed(before, after)
    old = {key: names.get(step.get(key, key), step.get(key, key)) for key in after.nodes}
    return {key: first for key, first in old.items() if first != key}


def origins(before: Design, after: Design, names: Mapping[str, str]) -> dict[str, str]:
    """Id before of each node that was there, by its id now."""
    taken = {names[key] for key in names if key in after.nodes}
    found = {}
    for key, node in after.nodes.items():
        old = names.get(key, key if key not in taken else None)
        if old in before.nodes and old is not None and before.nodes[old].service == node.service:
            found[key] = old
    return found


def split(before: Design, after: Design, was: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Edges into which a new node was put: the node by the edge's ends before.

    Args:
        before: The design before.
        after: The design now.
        was: Id before of each node that was there, by its id now.

    >>> from sandbox.design.edits import add_edge, add_node, remove_edge
    >>> pair = add_edge(add_node(add_node(Design(), "a", "lambda"), "b", "lambda"), "a", "b")
    >>> more = add_node(remove_edge(pair, 0), "q", "sqs")
    >>> split(pair, add_edge(add_edge(more, "a", "q"), "q", "b"), {"a": "a", "b": "b"})
    {('a', 'b'): 'q'}
    """
    now = {(edge.source, edge.target) for edge in after.edges}
    ids = {old: key for key, old in was.items()}
    found = {}
    for edge in before.edges:
        source, target = ids.get(edge.source), ids.get(edge.target)
        if source is None or target is None or (source, target) in now:
            continue
        for key in after.nodes:
            if key not in was and {(source, key), (key, target)} <= now:
                found[edge.source, edge.target] = key
    return found


def matched(olds: Sequence[Table], news: Sequence[Table], alike: Sequence[Alike]) -> list[int | None]:
    """The place of each entry in the list before; None for new ones.

    Args:
        olds: The entries before.
        news: The entries now.
        alike: What entries that are not the same have in common, the strictest first.

    >>> matched([{"a": 1}, {"a": 2, "b": 3}], [{"a": 2}, {"a": 1}, {"a": 4}], [lambda table: table["a"]])
    [1, 0, None]
    """
    places: list[int | None] = [None] * len(news)
    left = dict.fromkeys(range(len(olds)))
    for key in (repr, *alike):
        waiting: dict[object, list[int]] = {}
        for each in left:
            waiting.setdefault(key(olds[each]), []).append(each)
        for place, new in enumerate(news):
            found = waiting.get(key(new)) if places[place] is None else None
            if found:
                old = places[place] = found.pop(0)
                del left[old]
    return places
