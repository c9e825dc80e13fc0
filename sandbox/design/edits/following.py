"""Variants, goals, faults and locks follow an edit: renamed with what they speak of, and gone with it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from sandbox.design.locking import lock_problem
from sandbox.design.metrics import RUN
from sandbox.design.model import Design
from sandbox.design.parts import Edge, Fault, Goal
from sandbox.design.paths import Place, find
from sandbox.errors import DesignError

Names = Mapping[str, str | None]
"""New ids by old ones; None for a node that is gone."""
Places = Mapping[int, int]
"""New places of the edges by old ones; without those that are gone."""
Elsewhere = Mapping[tuple[int, str], int]
"""New places of single settings of an edge, where they differ from the edge's own."""
Values = Mapping[str, object]


def followed(
    before: Design, after: Design, names: Names, places: Places, elsewhere: Elsewhere | None = None
) -> Design:
    """Let variants, goals and faults follow what was renamed, renumbered or taken away.

    Args:
        before: The design before the edit.
        after: The design after it, still with the variants, goals and faults of before.
        names: What became of the nodes' ids, where they have changed.
        places: What became of the edges' places.
        elsewhere: Settings that are another edge's now.

    Returns:
        The design after, each of whose variants can be laid over it.
    """
    kept = [place for place, fault in enumerate(before.faults) if names.get(fault.node, fault.node)]
    after = replace(after, faults=tuple(_fault(before.faults[place], names) for place in kept))
    go = partial(_path, before=before, after=after, names=names, places=places, elsewhere=elsewhere or {})
    go = partial(go, faults=numbered(kept))
    variants = {}
    for name, values in before.variants.items():
        moved = ((go(path), value) for path, value in values.items())
        variants[name] = fitting(after, {path: value for path, value in moved if path})
    goals = (_goal(goal, names, places) for goal in before.goals)
    after = replace(after, variants=variants, goals=tuple(goal for goal in goals if goal))
    return _exercise(after, names)


def _exercise(design: Design, names: Names) -> Design:
    """A design whose exercise locks what is still there; it is judged by the exercise as given."""
    exercise = design.exercise
    if exercise is None:
        return design
    kept = {}
    for key, paths in (("locked", exercise.locked), ("free", exercise.free)):
        moved = (_lock(path, names) for path in paths)
        there = (p for p in moved if not lock_problem(p, design.nodes, design.edges, design.accounts))
        kept[key] = tuple(there)
    return replace(design, exercise=exercise.model_copy(update=kept))


def _lock(lock: str, names: Names) -> str:
    """The path of something locked, with the nodes' names of now."""
    section, *keys = lock.split(".")
    if section in ("nodes", "edges") and keys:
        ends = keys[0].split(">")
        keys[0] = ">".join(names.get(end, end) or "" for end in ends)
    return ".".join((section, *keys))


def fitting(design: Design, values: Values) -> Values:
    """Those of some values that can be laid over a design together; a part that cannot be built has none."""
    while values:
        try:
            design.with_values(values)
        except DesignError as error:
            wrong = {_part(design, problem.path) for problem in error.problems}
            named = {problem.path for problem in error.problems} & {*values}
            kept = {
                path: value
                for path, value in values.items()
                if not (path in named if named else _part(design, path) in wrong)
            }
            values = kept if len(kept) < len(values) else {}
        else:
            break
    return values


def numbered(kept: Iterable[int]) -> Places:
    """New places of the edges that are kept, which are counted anew."""
    return {old: new for new, old in enumerate(kept)}


def same(design: Design) -> Places:
    """Every edge stays in its place."""
    return {place: place for place in range(len(design.edges))}


def picked(design: Design, keep: Callable[[int, Edge], bool]) -> tuple[tuple[Edge, ...], Places]:
    """Some of a design's edges, and their new places."""
    kept = [place for place, edge in enumerate(design.edges) if keep(place, edge)]
    return tuple(design.edges[place] for place in kept), numbered(kept)


def _path(
    path: str,
    before: Design,
    after: Design,
    names: Names,
    places: Places,
    elsewhere: Elsewhere,
    faults: Places,
) -> str | None:
    """A path in the design after an edit; None where what it leads to is gone."""
    place = find(path, before.nodes, before.edges, before.accounts, before.faults)
    if not isinstance(place, Place) or place.section not in ("nodes", "edges", "faults"):
        return path
    keys = ".".join(place.keys)
    if place.section == "faults":
        moved = faults.get(int(place.part))
        return None if moved is None else f"faults.{moved}.{keys}"
    if place.section == "nodes":
        key = names.get(place.part, place.part)
        return f"nodes.{key}.{keys}" if key else None
    old = int(place.part)
    number = elsewhere.get((old, place.keys[0]), places.get(old))
    return None if number is None else f"{edge_path(after, number)}.{keys}"


def edge_path(design: Design, place: int) -> str:
    """Path of an edge: by its ends, or by its place where other edges have the same ends."""
    edge = design.edges[place]
    alone = sum(other.target == edge.target for other in design.outflows(edge.source)) == 1
    return f"edges.{edge.source}>{edge.target}" if alone else f"edges.{place}"


def _part(design: Design, path: str) -> tuple[str, str]:
    """The node, edge or account that a path leads into."""
    whole = path if path.count(".") > 1 else f"{path}."
    place = find(whole, design.nodes, design.edges, design.accounts, design.faults)
    return (place.section, place.part) if isinstance(place, Place) else ("", "")


def _fault(fault: Fault, names: Names) -> Fault:
    """A fault after an edit, of a node that is still there."""
    return fault.model_copy(update={"node": names.get(fault.node, fault.node)})


def _goal(goal: Goal, names: Names, places: Places) -> Goal | None:
    """A goal after an edit; None where the node or edge it speaks of is gone."""
    parts: list[str | None] = [*goal.metric.split(".")]
    run, parts = (parts[:1], parts[1:]) if parts[0] == RUN else ([], parts)
    if parts[0] == "edges" and len(parts) > 1 and (parts[1] or "").isdecimal():
        number = places.get(int(parts[1] or 0))
        parts[1] = None if number is None else str(number)
    elif parts[0] in ("nodes", "flows") and len(parts) > 1:
        parts[1] = names.get(parts[1] or "", parts[1])
        if len(parts) > 3 and parts[2] == "completion_lag_ms":
            parts[3] = names.get(parts[3] or "", parts[3])
    if None in parts:
        return None
    return goal.model_copy(update={"metric": ".".join(part or "" for part in (*run, *parts))})
