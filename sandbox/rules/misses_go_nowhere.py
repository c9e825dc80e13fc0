"""Nothing stands behind a cache for the reads that miss.

## Why it matters
A read that finds nothing is answered with nothing: neither the time nor the load of fetching it
elsewhere is counted.

## Instead of
    cache_hit_ratio = 0.9        # and no edge from the cache
## Use
    role = "fallback"            # on an edge from the cache to the store behind it
"""

from collections.abc import Iterator

from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.caches.units import operation
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import percent


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every cache that is read and misses."""
    for key, (inflows, outflows) in evaluation.lowered.links.items():
        cache = evaluation.design.nodes[key].settings
        if not isinstance(cache, ElastiCache) or cache.cache_hit_ratio >= 1:
            continue
        if any(operation(link) == "read" for link in inflows) and not outflows:
            missed = percent(1 - cache.cache_hit_ratio)
            yield RULE.finding(f"{missed} of the reads find nothing, and no store stands behind", node=key)


RULE = Rule(
    "misses-go-nowhere",
    "note",
    check,
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Strategies.html",
)
