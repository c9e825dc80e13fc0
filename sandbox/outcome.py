"""What an evaluation says, in plain frozen values: the words and numbers that every view shows."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Percentiles:
    """A latency or a lag [ms]."""

    mean: float
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True)
class LimitUse:
    """One limit of a node and how far it is used."""

    key: str
    """Kind and id of the limit in the network."""
    name: str
    unit: str
    scope: str
    demand: float
    capacity: float
    adjustable: bool
    source: str
    refused: float = 0.0
    """Share of what asks for it that it refuses."""
    raised_by: str = ""
    """Path in the design of what raises it; nothing where nothing does."""

    @property
    def utilisation(self) -> float:
        """Demand as a share of the capacity; infinite where something asks for nothing."""
        if self.capacity > 0:
            return self.demand / self.capacity
        return float("inf") if self.demand > 0 else 0.0


@dataclass(frozen=True)
class NodeOutcome:
    """What one node does; rates in items per second."""

    service: str
    offered_per_s: float
    accepted_per_s: float
    throttled_per_s: float
    failed_per_s: float
    invocations_per_s: float | None
    concurrency: float | None
    latency: Percentiles | None
    cold_start_ratio: float | None
    environments: float | None
    backlog_growth_per_s: float
    oldest_age_s: float | None
    lost_per_s: float
    limits: tuple[LimitUse, ...]
    monthly_usd: float
    backlog: float | None = None
    """Items that wait, at a moment of a timeline; a steady state only has a growth."""
    mean_latency_ms: float | None = None
    """Where percentiles are not known: at a moment of a timeline."""


@dataclass(frozen=True)
class EdgeOutcome:
    """What goes over one edge."""

    source: str
    target: str
    kind: str
    items_per_s: float
    batch_size: float | None
    lanes: float | None
    attempts_per_item: float
    refused: float
    """Share of the tries that the target refuses."""
    executions_per_item: float = 1.0
    """Times that an item which waits here is worked on, those that were refused aside."""


@dataclass(frozen=True)
class FlowOutcome:
    """What a source gets for its requests."""

    rate_per_s: float
    success_ratio: float
    latency: Percentiles | None
    completion_lag: Mapping[str, Percentiles | None]
    """By the node that ends an asynchronous branch; nothing where its backlog grows."""
    lost_per_s: float
    availability: float | None
    """Product of AWS's commitments along the synchronous path; None where one publishes none."""


@dataclass(frozen=True)
class Rung:
    """A limit and the load at which it binds."""

    node: str
    limit: str
    load_multiplier: float
    rate_per_s: float
    adjustable: bool
    key: str
    scope: str = ""
    source: str = ""
    months: float | None = None
    """Until the sources have grown so far; None where they do not say that they grow."""


@dataclass(frozen=True)
class GoalOutcome:
    """Whether a goal is met."""

    metric: str
    at_load: float
    wanted: str
    actual: float | None
    met: bool
    horizon_s: float | None = None
    """How long the run is that it is about; None where it is about the steady state."""


@dataclass(frozen=True)
class Finding:
    """Something about the design that a person should know."""

    rule: str
    severity: str
    """`error`, `warning` or `note`."""
    message: str
    node: str | None = None
    edge: str | None = None
    fix: Mapping[str, object] | None = None
    source: str = ""
