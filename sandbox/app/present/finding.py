"""What a search finds: nodes and connections by their names, ids and services."""

from dataclasses import dataclass

from sandbox.app.present.landing import Spot
from sandbox.app.present.matching import Named, best
from sandbox.app.present.wording import ends
from sandbox.design.model import Design


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a drawing that one can go to."""

    key: str
    """`nodes.ship` or `edges.2`."""
    text: str
    icon: str
    note: str
    named: Named

    @property
    def spot(self) -> Spot:
        """What is to be selected."""
        section, _, part = self.key.partition(".")
        return Spot(part) if section == "nodes" else Spot(edge=int(part))


def found(design: Design, query: str) -> list[Place]:
    r"""Places that fit a query, the best first; all nodes and then all connections for none.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.a]\nservice="sqs"\nlabel="Orders"\n[nodes.f]\nservice="lambda"\n'
    ...              '[[edges]]\nfrom="a"\nto="f"', "shop")
    >>> [place.key for place in found(shop, "orders")], [place.key for place in found(shop, "queue")]
    (['nodes.a', 'edges.0'], ['nodes.a'])
    """
    places = {place.key: place for place in (*_nodes(design), *_edges(design))}
    return [places[key] for key in best(query, [(key, place.named) for key, place in places.items()])]


def _nodes(design: Design) -> list[Place]:
    return [
        Place(
            f"nodes.{key}",
            node.title,
            node.kind.icon,
            f"{node.kind.title}{f' · {key}' if node.title != key else ''}",
            Named(
                (key.lower(), node.title.lower()),
                (
                    *node.title.lower().split(),
                    node.service,
                    node.kind.badge.lower(),
                    *node.kind.also_called,
                ),
            ),
        )
        for key, node in design.nodes.items()
    ]  # fmt: skip


def _edges(design: Design) -> list[Place]:
    return [
        Place(
            f"edges.{place}",
            ends(design, place),
            "→",
            edge.connection.title,
            Named((), (*ends(design, place).lower().split(), edge.source, edge.target)),
        )
        for place, edge in enumerate(design.edges)
    ]
