"""What rules about at-least-once delivery share: who gets items so, and how many of them again."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.catalog.containers.settings import Containers
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.services.sqs import Sqs
from sandbox.design.model import Design
from sandbox.design.parts import Node
from sandbox.evaluation import Evaluation
from sandbox.units import number

_AT_LEAST_ONCE = {"polled", "stream", "async"}
"""Kinds of edges whose items AWS hands out again until they are done."""
_WRITES = {"write", "transact-write"}
_HANDS_ON = {"sqs", "sns", "eventbridge", "kinesis", "firehose", "step-functions", "external", "qldb"}
"""What does it twice when it is asked twice: messages, runs, charges."""
_REPLACES = {"s3", "elasticache"}
"""Where what is put again replaces itself."""
_THROUGH = {"rds-proxy", "nat-gateway"}
"""What only passes on."""
_OFTEN = 10.0


@dataclass(frozen=True)
class Consumer:
    """A function or containers that get items at least once."""

    node: Node
    is_idempotent: bool | None
    items_per_s: float
    again_per_s: float
    """Items that are worked once more, beyond their first time."""
    keeps_order: bool
    """Whether all of them come from FIFO queues, which bring no copies by themselves."""
    writes: tuple[str, ...]
    """Titles of what is written to, told or charged for each item."""


def consumers(evaluation: Evaluation) -> Iterator[Consumer]:
    """Everything that works what AWS hands out at least once, in the design's order."""
    design = evaluation.design
    fed: dict[str, list[int]] = {}
    for index, edge in enumerate(design.edges):
        if edge.kind in _AT_LEAST_ONCE and not edge.connection.is_aside:
            fed.setdefault(edge.target, []).append(index)
    for key, places in fed.items():
        node, settings = design.nodes[key], design.nodes[key].settings
        if isinstance(settings, Lambda | Containers):
            told = [evaluation.edges[index] for index in places]
            sources = [design.nodes[way.source].settings for way in told]
            yield Consumer(
                node,
                settings.idempotent,
                sum(way.items_per_s for way in told),
                sum(worked_again(way.items_per_s, way.executions_per_item) for way in told),
                all(isinstance(source, Sqs) and source.fifo for source in sources),
                tuple(dict.fromkeys(_written(design, key, frozenset()))),
            )


def worked_again(items_per_s: float, executions: float) -> float:
    """Items a second that are worked beyond the first time: rate × (executions − 1).

    Args:
        items_per_s: Items that come [items/s].
        executions: Mean times that one of them is worked on.

    A tenth that fails and comes back until it is done makes 1 + 0.1 + 0.01 + … = 10/9 of each:

    >>> round(worked_again(90, 10 / 9), 9), worked_again(90, 1)
    (10.0, 0.0)
    """
    return items_per_s * max(executions - 1.0, 0.0)


def often(per_s: float) -> str:
    """How many items an hour, or a day where they are few.

    >>> often(1), often(0.001)
    ('3,600 items an hour', '86.4 items a day')
    """
    hourly = per_s * 3600
    return f"{number(hourly)} items an hour" if hourly >= _OFTEN else f"{number(hourly * 24)} items a day"


def _written(design: Design, key: str, seen: frozenset[str]) -> Iterator[str]:
    """Titles of what one item changes, also through what is called or only passes on."""
    for edge in design.outflows(key):
        target = design.nodes[edge.target]
        if edge.connection.is_aside or edge.target in seen:
            continue
        writes = edge.operation in _WRITES and target.service not in _REPLACES
        if writes or (target.service in _HANDS_ON and edge.operation != "read"):
            yield target.title
        elif isinstance(target.settings, Lambda | Containers) or target.service in _THROUGH:
            yield from _written(design, edge.target, seen | {key})
