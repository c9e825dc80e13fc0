"""What rules about front doors share: what they wait for, and the first limit there that their load meets."""

from dataclasses import dataclass
from math import inf

import numpy as np

from sandbox.engine.compiled import Array
from sandbox.engine.origins import origins
from sandbox.evaluation import Evaluation
from sandbox.outcome import LimitUse

FARTHEST = 5.0
"""Multiple of the present load beyond which limits are not looked at."""
THROUGH = 0.5
"""Least share of a door's requests that must need what is limited."""


@dataclass(frozen=True)
class Met:
    """The first limit behind a door that its load meets."""

    node: str
    use: LimitUse
    multiplier: float
    """Multiple of the door's load at which it binds, if what comes elsewhere stays; below 1 already."""
    elsewhere: float
    """Share of its use that does not come through the door."""
    through: float
    """Items that ask for it, for each request at the door."""


def called(evaluation: Evaluation, key: str) -> list[str]:
    """Nodes that a node waits for, however far, without itself."""
    found = [key]
    for node in found:
        found += [
            edge.target
            for edge in evaluation.design.outflows(node)
            if edge.kind == "sync" and edge.target not in found
        ]
    return found[1:]


def first_limit(evaluation: Evaluation, key: str) -> Met | None:
    """The limit behind a door that most of its requests need and wait for, and that its load meets first."""
    found = (met for met in limits_behind(evaluation, key, FARTHEST) if met.through >= THROUGH)
    first = min(found, key=lambda met: met.multiplier, default=None)
    return first if first is not None and first.multiplier >= 1 else None


def limits_behind(evaluation: Evaluation, key: str, farthest: float) -> list[Met]:
    """Limits of what a node waits for, up to a multiple of its present load.

    Args:
        evaluation: The evaluated design.
        key: The node that the requests come through.
        farthest: Greatest use of a limit, as a multiple of its present one, that is of interest.
    """
    asked = evaluation.nodes[key].offered_per_s
    near = [
        (name, use)
        for name in called(evaluation, key)
        for use in evaluation.nodes[name].limits
        if use.demand > 0 and use.capacity <= use.demand * farthest and not use.key.startswith("consumer")
    ]
    if not near or asked <= 0:
        return []
    steady, s = evaluation.steady, evaluation.scenario
    part = _part(evaluation, key)
    found = []
    for name, use in near:
        weights = evaluation.growth.weights(use.key)
        mine = float(weights @ part) / max(float(weights.sum()), 1e-12)
        through = float((steady.offered[:, s] * part)[weights > 0].sum()) / asked
        if mine > 0:
            others = use.demand * (1 - mine)
            multiplier = (use.capacity - others) / (use.demand * mine)
            found.append(Met(name, use, multiplier, 1 - mine, through))
    return found


def part_of(evaluation: Evaluation, door: str, nodes: list[str]) -> dict[str, float]:
    """Share of what some nodes are asked for that comes through a door, by the node."""
    steady, s = evaluation.steady, evaluation.scenario
    part, offered = _part(evaluation, door), steady.offered[:, s]
    found = {}
    for key in nodes:
        rows = [steady.compiled.rows[name] for name in evaluation.lowered.parts[key].asked]
        whole = float(offered[rows].sum())
        found[key] = float((offered * part)[rows].sum()) / whole if whole > 0 else 0.0
    return found


def _part(evaluation: Evaluation, door: str) -> Array:
    """Share of the items of every station that come through a door [station]."""
    steady = evaluation.steady
    row = steady.compiled.rows[evaluation.lowered.parts[door].stations[0].id]
    return np.asarray(origins(steady, [np.array([row], dtype=np.intp)], evaluation.scenario)[:, 0])


def other_sources(evaluation: Evaluation, door: str, limit: str) -> list[str]:
    """Titles of the sources that ask for a limit by ways on which a door does not stand."""
    nodes = evaluation.nodes
    asking = {key for key in nodes if any(use.key == limit for use in nodes[key].limits)}
    found = []
    for key, node in evaluation.design.nodes.items():
        if not node.kind.begins or nodes[key].offered_per_s <= 0:
            continue
        way = [key]
        for place in way:
            way += [
                edge.target
                for edge in evaluation.design.outflows(place)
                if edge.target not in way and edge.target != door
            ]
        if asking & set(way):
            found.append(node.title)
    return found


def full_line_s(evaluation: Evaluation, met: Met) -> float:
    """How long the last in line waits for a slot where the line is full [s]; 0 where there is none.

    All that stand before it need a slot each: places × service time ÷ slots.
    """
    steady, s = evaluation.steady, evaluation.scenario
    name = met.use.key.removeprefix("slots:")
    for row, pool in enumerate(steady.compiled.network.slots):
        if pool.id == name and pool.places > 0 and steady.pool_requests[row, s] > 0:
            service = float(steady.pool_load[row, s] / steady.pool_requests[row, s])
            places = min(pool.places, _callers(evaluation, met.node))
            return min(places * service / max(met.use.capacity, 1e-12), pool.patience)
    return 0.0


def _callers(evaluation: Evaluation, node: str) -> float:
    """Most calls that can be under way to a node: as many as its callers can do at once."""
    found = 0.0
    for edge in evaluation.design.inflows(node):
        parts = evaluation.lowered.parts[edge.source]
        found += min((pool.capacity + pool.places for pool in parts.slots), default=inf)
    return found


def patience_s(evaluation: Evaluation, door: str, node: str) -> float:
    """Longest that the callers on the way from a door to a node behind it wait for their answers [s]."""
    design = evaluation.design
    waits = {door: _own_patience(evaluation, door)}
    for key in (door, *called(evaluation, door)):
        for link in evaluation.lowered.links[key][1]:
            if link.kind == "sync" and key in waits:
                longest = design.nodes[key].kind.patience(design.nodes[key].settings, link)
                here = min(waits[key], longest, _own_patience(evaluation, link.peer, node))
                waits[link.peer] = max(waits.get(link.peer, 0.0), here)
    return waits.get(node, inf)


def _own_patience(evaluation: Evaluation, key: str, last: str = "") -> float:
    """Longest that a node works on a request, which it then fails [s]; the last one is what is waited for."""
    timeout = getattr(evaluation.design.nodes[key].settings, "timeout_s", None)
    return inf if timeout is None or key == last else float(timeout)
