"""Ways that start a container task for each item, instead of asking one that runs."""

from collections.abc import Iterator

from sandbox.catalog.calling import CONTAINERS
from sandbox.catalog.connection import Connection
from sandbox.catalog.containers.jobs import LAUNCHES, LaunchEdge

_ASK_TOO = ("lambda", *CONTAINERS, "on-premises", "step-functions")
"""What may also ask a running task and wait."""

_ONLY = ("eventbridge", "schedule")
"""What knows no other way."""


def _ways() -> Iterator[Connection]:
    for source in _ASK_TOO:
        yield Connection(
            source, "fargate", "async", LaunchEdge, mode="async", title="start a task", held=LAUNCHES
        )
    for source in _ONLY:
        yield Connection(source, "fargate", "async", LaunchEdge, title="start a task", held=LAUNCHES)


WAYS = tuple(_ways())
