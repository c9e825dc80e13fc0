"""What AWS advises when two services are joined: values that are too small are raised, what is new is set.

Each practice names the connection that it is for, the settings whose later change asks for it again,
and the page it comes from.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Literal, cast

from sandbox.catalog.calling import CONTAINERS
from sandbox.catalog.connection import Connection
from sandbox.catalog.containers.settings import Containers
from sandbox.catalog.edges import DeadLetterEdge, PolledEdge, ReadEdge
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.service import Settings
from sandbox.catalog.services.sns import Sns
from sandbox.catalog.services.sqs import Sqs
from sandbox.catalog.workers import WorkerEdge

End = Literal["source", "target", "edge"]
Advice = Mapping[tuple[End, str], object]
"""Values by the part and the setting that they are for."""

TIMEOUTS = 6
"""Timeouts of its consumer that a message should stay hidden for: room for throttled tries."""
LEAST_RECEIVES = 5
"""Receives before a message is given up that AWS advises at least."""
LONGEST_HIDDEN_S = 43_200
"""Longest visibility timeout of a queue [s]: 12 hours."""
LONGEST_RETENTION_S = 1_209_600
"""Longest time that a queue keeps a message [s]: 14 days."""


@dataclass(frozen=True)
class Joined:
    """Two nodes and the edge between them."""

    source: Settings
    target: Settings
    edge: Settings
    new: frozenset[End] = frozenset()
    """Which of them has just been made, so that nobody has said anything about it yet."""


@dataclass(frozen=True)
class Practice:
    """What AWS advises for one connection."""

    between: tuple[str, str]
    """Services that it is for."""
    role: str
    advise: Callable[[Joined], Advice]
    asked_by: frozenset[tuple[End, str]]
    """Settings whose later change asks for it again."""
    doc: str

    def concerns(self, way: Connection) -> bool:
        """Whether it is for a connection."""
        return self.between == (way.source, way.target) and self.role == way.role


def practices(way: Connection) -> Iterator[Practice]:
    """What is advised for a connection."""
    return (practice for practice in PRACTICES if practice.concerns(way))


def wanted_visibility_s(timeout_s: float, window_s: float) -> int:
    """Visibility timeout that AWS advises for a queue, in whole seconds as SQS takes them [s].

    Args:
        timeout_s: Timeout of the function that works the queue off [s].
        window_s: Batching window of its mapping [s].

    Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html

    >>> wanted_visibility_s(30, 0), wanted_visibility_s(2.5, 0.2)
    (180, 16)
    """
    return ceil(TIMEOUTS * timeout_s + window_s)


def _hidden_long_enough(joined: Joined) -> Advice:
    """A message stays hidden while its batch is worked on, throttled tries included."""
    queue, function, edge = (
        cast("Sqs", joined.source),
        cast("Lambda", joined.target),
        cast("PolledEdge", joined.edge),
    )
    wanted = wanted_visibility_s(function.timeout_s, edge.batch_window_s)
    return {("source", "visibility_timeout_s"): wanted} if queue.visibility_timeout_s < wanted else {}


def _hidden_while_worked(joined: Joined) -> Advice:
    """A message stays hidden as long as the batch that it came with takes, slow ones included."""
    queue, tasks, edge = (
        cast("Sqs", joined.source),
        cast("Containers", joined.target),
        cast("WorkerEdge", joined.edge),
    )
    longest_s = tasks.timeout_s or TIMEOUTS * tasks.duration_ms / 1000
    wanted = min(ceil(edge.batch_size * longest_s), LONGEST_HIDDEN_S)
    return {("source", "visibility_timeout_s"): wanted} if queue.visibility_timeout_s < wanted else {}


def _enough_receives(joined: Joined) -> Advice:
    """Throttled receives count too, so that few are used up without any failure."""
    receives = cast("DeadLetterEdge", joined.edge).max_receive_count
    is_wrong = "edge" in joined.new or receives < LEAST_RECEIVES
    return {("edge", "max_receive_count"): LEAST_RECEIVES} if is_wrong else {}


def _kept_longer(joined: Joined) -> Advice:
    """A standard queue counts a dead letter's age from when it was first sent; a FIFO queue anew."""
    queue, dead = cast("Sqs", joined.source), cast("Sqs", joined.target)
    is_short = not dead.fifo and dead.retention_s <= min(queue.retention_s, LONGEST_RETENTION_S - 1)
    return {("target", "retention_s"): LONGEST_RETENTION_S} if is_short else {}


def _of_one_kind(joined: Joined) -> Advice:
    """Dead letters of what is ordered go to a queue that is ordered."""
    ordered = cast("Sqs | Sns", joined.source).fifo
    return {("target", "fifo"): True} if ordered and "target" in joined.new else {}


def _bad_records_pass(joined: Joined) -> Advice:
    """A bad record holds its shard up until it expires, unless the mapping gives it up."""
    if "edge" not in joined.new or not isinstance(joined.edge, ReadEdge):
        return {}
    return {
        ("edge", "bisect_on_error"): True,
        ("edge", "max_attempts"): 500,
        ("edge", "max_record_age_s"): 86_400,
    }


_DOCS = "https://docs.aws.amazon.com"
_SQS_CONFIGURE = f"{_DOCS}/lambda/latest/dg/services-sqs-configure.html"
_SQS_GUIDE = f"{_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide"
_CONSTRUCTS = f"{_DOCS}/solutions/latest/constructs"

PRACTICES = (
    Practice(
        ("sqs", "lambda"), "", _hidden_long_enough,
        frozenset({("target", "timeout_s"), ("edge", "batch_window_s")}), _SQS_CONFIGURE,
    ),
    *(
        Practice(
            ("sqs", target), "", _hidden_while_worked,
            frozenset({("target", "timeout_s"), ("target", "duration_ms"), ("edge", "batch_size")}),
            f"{_SQS_GUIDE}/sqs-visibility-timeout.html",
        )
        for target in CONTAINERS
    ),
    Practice(
        ("sqs", "sqs"), "dead-letter", _of_one_kind,
        frozenset(), f"{_SQS_GUIDE}/sqs-configure-dead-letter-queue.html",
    ),
    Practice(("sqs", "sqs"), "dead-letter", _enough_receives, frozenset(), _SQS_CONFIGURE),
    Practice(
        ("sqs", "sqs"), "dead-letter", _kept_longer,
        frozenset({("source", "retention_s")}), f"{_SQS_GUIDE}/setting-up-dead-letter-queue-retention.html",
    ),
    Practice(
        ("sns", "sqs"), "dead-letter", _of_one_kind,
        frozenset(), f"{_SQS_GUIDE}/sqs-configure-dead-letter-queue.html",
    ),
    Practice(
        ("kinesis", "lambda"), "", _bad_records_pass,
        frozenset(), f"{_CONSTRUCTS}/aws-kinesisstreams-lambda.html",
    ),
    Practice(
        ("kinesis", "pipes"), "", _bad_records_pass,
        frozenset(), "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-kinesis.html",
    ),
    Practice(
        ("dynamodb", "pipes"), "", _bad_records_pass,
        frozenset(), "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-dynamodb.html",
    ),
    Practice(
        ("dynamodb", "lambda"), "", _bad_records_pass,
        frozenset(), f"{_CONSTRUCTS}/aws-dynamodbstreams-lambda.html",
    ),
)  # fmt: skip
"""Every practice; where several concern one connection, each finds what the ones before it have set."""
