"""What a person does to a drawing: each edit takes a design and returns a new one.

Variants and goals follow: what is renamed is renamed in them, and what speaks of something
that is gone goes with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sandbox.catalog.service import services
from sandbox.design.building import build_node, check_name
from sandbox.design.connecting import build_edge
from sandbox.design.model import Design
from sandbox.design.parts import Edge, Goal
from sandbox.design.paths import Place, find
from sandbox.design.tables import edge_table
from sandbox.errors import DesignError, Problem

Names = Mapping[str, str | None]
"""New ids by old ones; None for a node that is gone."""
Places = Mapping[int, int]
"""New places of the edges by old ones; without those that are gone."""


def free_id(design: Design, wanted: str) -> str:
    """An id that no node has yet: the wanted one, or with the next free number.

    >>> free_id(Design(), "queue")
    'queue'
    """
    number, key = 2, wanted
    while key in design.nodes:
        key, number = f"{wanted}-{number}", number + 1
    return key


def add_node(
    design: Design, key: str, service: str, settings: Mapping[str, object] | None = None, label: str = ""
) -> Design:
    """Add a node behind the others.

    Args:
        design: Where to.
        key: Its id, which must be free.
        service: Id of its service.
        settings: What differs from the service's defaults, as TOML has it.
        label: Its name for people, where it differs from the id.

    Raises:
        DesignError: The id is taken, the service is not in the catalogue, or a setting is wrong.
    """
    if key in design.nodes:
        raise DesignError([Problem(f"there is a node '{key}' already", f"nodes.{key}")])
    table = {"service": service, **({"label": label} if label else {}), **(settings or {})}
    node, problems = build_node(key, table, design.accounts)
    if node is None:
        raise DesignError(problems)
    return design.with_node(node)


def duplicate_node(design: Design, key: str) -> Design:
    """Add a copy of a node, without its edges, right behind it; its id is the next free one."""
    node = design.node(key)
    position = (node.position[0], node.position[1] + 1) if node.position else None
    copy = replace(node, id=free_id(design, key), position=position)
    nodes = {}
    for other in design.nodes.values():
        nodes[other.id] = other
        if other.id == key:
            nodes[copy.id] = copy
    return replace(design, nodes=nodes)


def rename_node(design: Design, old: str, new: str) -> Design:
    """Give a node another id; edges, variants and goals follow.

    Raises:
        UnknownNameError: There is no such node.
        DesignError: The new id is taken, or no id at all.
    """
    node = design.node(old)
    if new == old:
        return design
    problems = check_name(new, f"nodes.{new}")
    if new in design.nodes:
        problems.append(Problem(f"there is a node '{new}' already", f"nodes.{new}"))
    if problems:
        raise DesignError(problems)
    nodes = {new if key == old else key: other for key, other in design.nodes.items()}
    nodes[new] = replace(node, id=new)
    edges = tuple(
        replace(
            edge,
            source=new if edge.source == old else edge.source,
            target=new if edge.target == old else edge.target,
        )
        for edge in design.edges
    )
    return _followed(design, replace(design, nodes=nodes, edges=edges), {old: new}, _same(design))


def remove_node(design: Design, key: str) -> Design:
    """Take a node away, and its edges with it.

    Raises:
        UnknownNameError: There is no such node.
    """
    design.node(key)
    kept = [place for place, edge in enumerate(design.edges) if key not in (edge.source, edge.target)]
    nodes = {other: node for other, node in design.nodes.items() if other != key}
    after = replace(design, nodes=nodes, edges=_pick(design, kept))
    return _followed(design, after, {key: None}, _numbered(kept))


def add_edge(
    design: Design,
    source: str,
    target: str,
    role: str = "",
    settings: Mapping[str, object] | None = None,
) -> Design:
    """Join two nodes, behind the other edges.

    Args:
        design: Where to.
        source: Id of the node it leaves.
        target: Id of the node it reaches.
        role: `dead-letter` and the like; nothing for the ordinary flow.
        settings: What differs from the connection's defaults, as TOML has it (`mode` too).

    Raises:
        DesignError: The services cannot be connected, and why; or a setting is wrong.
    """
    table: dict[str, object] = {"from": source, "to": target, **(settings or {})}
    if role:
        table["role"] = role
    edge, problems = build_edge(f"edges.{len(design.edges)}", table, design.nodes)
    if edge is None:
        raise DesignError(problems)
    return _followed(design, replace(design, edges=(*design.edges, edge)), {}, _same(design))


def remove_edge(design: Design, place: int) -> Design:
    """Take an edge away, by its place."""
    kept = [other for other in range(len(design.edges)) if other != place]
    return _followed(design, replace(design, edges=_pick(design, kept)), {}, _numbered(kept))


def reconnect_edge(design: Design, place: int, source: str, target: str) -> Design:
    """Let an edge join other nodes; its settings stay where the new connection has them.

    Raises:
        DesignError: The services cannot be connected, and why.
    """
    old = edge_table(design.edges[place])
    ends: dict[str, object] = {"from": source, "to": target}
    edge, problems = build_edge(f"edges.{place}", old | ends, design.nodes)
    if edge is None:
        edge, problems = build_edge(f"edges.{place}", ends, design.nodes)
    if edge is None:
        raise DesignError(problems)
    return _followed(design, design.with_edge(place, edge), {}, _same(design))


def move_node(design: Design, key: str, position: tuple[int, int] | None) -> Design:
    """Put a node at a column and row of the canvas; None lets the layout place it."""
    return design.with_node(replace(design.node(key), position=position))


def new_node_id(design: Design, service: str) -> str:
    """A free id for a node of a service: its short name in small letters."""
    word = services()[service].badge.lower().replace(" ", "-") or service
    return free_id(design, word if not check_name(word, word) else service)


def _followed(before: Design, after: Design, names: Names, places: Places) -> Design:
    """Let variants and goals follow what was renamed, renumbered or taken away."""
    variants = {}
    for name, values in before.variants.items():
        moved = ((_path(path, before, after, names, places), value) for path, value in values.items())
        variants[name] = {path: value for path, value in moved if path}
    goals = (_goal(goal, names) for goal in before.goals)
    return replace(after, variants=variants, goals=tuple(goal for goal in goals if goal))


def _path(path: str, before: Design, after: Design, names: Names, places: Places) -> str | None:
    """A path in the design after an edit; None where what it leads to is gone."""
    place = find(path, before.nodes, before.edges, before.accounts)
    if not isinstance(place, Place) or place.section not in ("nodes", "edges"):
        return path
    keys = ".".join(place.keys)
    if place.section == "nodes":
        key = names.get(place.part, place.part)
        return f"nodes.{key}.{keys}" if key else None
    number = places.get(int(place.part))
    if number is None:
        return None
    edge = after.edges[number]
    alone = sum((edge.source, edge.target) == (e.source, e.target) for e in after.edges) == 1
    return f"edges.{edge.source}>{edge.target}.{keys}" if alone else f"edges.{number}.{keys}"


def _goal(goal: Goal, names: Names) -> Goal | None:
    """A goal after an edit; None where the node it speaks of is gone."""
    parts: list[str | None] = [*goal.metric.split(".")]
    if parts[0] in ("nodes", "flows") and len(parts) > 1:
        parts[1] = names.get(parts[1] or "", parts[1])
        if len(parts) > 3 and parts[2] == "completion_lag_ms":
            parts[3] = names.get(parts[3] or "", parts[3])
    if None in parts:
        return None
    return goal.model_copy(update={"metric": ".".join(part or "" for part in parts)})


def _pick(design: Design, places: Iterable[int]) -> tuple[Edge, ...]:
    return tuple(design.edges[place] for place in places)


def _numbered(kept: Iterable[int]) -> Places:
    return {old: new for new, old in enumerate(kept)}


def _same(design: Design) -> Places:
    return {place: place for place in range(len(design.edges))}
