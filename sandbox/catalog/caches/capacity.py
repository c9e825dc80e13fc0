"""What a cache takes: processing units or requests, of all its keys and of the hottest, and connections.

A serverless cache starts with so many units and doubles them while the load lasts, up to its maximum; one
slot, and so one key, never takes more than 30,000 units a second. A node takes the requests that the
settings say; its shard's primary takes all writes, and the reads that replicas may not answer.
Sources: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html,
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/BestPractices.Clients.Redis.Connections.html
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.caches.units import ecpus, operation, requests
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Link, Site
from sandbox.engine.network import Demand, Doubling, Quota


@dataclass(frozen=True)
class Row:
    """One limit of the cache, and who sees it."""

    quota: Quota
    seen_as: Limit
    units: Callable[[ElastiCache, Link], float]
    share: float = 1.0
    part: str = ""
    reads: bool = True
    writes: bool = True

    def demand(self, cache: ElastiCache, link: Link) -> Demand | None:
        """What one item of an edge takes of it, if anything."""
        if not (self.reads if operation(link) == "read" else self.writes):
            return None
        return Demand(self.quota.id, self.units(cache, link), share=self.share, part=self.part)


def rows(site: Site) -> tuple[Row, ...]:
    """Every limit of a cache."""
    cache = cast("ElastiCache", site.settings)
    found = _serverless(site, cache) if cache.mode == "serverless" else _nodes(site, cache)
    return (*found, _connections(site, cache))


def _serverless(site: Site, cache: ElastiCache) -> list[Row]:
    """Processing units of all keys and of the hottest one's slot."""
    quotas = site.quotas
    most = float(cache.max_ecpu_per_s or quotas["serverless_ecpu_per_s"])
    one = quotas["slot_ecpu_per_s"] * (quotas["replica_read_factor"] if cache.read_from_replicas else 1.0)
    growth = quotas["valkey_growth_s" if cache.engine == "valkey" else "redis_growth_s"]
    start = max(one, float(cache.min_ecpu_per_s or 0))
    moves = Doubling(start, quotas["serverless_growth"], growth)
    seen_as = limit("elasticache", "serverless_ecpu_per_s", raised_by="max_ecpu_per_s")
    found = [Row(Quota(f"{site.id}.ecpu", most, most, moves=moves), seen_as, ecpus)]
    if cache.hot_key_share is not None:
        hottest = limit("elasticache", "slot_ecpu_per_s")
        quota = Quota(f"{site.id}.hot slot ecpu", one, one)
        found.append(Row(quota, hottest, ecpus, cache.hot_key_share, "hot"))
    return found


def _nodes(site: Site, cache: ElastiCache) -> list[Row]:
    """Requests of the primaries and, where replicas answer too, of all nodes; of the hottest shard alike."""
    each, seen_as = (
        cache.requests_per_node_per_s,
        limit("elasticache", "node_requests_per_s", raised_by="nodes"),
    )
    primaries = Quota(f"{site.id}.primary requests", each * cache.primaries, each * cache.primaries)
    everywhere = Quota(f"{site.id}.requests", each * cache.nodes, each * cache.nodes)
    apart = cache.read_from_replicas and cache.nodes > cache.primaries
    by_shards = limit("elasticache", "node_requests_per_s", "requests to primaries", "shards")
    found = [Row(primaries, by_shards, _refills if apart else requests)]
    if apart:
        found.append(Row(everywhere, seen_as, requests))
    hot = cache.hot_key_share
    if hot is not None and hot * cache.primaries > 1:
        there = each * (cache.nodes / cache.primaries if apart else 1.0)
        hottest = limit("elasticache", "node_requests_per_s", "hot shard's requests")
        found.append(Row(Quota(f"{site.id}.hot requests", there, there), hottest, requests, hot, "hot"))
    return found


def _refills(cache: ElastiCache, link: Link) -> float:
    """Requests that only a primary takes."""
    return cache.refills if operation(link) == "read" else 1.0


def _connections(site: Site, cache: ElastiCache) -> Row:
    """Connections that callers keep open, used or not; every client connects to every node."""
    most = site.quotas["connections"]
    quota = Quota(f"{site.id}.connections", most, measure="environments")
    return Row(quota, limit("elasticache", "connections"), lambda cache, _link: cache.connections_per_client)
