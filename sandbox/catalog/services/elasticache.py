"""Amazon ElastiCache: answers from memory, and sends what it does not have on to the store behind it.

A read that misses goes over the fallback edge to what stands behind the cache, so its caller waits for
both; a write or delete goes no further.
"""

from typing import cast

from sandbox.catalog.caches.bill import bill
from sandbox.catalog.caches.capacity import rows
from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.caches.units import operation
from sandbox.catalog.facts import Facts
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.engine.network import Station


def lower(site: Site) -> Parts:
    """One station for each edge that leads here; only reads can miss."""
    cache = cast("ElastiCache", site.settings)
    limits = rows(site)
    fixed = cache.latency_ms / 1000
    stations = tuple(
        Station(
            f"{site.id}#{link.index}",
            fixed=fixed,
            cv=cache.latency_cv,
            demands=tuple(demand for row in limits if (demand := row.demand(cache, link)) is not None),
        )
        for link in site.inflows
    )
    reading = tuple(f"{site.id}#{link.index}" for link in site.inflows if operation(link) == "read")
    return Parts(
        stations=stations or (Station(site.id, fixed=fixed, cv=cache.latency_cv),),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        emitters={link.index: reading for link in site.outflows} if stations else {},
        quotas=tuple(row.quota for row in limits),
        limits={row.quota.id: row.seen_as for row in limits},
    )


def gain(settings: Settings, link: Link) -> float:
    """What stands behind is asked for what the cache does not have."""
    cache = cast("ElastiCache", settings)
    missed = 1.0 - cache.cache_hit_ratio if link.role == "fallback" else 1.0
    return link.settings.calls * missed


def availability(settings: Settings, known: Facts) -> float | None:
    """AWS commits to less where there is no node in another zone to take over."""
    cache = cast("ElastiCache", settings)
    alone = cache.mode == "nodes" and cache.nodes == cache.primaries
    return known.quotas["single_zone_availability"].value / 100 if alone else known.availability


SERVICE = Service(
    id="elasticache",
    title="ElastiCache",
    family="store",
    badge="ElastiCache",
    icon="◈",
    settings=ElastiCache,
    lower=lower,
    bill=bill,
    gain=gain,
    availability=availability,
    counts={"nodes": lambda settings: _nodes(cast("ElastiCache", settings))},
    summary="Answers reads from memory; what it misses goes on to the store behind it.",
    also_called=("cache", "redis", "valkey", "memcached", "memory", "hit"),
)


def _nodes(cache: ElastiCache) -> float:
    """Nodes that count towards the account's."""
    return float(cache.nodes) if cache.mode == "nodes" else 0.0
