"""What to select after the drawing has changed: what is new or changed, or what led to what is gone."""

from typing import NamedTuple

from sandbox.design.model import Design


class Spot(NamedTuple):
    """What is selected, and which nodes are marked with it."""

    node: str | None = None
    edge: int | None = None
    """Its place among the edges."""
    marked: frozenset[str] = frozenset()


def landing(before: Design, after: Design, spot: Spot) -> Spot:
    r"""Where the selection goes when one design takes the place of another.

    Args:
        before: The design that was shown.
        after: The one shown from now on.
        spot: What was selected before.

    >>> from sandbox.design.reading import loads
    >>> text = 'schema=1\n[nodes.a]\nservice="traffic"\n[nodes.b]\nservice="sqs"\n'
    >>> joined = loads(f'{text}[[edges]]\nfrom="a"\nto="b"', "shop")
    >>> alone = loads(text, "shop")
    >>> landing(alone, joined, Spot("a"))
    Spot(node=None, edge=0, marked=frozenset())
    >>> landing(joined, alone, Spot(edge=0))
    Spot(node='a', edge=None, marked=frozenset())
    >>> landing(joined, loads('schema=1\n[nodes.a]\nservice="traffic"\n', "shop"), Spot("b"))
    Spot(node='a', edge=None, marked=frozenset())
    """
    new = [key for key in after.nodes if key not in before.nodes]
    if new:
        return Spot(new[0]) if len(new) == 1 else Spot(marked=frozenset(new))
    if any(key not in after.nodes for key in before.nodes):
        return _kept(before, after, spot) or Spot(_before_gone(before, after))
    fresh = [place for place, edge in enumerate(after.edges) if edge not in before.edges]
    lost = [edge for edge in before.edges if edge not in after.edges]
    if fresh:
        return Spot(edge=fresh[-1])
    if lost:
        return _kept(before, after, spot) or Spot(lost[0].source)
    changed = {key for key, node in after.nodes.items() if node != before.nodes[key]}
    if not changed or changed & {spot.node, *spot.marked}:
        return _kept(before, after, spot) or Spot()
    return Spot(next(key for key in after.nodes if key in changed))


def _kept(before: Design, after: Design, spot: Spot) -> Spot | None:
    """The same selection, if it is still there; an edge is found again in its new place."""
    if spot.node in after.nodes:
        return Spot(spot.node, None, spot.marked & {*after.nodes})
    if spot.edge is not None and spot.edge < len(before.edges):
        edge = before.edges[spot.edge]
        return Spot(edge=after.edges.index(edge)) if edge in after.edges else None
    return None


def _before_gone(before: Design, after: Design) -> str | None:
    """The node that led to what is gone, or that it led to."""
    gone = [key for key in before.nodes if key not in after.nodes]
    for key in gone:
        near = (
            *(edge.source for edge in before.inflows(key)),
            *(edge.target for edge in before.outflows(key)),
        )
        for other in near:
            if other in after.nodes:
                return other
    return None
