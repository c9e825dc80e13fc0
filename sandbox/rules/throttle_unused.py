"""An API has no throttle of its own, and its overload would hurt more than what is too much.

## Why it matters
An API lets in what the account's limit allows, which is far more than what is behind it can do. Where others
need the same thing too they fail with it; where callers wait in line or try again, less and less of the work
that is done still gets to anybody. What the API refuses at its door is refused at once and costs nothing.

## Instead of
    service = "api-gateway-http"     # 10,000 requests/s, before a database that takes 360/s
## Use
    throttle_rate_per_s = 324        # nine tenths of what the database takes
    throttle_burst = 324
"""

from collections.abc import Iterator
from math import ceil, floor, inf, log10

from sandbox.catalog.gateways import Gateway
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.doors import Met, first_limit, full_line_s, other_sources, patience_s
from sandbox.rules.rule import Rule
from sandbox.units import duration, rate, times

SHARE = 0.9
"""Share of what the limit takes at which the fix throttles."""
ROOM, LEAST = 1.21, 1.25
"""Multiple of an API's load below which no throttle is set, and of that at which a limit must bind for it."""
FAR = 0.5
"""Share of what the API lets in below which the limit behind it must bind."""
ELSEWHERE = 0.02
"""Share of the limit's use by others from which they matter."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the first limit behind every API, and at who else fails or what is left when it is overrun."""
    for key, node in evaluation.design.nodes.items():
        api = node.settings
        met = first_limit(evaluation, key) if isinstance(api, Gateway) else None
        if met is None or met.multiplier < LEAST:
            continue
        binds = met.multiplier * evaluation.nodes[key].offered_per_s
        lets_in = _lets_in(evaluation, key)
        why = _harm(evaluation, key, met) if binds <= FAR * lets_in else ""
        if why:
            throttle = _rounded(max(SHARE * binds, ROOM * binds / met.multiplier))
            yield RULE.finding(
                f"at {times(met.multiplier)} ({rate(binds)}) {met.use.name} of "
                f"{evaluation.design.nodes[met.node].title} binds, and {why}; it lets {rate(lets_in)} in",
                node=key,
                fix={
                    f"nodes.{key}.throttle_rate_per_s": throttle,
                    f"nodes.{key}.throttle_burst": ceil(throttle),
                },
            )


def _lets_in(evaluation: Evaluation, key: str) -> float:
    """Requests that an API lets through at most [requests/s]: by its own throttle or the account's."""
    limits = evaluation.nodes[key].limits
    return min((use.capacity for use in limits if use.unit == "requests/s"), default=inf)


def _harm(evaluation: Evaluation, key: str, met: Met) -> str:
    """Why overload hurts more than what is too much; nothing where it does not."""
    if met.elsewhere >= ELSEWHERE:
        others = other_sources(evaluation, key, met.use.key)
        if others:
            fail = "fails" if len(others) == 1 else "fail"
            return f"{' and '.join(others[:2])}, which this API has nothing to do with, {fail} too"
    waits, patience = full_line_s(evaluation, met), patience_s(evaluation, key, met.node)
    if waits <= patience:
        return ""
    return (
        f"the last in its line then waits {duration(waits)} where callers give up after "
        f"{duration(patience)}, so that it works for nobody"
    )


def _rounded(value: float) -> float:
    """A number cut down to a whole one, or to two digits where it is small.

    >>> _rounded(324.7), _rounded(3.27), _rounded(0.0421)
    (324, 3.2, 0.042)
    """
    if value >= 10:  # two digits before the point
        return floor(value)
    step = 10.0 ** (floor(log10(value)) - 1)
    return round(floor(value / step + 1e-9) * step, 9)


RULE = Rule(
    "throttle-unused",
    "warning",
    check,
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
    metric="offered_per_s",
)
