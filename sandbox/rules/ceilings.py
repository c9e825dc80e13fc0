"""What rules about functions that scale past others share: how far one may come, and what holds it back."""

from math import floor, inf

from pydantic import BaseModel

from sandbox.catalog.edges import PolledEdge, StreamEdge
from sandbox.catalog.facts import resolve
from sandbox.catalog.functions.settings import Lambda
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.rules.mappings import edge_path
from sandbox.rules.pools import can_reserve, with_peaks

LEAST_MAXIMUM, _MOST_MAXIMUM = 2, 1000
"""Bounds of a mapping's maximum concurrency that AWS takes."""
_LANES = 1.25
"""Multiple of the lanes that are busy which a queue keeps, so that a backlog goes down."""


def most_environments(design: Design, key: str) -> float:
    """Most environments of a function: its reservation, what its queues start, or what the account has."""
    function = design.nodes[key].settings
    if isinstance(function, Lambda) and function.reserved_concurrency is not None:
        most = float(function.reserved_concurrency)
    else:
        most = resolve("lambda", design.region, design.account_of(key).in_force)["account_concurrency"]
    edges = drivers(design, key)
    batches = [_most_batches(edge.settings, design.nodes[edge.source].settings) for edge in edges]
    return min(most, sum(batches)) if edges else most


def drivers(design: Design, key: str) -> tuple[Edge, ...]:
    """Edges that bring a function something: those without a share are there for a variant."""
    return tuple(edge for edge in design.inflows(key) if edge.settings.calls > 0)


def held_back(evaluation: Evaluation, key: str, most: float) -> dict[str, object] | None:
    """Values that keep a function at so many environments; nothing where it needs more, or none hold it."""
    design, busy = evaluation.design, evaluation.nodes[key].concurrency or 0.0
    into, wanted = drivers(design, key), floor(most)
    polled = [edge for edge in into if isinstance(edge.settings, PolledEdge)]
    if len(into) == len(polled) == 1:
        pollers = getattr(polled[0].settings, "provisioned_pollers", None)
        if wanted < LEAST_MAXIMUM or busy * _LANES > wanted or pollers:
            return None
        place = next(index for index, edge in enumerate(design.edges) if edge is polled[0])
        return {f"{edge_path(design, place)}.maximum_concurrency": min(wanted, _MOST_MAXIMUM)}
    function = design.nodes[key].settings
    ready = function.most_ready if isinstance(function, Lambda) else 0
    if max(with_peaks(busy), ready, 1) > wanted or polled:
        return None
    if not can_reserve(evaluation, design.nodes[key].account, wanted):
        return None
    return {f"nodes.{key}.reserved_concurrency": wanted}


def _most_batches(edge: BaseModel, source: BaseModel) -> float:
    """Most executions at once that an edge starts: without end but for a queue or for a stream's shards."""
    if isinstance(edge, StreamEdge):
        shards = getattr(source, "open_shards", None)
        return float(shards * edge.parallelization_factor) if shards else inf
    if not isinstance(edge, PolledEdge):
        return inf
    most = edge.maximum_concurrency or edge.concurrency_ceiling
    return float(min(most, getattr(source, "message_groups", None) or most))
