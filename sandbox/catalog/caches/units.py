"""Processing units of a cache's operations.

A unit (ECPU) moves 1 KB; what moves less counts as one, what moves more by its size. A read that misses
moves next to nothing, and what it then writes as much as any write.
Source: https://aws.amazon.com/elasticache/pricing/
"""

from typing import Protocol

from pydantic import BaseModel

from sandbox.catalog.caches.settings import ElastiCache


class _Hop(Protocol):
    """What a `Link` and a `LinkUse` both say of an edge."""

    @property
    def settings(self) -> BaseModel: ...
    @property
    def item_kb(self) -> float: ...


def operation(hop: _Hop) -> str:
    """What an edge does at the cache: reads, where it does not say."""
    return getattr(hop.settings, "operation", None) or "read"


def ecpus(cache: ElastiCache, hop: _Hop) -> float:
    """Processing units of one operation of an edge, on average.

    >>> from types import SimpleNamespace as Hop
    >>> read = Hop(settings=Hop(operation="read"), item_kb=3.2)
    >>> round(ecpus(ElastiCache(cache_hit_ratio=1), read), 3)
    3.2
    >>> round(ecpus(ElastiCache(cache_hit_ratio=0.9), read), 3)  # 0.9 × 3.2 + 0.1 × (1 + 3.2)
    3.3
    """
    each = max(1.0, hop.item_kb)
    match operation(hop):
        case "read":
            hit = cache.cache_hit_ratio
            return hit * each + (1.0 - hit) + cache.refills * each
        case "delete":
            return 1.0
        case _:
            return each


def requests(cache: ElastiCache, hop: _Hop) -> float:
    """Requests that one operation of an edge comes to, with those that fill the cache."""
    return 1.0 + cache.refills if operation(hop) == "read" else 1.0
