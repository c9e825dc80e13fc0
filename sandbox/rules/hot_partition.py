"""One shard or partition takes so much that it throttles long before the others are used.

## Why it matters
Capacity is split evenly, and keys are not: what goes to one partition has its limit alone, whatever is
provisioned in all. More shards do not help a single key; a key that spreads does.

## Instead of
    hot_shard_share = 0.5        # half of the records have one partition key
## Use
    hot_shard_share = 0.125      # a key with a suffix, spread over eight shards
"""

from collections.abc import Iterator

from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.streams.settings import Kinesis
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding, LimitUse
from sandbox.rules.rule import Rule
from sandbox.units import number, percent, times

SHOWN = 0.5
"""Use of the hot part's limit from which it is told: twice the load binds."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every stream, table and cache with a hot part that has not yet begun to throttle."""
    for key, node in evaluation.design.nodes.items():
        hot = (use for use in evaluation.nodes[key].limits if use.key.startswith(f"quota:{key}.hot"))
        use = next(hot, None)
        share = _share(node.settings, use) if use is not None else 0.0
        if use is not None and share and use.utilisation >= SHOWN and use.refused <= 0:
            yield RULE.finding(
                f"{percent(share)} of what comes goes to one part of it: "
                f"{number(use.demand)} of {number(use.capacity)} {use.unit} there; "
                f"it throttles at {times(1 / use.utilisation)} of this load",
                node=key,
                source=use.source,
            )


def _share(settings: object, use: LimitUse) -> float:
    """Share of what comes that goes to the hot part; 0 where there is none."""
    if isinstance(settings, Kinesis):
        return settings.hot_share
    if isinstance(settings, DynamoDb):
        hot = settings.index_hot_share if " index " in use.key else settings.hot_key_share
        return hot or 0.0
    return (settings.hot_key_share or 0.0) if isinstance(settings, ElastiCache) else 0.0


RULE = Rule(
    "hot-partition",
    "warning",
    check,
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html",
    metric="offered_per_s",
)
