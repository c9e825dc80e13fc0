"""A front door has a cache that is not used, and everything behind it only reads.

## Why it matters
Each request runs a function and reads a table for an answer that somebody got a moment ago. A cache at the
door gives it again: it is not worked out, not billed behind the door, and takes nothing of a limit there. It
is for answers that are the same for many and may be a little old: five minutes, unless it is told otherwise.

## Instead of
    service = "api-gateway-rest"     # 400 requests/s, all of which read the same few hundred items
## Use
    cache_gb = 0.5                   # paid by the hour, for the answers to GET
    cache_hit_ratio = 0.5            # half of them asked for what another one asked for before
"""

from collections.abc import Iterator
from math import ceil, inf
from typing import TYPE_CHECKING, cast

from sandbox.catalog.facts import facts
from sandbox.catalog.usage import HOURS
from sandbox.design.parts import Node
from sandbox.errors import MissingPriceError
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.doors import Met, limits_behind, part_of
from sandbox.rules.later import only_read
from sandbox.rules.rule import Rule
from sandbox.units import number, percent, rate, times, usd

if TYPE_CHECKING:  # read only where a design has such a door
    from sandbox.catalog.services.api_gateway_rest import RestApi
    from sandbox.catalog.services.appsync import AppSync
    from sandbox.catalog.services.cloudfront import CloudFront

_REST, _GRAPHQL, _DISTRIBUTION = "api-gateway-rest", "appsync", "cloudfront"
HITS = 0.5
"""Share of the requests that the fix takes as hits; what it really is, only a trial says."""
PAYS = 0.25
"""Break-even hit ratio up to which it is told."""
SHOWN_USD = 50.0
"""Least that such hits must save in a month where no limit is near [USD]."""
NEAR = 2.0
"""Multiple of the present load at which a limit of what is read is near."""
_LEAST_GB = 0.5
_BY_REQUEST = {
    "request", "request of 512 KB", "GB-second", "read request unit", "ECPU", "operation", "state transition",
    "TB", "invocation",
}  # fmt: skip
"""Units on the bill of what costs nothing while nothing is asked."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every front door whose cache answers nothing, and at what it would spare."""
    for key, node in evaluation.design.nodes.items():
        if not _is_unused(node) or evaluation.nodes[key].accepted_per_s <= 0:
            continue
        behind = only_read(evaluation, key)
        if not behind or _is_cached_before(evaluation, key):
            continue
        saved, costs = _by_request_usd(evaluation, key, behind), _cache_usd(evaluation, key)
        met = min(limits_behind(evaluation, key, NEAR), key=lambda each: each.multiplier, default=None)
        pays = saved * HITS >= costs + SHOWN_USD and costs <= PAYS * saved
        if pays or met is not None:
            yield RULE.finding(
                _words(evaluation, key, saved, costs, met), node=key, fix=_fix(evaluation, key)
            )


def _is_unused(node: Node) -> bool:
    """Whether a front door has a cache that answers nothing."""
    if node.service == _DISTRIBUTION:
        return cast("CloudFront", node.settings).hits <= 0
    if node.service in {_REST, _GRAPHQL}:
        return cast("RestApi | AppSync", node.settings).cache_hit_ratio <= 0
    return False


def _is_cached_before(evaluation: Evaluation, key: str) -> bool:
    """Whether a distribution stands before it, whose caches come first."""
    design = evaluation.design
    return any(design.nodes[edge.source].service == _DISTRIBUTION for edge in design.inflows(key))


def _by_request_usd(evaluation: Evaluation, key: str, behind: list[str]) -> float:
    """What a month of everything behind a door is billed as for what is asked through it [USD]."""
    parts = part_of(evaluation, key, behind)
    return sum(
        line.usd * parts[line.node]
        for line in evaluation.lines
        if line.node in parts and line.unit in _BY_REQUEST
    )


def _cache_usd(evaluation: Evaluation, key: str) -> float:
    """What a month of the smallest cache costs [USD]; AWS asks nothing for CloudFront's."""
    node = evaluation.design.nodes[key]
    if node.service == _GRAPHQL:
        return cast("AppSync", node.settings).cache_usd_per_hour * HOURS
    if node.service != _REST or cast("RestApi", node.settings).cache_gb is not None:
        return 0.0
    try:
        price = facts(_REST).prices[f"{_REST}.cache_{_LEAST_GB:g}gb"]
        return float(price.unit_usd(evaluation.design.region)[0] * HOURS)
    except MissingPriceError:
        return inf


def _words(evaluation: Evaluation, key: str, saved: float, costs: float, met: Met | None) -> str:
    """What is spent without the cache, from which share of hits on it pays, and what it would relieve."""
    service = evaluation.design.nodes[key].service
    asked = rate(evaluation.nodes[key].accepted_per_s)
    told = f"all {asked} only read and go through, for {usd(saved)} a month behind it"
    if costs > 0 and saved > costs:
        told += f"; a cache costs {usd(costs)}, which pays from {percent(costs / saved)} of hits on"
    elif service == _GRAPHQL:
        told += "; AppSync asks for its cache by the hour"
    if met is not None:
        title = evaluation.design.nodes[met.node].title
        told += (
            f"; {met.use.name} of {title} binds at {times(met.multiplier)}, "
            f"with {number(HITS * 100)} % of hits at {times(met.multiplier / (1 - HITS))}"
        )
    return told


def _fix(evaluation: Evaluation, key: str) -> dict[str, object] | None:
    """The cache in use; not where its price is not known."""
    node, path = evaluation.design.nodes[key], f"nodes.{key}"
    if node.service == _DISTRIBUTION:
        asked = cast("CloudFront", node.settings).object_requests_per_s
        if asked is None:
            return {f"{path}.cache_hit_ratio": HITS}
        return {f"{path}.ttl_s": ceil(HITS / (1 - HITS) / asked)} if asked > 0 else None
    if node.service == _REST:
        size = cast("RestApi", node.settings).cache_gb or _LEAST_GB
        return {f"{path}.cache_gb": size, f"{path}.cache_hit_ratio": HITS}
    return None


RULE = Rule(
    "cache-unused",
    "note",
    check,
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html",
    metric="offered_per_s",
)
