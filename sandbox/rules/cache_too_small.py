"""The data of a cache does not fit into its nodes.

## Why it matters
A full cache throws out what it has, so its hit ratio falls below what the settings say, or it
refuses to write. AWS advises to keep a quarter of the memory free for the engine itself.

## Instead of
    data_gb = 20                 # in one node of 6.38 GB
## Use
    shards = 5                   # and a node for each
"""

from collections.abc import Iterator
from math import ceil

from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.facts import facts
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every cache that runs on nodes."""
    for key, node in evaluation.design.nodes.items():
        cache = node.settings
        if not isinstance(cache, ElastiCache) or cache.mode != "nodes":
            continue
        room = room_gb(cache)
        if cache.data_gb > room * cache.primaries:
            shards = ceil(cache.data_gb / room)
            nodes = ceil(shards * cache.nodes / cache.primaries)
            yield RULE.finding(
                f"{number(cache.data_gb)} GB do not fit into {number(room * cache.primaries)} GB, "
                f"{number(room)} on each shard",
                node=key,
                fix={f"nodes.{key}.shards": shards, f"nodes.{key}.nodes": nodes},
            )


def room_gb(cache: ElastiCache) -> float:
    """Data that one shard has room for [GB].

    >>> round(room_gb(ElastiCache(mode="nodes", node_type="cache.m7g.large")), 3)
    4.785
    """
    quotas = facts("elasticache").quotas
    return quotas[f"memory_gb_{cache.size}"].value * (1 - quotas["memory_reserved"].value)


RULE = Rule(
    "cache-too-small",
    "warning",
    check,
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/redis-memory-management.html",
)
