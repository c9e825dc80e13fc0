"""A table's stream has more readers than AWS lets read it at once.

## Why it matters
Two readers may share a shard of a DynamoDB stream; with more of them all are throttled, and fall behind.

## Instead of
    # three edges from the table to functions
## Use
    # one function that hands on to a topic, or a Kinesis stream of the table's changes
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Count the readers of every table's stream."""
    design, most = evaluation.design, facts("dynamodb").quotas["stream_readers"].value
    for key, node in design.nodes.items():
        if not isinstance(node.settings, DynamoDb):
            continue
        readers = sum(edge.kind == "stream" for edge in design.outflows(key))
        if readers > most:
            yield RULE.finding(f"{readers} readers of its stream; {number(most)} may share a shard", node=key)


RULE = Rule(
    "too-many-stream-readers",
    "warning",
    check,
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html",
)
