"""Amazon OpenSearch: finds documents by what they say, on nodes or on compute units that follow the load.

Queries and indexing have threads of their own, which both wait for in a queue; a full queue refuses (429).
A document is indexed on each of its copies. A serverless collection has one half of its units to index and
one to search, adds to each when it is busy, and needs enough of them for its data.
Sources: https://docs.opensearch.org/latest/install-and-configure/configuring-opensearch/thread-pool-settings/,
https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-scaling.html
"""

from typing import cast

from sandbox.catalog.limits import limit
from sandbox.catalog.searching.bill import bill
from sandbox.catalog.searching.settings import OpenSearch, does
from sandbox.catalog.service import Limit, Link, Parts, Service, Site
from sandbox.engine.network import Slots, Station, Tracking

_DOES = ("search", "indexing")
"""What threads are for."""


def lower(site: Site) -> Parts:
    """One station for each edge that leads here: it queries or it indexes."""
    search = cast("OpenSearch", site.settings)
    pools = {does: _pool(site, search, does) for does in _DOES}
    stations = tuple(_station(site, search, link) for link in site.inflows)
    return Parts(
        stations=stations or (Station(site.id, fixed=search.query_ms / 1000, cv=search.latency_cv),),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        slots=tuple(pools.values()),
        limits={pool.id: _limit(search, does) for does, pool in pools.items()},
    )


def _station(site: Site, search: OpenSearch, link: Link) -> Station:
    """The station of one edge."""
    kind = does(link.settings)
    each_ms = search.query_ms if kind == "search" else search.index_ms
    return Station(
        f"{site.id}#{link.index}", fixed=each_ms / 1000, cv=search.latency_cv, slots=(f"{site.id}.{kind}",)
    )


def _pool(site: Site, search: OpenSearch, kind: str) -> Slots:
    """Threads of one kind, and their queue."""
    quotas = site.quotas
    many = search.nodes if search.mode == "nodes" else 1
    queue = quotas[f"{kind}_queue"] * many
    if search.mode == "nodes":
        vcpus = quotas[f"vcpus_{search.size}"]
        threads = vcpus * 3 // 2 + 1 if kind == "search" else vcpus / search.copies
        return Slots(f"{site.id}.{kind}", threads * search.nodes, places=queue, service_cv=search.latency_cv)
    each = quotas["ocu_threads"]
    return Slots(
        f"{site.id}.{kind}",
        max(search.max_ocu / 2, search.least_half) * each,
        places=queue,
        service_cv=search.latency_cv,
        moves=_moves(site, search.least_half * each),
    )


def _moves(site: Site, least: float) -> Tracking:
    """How the units of a collection follow their use; the first is there with the first request.

    AWS says that one which has scaled to nothing starts with a delay, but not how long it is.
    """
    quotas = site.quotas
    return Tracking(
        least=max(least, quotas["ocu_threads"]),
        target=quotas["ocu_target"],
        out_after=quotas["ocu_out_s"],
        out_lag=quotas["ocu_lag_s"],
        in_after=quotas["ocu_in_s"],
        step=quotas["ocu_threads"],
    )


def _limit(search: OpenSearch, kind: str) -> Limit:
    """How threads are shown."""
    raised_by = "nodes" if search.mode == "nodes" else "max_ocu"
    return limit("opensearch", f"{kind}_threads", raised_by=raised_by)


SERVICE = Service(
    id="opensearch",
    title="OpenSearch",
    family="store",
    badge="OpenSearch",
    icon="◉",
    settings=OpenSearch,
    lower=lower,
    bill=bill,
    summary="Searches documents and aggregates them; queries and indexing have threads of their own.",
    also_called=("search", "index", "elasticsearch", "documents", "full-text", "logs"),
)
