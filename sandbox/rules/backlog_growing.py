"""A queue or stream gets more than its consumer takes, so its backlog grows.

## Why it matters
Messages wait longer and longer, and are lost when they reach the end of their retention.

## Instead of
    maximum_concurrency = 2      # 20 messages/s, with 30 arriving
## Use
    maximum_concurrency = 5      # lanes × batch ÷ duration above the inflow
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings
from sandbox.catalog.services.sqs import Sqs
from sandbox.catalog.streams.settings import Kinesis
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding, LimitUse
from sandbox.rules.rule import Rule
from sandbox.units import duration, number, rate

HOUR_S = 3600.0


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every node that holds items."""
    for key, node in evaluation.nodes.items():
        dead_letters = any(edge.kind == "dead-letter" for edge in evaluation.design.inflows(key))
        if node.backlog_growth_per_s <= 0 or dead_letters:
            continue
        consumer = next((use for use in node.limits if use.key.startswith("consumer")), None)
        because = _because(evaluation.design, key, consumer)
        offered = node.accepted_per_s if consumer is None else consumer.demand
        older = _older(evaluation.design.nodes[key].settings, offered, node.backlog_growth_per_s)
        message = f"its backlog grows by {rate(node.backlog_growth_per_s)}{older}: {because}"
        yield RULE.finding(message, node=key)


def _older(settings: Settings, offered: float, growth: float) -> str:
    """How fast what is next in line grows older, and when it is lost; nothing where no time says so."""
    name, kept_s, part = "", 0.0, 1.0
    if isinstance(settings, Sqs):
        name, kept_s = "the age of its oldest message", settings.retention_s
    elif isinstance(settings, Kinesis):
        # Where one shard is hot, it is the one that falls behind.
        name, kept_s, part = "its iterator age", settings.retention_h * HOUR_S, settings.hot_share or 1.0
    elif isinstance(settings, DynamoDb):
        kept = facts("dynamodb").quotas["stream_retention_s"]
        name, kept_s = "the iterator age of its stream", kept.value
    pace = ageing(offered * part, growth)
    if not name or pace <= 0:
        return ""
    return f" and {name} by {duration(pace * HOUR_S)} an hour, lost after {duration(kept_s / pace)}"


def ageing(offered: float, growth: float) -> float:
    """How fast the oldest item of an overloaded line grows older, as a share of the time that goes by.

    Of 200 items/s 150 are taken: after a minute the one that is next has waited a quarter of it.

    >>> ageing(offered=200, growth=50)
    0.25
    """
    return min(growth / offered, 1.0) if offered > 0 else 0.0


def _because(design: Design, key: str, consumer: LimitUse | None) -> str:
    """What comes in and what its reader takes; a function reads its own events."""
    if consumer is not None:
        came, most = number(consumer.demand), number(consumer.capacity)
        return f"{came} {consumer.unit} come in, and the {consumer.name} is {most}"
    read = any(edge.kind in ("polled", "stream") for edge in design.outflows(key))
    held_by_itself = design.nodes[key].service not in ("sqs", "kinesis", "dynamodb")
    return "more comes in than is taken" if read or held_by_itself else "nothing reads it"


RULE = Rule(
    "backlog-growing",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
    metric="backlog_growth_per_s",
)
