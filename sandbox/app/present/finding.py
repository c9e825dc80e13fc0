"""What a search finds: nodes and connections by their names, ids and services, and their settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sandbox.app.present.fields import fields
from sandbox.app.present.landing import Spot
from sandbox.app.present.matching import Named, best
from sandbox.app.present.wording import ends, label, subject_title
from sandbox.design.model import Design

_LEAST, _MOST = 3, 12
"""Letters from which settings are looked for, and settings that are shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a drawing that one can go to."""

    key: str
    """`nodes.ship` or `edges.2`."""
    text: str
    icon: str
    note: str
    named: Named
    setting: str = ""
    """The setting of it that one goes to; the whole where it is empty."""

    @property
    def spot(self) -> Spot:
        """What is to be selected."""
        section, _, part = self.key.partition(" ")[0].partition(".")
        return Spot(part) if section == "nodes" else Spot(edge=int(part))


def found(design: Design, query: str) -> list[Place]:
    r"""Places that fit a query, the best first; all nodes and then all connections for none.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.a]\nservice="sqs"\nlabel="Orders"\n[nodes.f]\nservice="lambda"\n'
    ...              '[[edges]]\nfrom="a"\nto="f"', "shop")
    >>> [place.key for place in found(shop, "orders")], [place.key for place in found(shop, "queue")]
    (['nodes.a', 'edges.0'], ['nodes.a'])
    >>> [(place.key, place.text, place.note) for place in found(shop, "orders visib")]
    [('nodes.a visibility_timeout_s', 'visibility of Orders', 'visibility_timeout_s')]
    """
    places = {place.key: place for place in (*_nodes(design), *_edges(design))}
    whole = [places[key] for key in best(query, [(key, place.named) for key, place in places.items()])]
    return [*whole, *islice(_settings(design, query), _MOST)]


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


def _settings(design: Design, query: str) -> Iterator[Place]:
    """Settings whose name in the file or in the form begins as is typed; words may also name whose it is."""
    if len(query.strip()) < _LEAST:
        return
    wanted = query.lower().replace("_", " ").split()
    for subject, icon, kind in _subjects(design):
        whose = subject_title(design, subject)
        others = whose.lower().split()
        for name in kind:
            in_name = [any(word.startswith(typed) for word in _words(name)) for typed in wanted]
            if not any(in_name) or not all(
                fits or any(word.startswith(typed) for word in others)
                for fits, typed in zip(in_name, wanted, strict=True)
            ):
                continue
            if any(field.name == name for field in fields(design, subject)):
                yield Place(f"{subject} {name}", f"{label(name)} of {whose}", icon, name, Named(()), name)


@cache
def _words(setting: str) -> tuple[str, ...]:
    """What a setting is found by."""
    return tuple(f"{setting.replace('_', ' ')} {label(setting)}".lower().split())


def _subjects(design: Design) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every node and edge with its sign and the names of its settings."""
    for key, node in design.nodes.items():
        yield f"nodes.{key}", node.kind.icon, tuple(type(node.settings).model_fields)
    for place, edge in enumerate(design.edges):
        yield f"edges.{place}", "→", tuple(type(edge.settings).model_fields)
