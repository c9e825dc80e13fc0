"""What a cache's month is charged as: data and processing units, or nodes by the hour.

Source: https://aws.amazon.com/elasticache/pricing/
"""

from typing import cast

import numpy as np

from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.caches.units import ecpus
from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings
from sandbox.catalog.usage import HOURS, MONTH_S, Array, Charge, Usage

_WORDS = {"valkey": "Valkey", "redis": "Redis OSS", "memcached": "Memcached"}


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Redis OSS and Memcached have one price; Valkey has its own."""
    cache = cast("ElastiCache", settings)
    book = "valkey" if cache.engine == "valkey" else "redis"
    name = _WORDS[cache.engine]
    if cache.mode == "nodes":
        hours = np.full(1, cache.nodes * HOURS)
        return [Charge(f"elasticache.{book}_{cache.size}", hours, words=f"{name} nodes, {cache.node_type}")]
    least_gb = facts("elasticache").quotas[f"{book}_least_gb"].value
    stored = max(cache.data_gb, least_gb) * HOURS
    return [
        Charge(f"elasticache.{book}_data", np.full(1, stored), words=f"{name} data"),
        Charge(f"elasticache.{book}_ecpu", _ecpus(cache, usage), words=f"{name} processing units"),
    ]


def _ecpus(cache: ElastiCache, usage: Usage) -> Array:
    """Processing units of a month; those kept ready are billed whether they are used or not."""
    used: Array = np.zeros(1)
    for link in usage.inflows:
        used = used + link.accepted * ecpus(cache, link)
    return np.maximum(used, cache.min_ecpu_per_s or 0) * MONTH_S
