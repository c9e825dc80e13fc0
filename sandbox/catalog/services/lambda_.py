"""AWS Lambda: runs a function once for each request or batch, in environments started on demand.

All functions of an account share its concurrency; a reservation takes a part of it out for one
function and caps it there. Beside the concurrency there is a request rate of ten times that.
"""

from collections.abc import Iterator
from math import inf
from typing import cast

from sandbox.catalog.facts import Quotas, facts
from sandbox.catalog.functions.bill import bill
from sandbox.catalog.functions.managed import managed_limit, managed_pool, places
from sandbox.catalog.functions.settings import Lambda, stretch
from sandbox.catalog.functions.streaming import streaming_s
from sandbox.catalog.service import Limit, Link, Parts, Service, Site
from sandbox.engine.network import Environments, Slots, Station, Tracking

_BATCHED = ("polled", "stream")
"""Kinds of edges whose batches the function gets from an event source mapping."""


def lower(site: Site) -> Parts:
    """A function is one station for what calls it, and one for each queue or stream that feeds it.

    They share the concurrency and the environments; each batched edge has its own station because
    its batches are larger, and may report failures record by record.
    """
    function = cast("Lambda", site.settings)
    if function.managed_instances:
        return _managed(site, function)
    pool = _pool(site, function)
    stations = tuple(_stations(site, function, pool.id, site.id))
    return Parts(
        stations=stations,
        entries={link.index: _entry(site, link) for link in site.inflows},
        callers=tuple(station.id for station in stations),
        slots=(pool,),
        environments=(
            Environments(
                site.id,
                init=init_s(function, site.quotas),
                idle_expiry=function.idle_expiry_s,
                ready=function.most_ready,
                most=inf if function.reserved_concurrency is None else function.reserved_concurrency,
                added=site.quotas["environments_per_s"],
                added_burst=site.quotas["environments_burst"],
                moves=_kept_ready(function, site.quotas),
            ),
        ),
        set_aside=_set_aside(site, function),
        limits={pool.id: _limit(function)},
    )


def _managed(site: Site, function: Lambda) -> Parts:
    """On managed instances: places in environments that are there before requests come."""
    pool = managed_pool(f"{site.id}.environments", function, site.quotas)
    stations = tuple(_stations(site, function, pool.id))
    return Parts(
        stations=stations,
        entries={link.index: _entry(site, link) for link in site.inflows},
        callers=tuple(station.id for station in stations),
        slots=(pool,),
        limits={pool.id: managed_limit()},
        units={pool.id: places(function, site.quotas)},
    )


def init_s(function: Lambda, quotas: Quotas) -> float:
    """Seconds a cold start adds: the init, or the restore of a snapshot."""
    return quotas["snapstart_restore_s"] if function.snap_start else function.init_ms / 1000


def _kept_ready(function: Lambda, quotas: Quotas) -> Tracking | None:
    """How the environments kept ready follow their use; not at all where their number is fixed."""
    if function.provisioned_max is None or not function.provisioned_concurrency:
        return None
    least = float(function.provisioned_concurrency)
    return Tracking(
        least=least,
        target=function.provisioned_target,
        out_after=quotas["provisioned_out_s"],
        out_lag=quotas["provisioned_prepare_s"],
        in_after=quotas["provisioned_in_s"],
        start=least,
        step=1.0,
    )


def _stations(site: Site, function: Lambda, pool: str, environments: str | None = None) -> Iterator[Station]:
    """The station of direct calls, unless only mappings feed the function, and one for each mapping."""
    batched = [link for link in site.inflows if link.kind in _BATCHED]
    if len(batched) < len(site.inflows) or not batched:
        yield _station(site.id, site, function, pool, environments)
    for link in batched:
        by_item = bool(getattr(link.settings, "report_item_failures", False))
        yield _station(_entry(site, link), site, function, pool, environments, item_failures=by_item)


def _station(
    name: str,
    site: Site,
    function: Lambda,
    pool: str,
    environments: str | None,
    *,
    item_failures: bool = False,
) -> Station:
    """One way in; they differ in how failures are counted."""
    factor = stretch(function, site.quotas["memory_mb_per_vcpu"]) / 1000
    return Station(
        name,
        fixed=function.duration_ms * factor + streaming_s(function, site.quotas),
        per_item=function.per_record_ms * factor,
        cv=function.duration_cv,
        timeout=function.timeout_s,
        error=function.error_ratio,
        item_failures=item_failures,
        slots=(pool,),
        environments=environments,
    )


def _entry(site: Site, link: Link) -> str:
    """Station where an edge's items enter."""
    return f"{site.id}#{link.index}" if link.kind in _BATCHED else site.id


def _account_pool(site: Site) -> str:
    return f"{site.account}lambda.concurrency"


def _pool(site: Site, function: Lambda) -> Slots:
    """The function's own concurrency where it has a reservation, else the account's.

    Provisioned environments serve first and hold their part of it for themselves.
    """
    rate = site.quotas["rate_per_slot"]
    if function.reserved_concurrency is None:
        return Slots(_account_pool(site), site.quotas["account_concurrency"], rate_per_slot=rate)
    shared = function.reserved_concurrency - function.most_ready
    return Slots(f"{site.id}.reserved", shared, rate_per_slot=rate)


def _set_aside(site: Site, function: Lambda) -> dict[str, float]:
    """What the function takes out of the account's concurrency, used or not."""
    if function.reserved_concurrency is not None:
        return {_account_pool(site): float(function.reserved_concurrency)}
    if function.provisioned_concurrency is not None:
        return {_account_pool(site): float(function.most_ready)}
    return {}


def _limit(function: Lambda) -> Limit:
    """How the pool is shown."""
    if function.reserved_concurrency is None:
        quota = facts("lambda").quotas["account_concurrency"]
        raised_by = f"account.{quota.setting}"
        return Limit(quota.name, quota.unit, quota.scope, quota.adjustable, quota.source, raised_by)
    return Limit(
        "reserved concurrency",
        "concurrent executions",
        "set on the function",
        adjustable=True,
        source="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
        raised_by="reserved_concurrency",
    )


SERVICE = Service(
    id="lambda",
    title="Lambda function",
    family="compute",
    badge="Lambda",
    icon="λ",
    settings=Lambda,
    lower=lower,
    bill=bill,
    takes_events=True,
    summary="Runs code once for each request or batch; concurrency is its limit.",
    also_called=("function", "fn", "code", "worker", "compute", "faas"),
    answers=True,
)
