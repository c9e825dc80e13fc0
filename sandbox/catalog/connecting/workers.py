"""Ways from queues and streams to containers that fetch the items themselves."""

from collections.abc import Iterator

from sandbox.catalog.calling import CONTAINERS
from sandbox.catalog.connection import Connection
from sandbox.catalog.workers import SHARDS, WORKERS, ShardEdge, WorkerEdge


def _ways() -> Iterator[Connection]:
    for target in CONTAINERS:
        yield Connection("sqs", target, "polled", WorkerEdge, title="receive and work off", held=WORKERS)
        for source in ("kinesis", "dynamodb"):
            yield Connection(source, target, "stream", ShardEdge, title="read in order", held=SHARDS)


WAYS = tuple(_ways())
