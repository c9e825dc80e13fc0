"""A stream has more consumers with a pipe of their own than AWS registers.

## Why it matters
A Kinesis stream takes 20 of them, or 50 where the account is on the advantage mode; the next one is
refused.

## Instead of
    enhanced_fan_out = true      # on 21 edges
## Use
    enhanced_fan_out = false     # on those that can share 2 MB/s with others
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.catalog.streams.settings import Kinesis
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Count the consumers of every Kinesis stream."""
    design = evaluation.design
    for key, node in design.nodes.items():
        if not isinstance(node.settings, Kinesis):
            continue
        own = sum(getattr(edge.settings, "enhanced_fan_out", False) for edge in design.outflows(key))
        prefix = "advantage_" if node.settings.mode == "advantage" else ""
        most = facts("kinesis").quotas[f"{prefix}fan_out_consumers"].value
        if own > most:
            yield RULE.finding(f"{own} consumers with fan-out; a stream takes {number(most)}", node=key)


RULE = Rule(
    "too-many-fan-out-consumers",
    "error",
    check,
    "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html",
)
