"""What rules about the account's concurrency share: the functions that live on one pool, and reservations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, inf, sqrt

from sandbox.catalog.edges import PolledEdge
from sandbox.catalog.facts import facts, resolve
from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import LimitUse

ROOM = 1.5
"""Multiple of its concurrency that a reservation makes room for."""
_SPARE = 0.8
_PEAKS = 5.0
_LEAST = 5
"""Fewest executions that AWS advises to reserve where a queue drives the function."""


@dataclass(frozen=True)
class Pool:
    """An account's concurrency without what is set aside, and who shares it."""

    use: LimitUse
    sharing: Mapping[str, float]
    """Concurrency of each function, by its id."""

    def most(self, growing: float) -> float:
        """Multiple of a part of the demand at which the whole fills the pool; infinite where it is nothing.

        >>> use = LimitUse("slots:a", "a", "executions", "", 410.0, 1000.0, True, "")
        >>> Pool(use, {}).most(400)
        2.475
        """
        return (self.use.capacity - (self.use.demand - growing)) / growing if growing > 0 else inf

    def leaves_room(self, reserved: Mapping[str, int]) -> bool:
        """Whether the others still have enough when so much is set aside for some."""
        others = self.use.demand - sum(self.sharing[key] for key in reserved)
        return others <= _SPARE * (self.use.capacity - sum(reserved.values()))


def pools(evaluation: Evaluation) -> tuple[Pool, ...]:
    """Every pool of the design's accounts, with the functions that reserve nothing."""
    found: dict[str, tuple[LimitUse, dict[str, float]]] = {}
    for key, node in evaluation.design.nodes.items():
        if not isinstance(node.settings, Lambda) or node.settings.reserved_concurrency is not None:
            continue
        told = evaluation.nodes[key]
        pool = next((use for use in told.limits if use.key.startswith("slots:")), None)
        if pool is not None and pool.key.endswith("lambda.concurrency"):
            found.setdefault(pool.key, (pool, {}))[1][key] = told.concurrency or 0.0
    return tuple(Pool(use, sharing) for use, sharing in found.values())


def has_ceiling(evaluation: Evaluation, key: str) -> bool:
    """Whether all that drives a function says how much of it at once."""
    edges = evaluation.design.inflows(key)
    return bool(edges) and all(
        isinstance(edge.settings, PolledEdge) and edge.settings.maximum_concurrency for edge in edges
    )


def reservation(evaluation: Evaluation, key: str) -> int:
    """Concurrency to reserve for a function so that it is held back by nothing that it does now."""
    told, function = evaluation.nodes[key], evaluation.design.nodes[key].settings
    busy, calls = told.concurrency or 0.0, told.invocations_per_s or 0.0
    queued = sum(edge.maximum_concurrency or 0 for edge in _polls(evaluation, key))
    ready = function.most_ready if isinstance(function, Lambda) else 0
    return max(with_room(busy, calls), queued, ready)


def with_room(busy: float, calls_per_s: float) -> int:
    """Executions that hold a load with its random peaks, and half as much again.

    The number of busy executions spreads by about the root of its mean, and AWS serves no more than ten
    requests a second with each.

    >>> with_room(400, 400), with_room(4, 4), with_room(0.1, 100)
    (600, 14, 15)
    """
    per_slot = facts("lambda").quotas["rate_per_slot"].value
    return max(ceil(busy * ROOM), with_peaks(busy), ceil(calls_per_s * ROOM / per_slot), _LEAST)


def with_peaks(busy: float) -> int:
    """Executions that hold a load with its random peaks: its mean and five times the root of it.

    >>> with_peaks(100), with_peaks(0)
    (150, 0)
    """
    return ceil(busy + _PEAKS * sqrt(busy))


def can_reserve(evaluation: Evaluation, account: str, more: int) -> bool:
    """Whether an account lets its functions set aside so much more."""
    design = evaluation.design
    functions = (node.settings for node in design.nodes.values() if node.account == account)
    taken = sum(set_aside(function) for function in functions if isinstance(function, Lambda))
    owner = design.accounts[account] if account else design.account
    quotas = resolve("lambda", design.region, owner.in_force)
    return taken + more <= quotas["account_concurrency"] - quotas["unreserved_minimum"]


def set_aside(function: Lambda) -> int:
    """What a function takes out of the account's concurrency, used or not [executions]."""
    if function.reserved_concurrency is not None:
        return function.reserved_concurrency
    return function.provisioned_concurrency or 0


def _polls(evaluation: Evaluation, key: str) -> Iterator[PolledEdge]:
    """Mappings of queues to a function."""
    for edge in evaluation.design.inflows(key):
        if isinstance(edge.settings, PolledEdge):
            yield edge.settings
