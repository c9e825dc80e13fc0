"""The formulas that a service's numbers come from: those of the parts that its model is made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from sandbox.catalog.connections import CONNECTIONS
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Parts, Service, Site

_REGION = "us-east-1"


@dataclass(frozen=True)
class Formula:
    """One formula and when it applies."""

    text: str
    applies: Callable[[Parts, frozenset[str]], bool]
    """By what a service becomes, and the kinds of edges that leave it."""


FORMULAS = (
    Formula(
        "Concurrency = requests per second × duration, with what is called and waited for (Little's law).",
        lambda parts, _: bool(parts.slots),
    ),
    Formula(
        "Random arrivals throttle before the average does: with N slots and a load of a = rate × duration, "
        "the share refused is Erlang B(N, a); for burstier traffic of variance-to-mean ratio z, B(N/z, a/z).",
        lambda parts, _: any(not pool.places for pool in parts.slots),
    ),
    Formula(
        "Who finds no slot waits: M/M/N/K with the Allen–Cunneen correction (cₐ² + cₛ²)/2; "
        "who waits too long leaves, after having held the caller.",
        lambda parts, _: any(pool.places for pool in parts.slots),
    ),
    Formula(
        "Share admitted = the least of capacity ÷ demand over all limits, at most 1; over time a bucket: "
        "tokens = min(burst, tokens + rate × seconds), refused when empty.",
        lambda parts, _: any(quota.measure == "rate" for quota in parts.quotas),
    ),
    Formula(
        "Connections = what callers hold open: one for each of their requests in service, "
        "or of their environments.",
        lambda parts, _: any(quota.measure != "rate" for quota in parts.quotas),
    ),
    Formula(
        "Cold starts: P(cold) = Σₖ (B(k−1) − B(k)) · exp(−λₖ τ) with λₖ = λ (B(k−1) − B(k)), "
        "the rate that the k-th environment is used at, and τ the time that an idle one is kept.",
        lambda parts, _: bool(parts.environments),
    ),
    Formula(
        "Batches: a reader takes n = clamp(λ′ · D(n), 1, most) items at once, λ′ = rate ÷ readers and "
        "D(n) = d₀ + d₁(n − 1); what it can take is readers × most ÷ D(most), and more than that piles up.",
        lambda _, kinds: "polled" in kinds,
    ),
    Formula(
        "Lanes = shards × parallelisation factor, each in order; a batch that is read on a timer has "
        "n = x ÷ (1 − e⁻ˣ) records, x = λ′ · max(window, polling interval, D(n)).",
        lambda _, kinds: "stream" in kinds,
    ),
    Formula(
        "A capacity that follows its use comes with a lag: wanted = use ÷ target, ordered when the use "
        "has been above the target for a while, and there after the lag.",
        lambda parts, _: _moves(parts),
    ),
)


def _moves(parts: Parts) -> bool:
    """Whether a capacity follows its use."""
    return any(quota.moves for quota in parts.quotas) or any(pool.moves for pool in parts.slots)


def formulas(service: Service) -> Iterator[str]:
    """The formulas of a service, as its default settings make it.

    >>> from sandbox.catalog.service import services
    >>> sum("Erlang B" in text for text in formulas(services()["lambda"]))
    1
    """
    try:
        settings = service.settings()
        parts = service.lower(Site("node", settings, resolve(service.id, _REGION, {}), ""))
    except ValidationError:  # a service whose settings cannot all be left out
        parts = Parts(())
    kinds = frozenset(way.kind for way in CONNECTIONS if way.source == service.id)
    return (formula.text for formula in FORMULAS if formula.applies(parts, kinds))
