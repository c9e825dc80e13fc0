"""Ways to relational databases, and to what works on data in batches and queries files."""

from collections.abc import Iterator

from sandbox.catalog.analytics.runs import RUNS, RunEdge
from sandbox.catalog.calling import CONTAINERS, SDK_RETRIES
from sandbox.catalog.connection import Connection
from sandbox.catalog.databases.edges import ClusterEdge, DataApiEdge, PoolEdge, QueryEdge
from sandbox.catalog.edges import CallEdge
from sandbox.catalog.flows.edges import RetriedEdge, TaskEdge
from sandbox.catalog.flows.holding import RETRIED

PROGRAMS = ("lambda", *CONTAINERS, "on-premises")
"""What runs code with a database's driver in it."""
_QUERIED = ("athena", "redshift-spectrum")
_SHARED = "queries over shared connections"


def _ways() -> Iterator[Connection]:
    for source in PROGRAMS:
        yield Connection(source, "aurora", "sync", ClusterEdge, title="query")
        yield Connection(source, "rds", "sync", QueryEdge, title="query")
        yield Connection(source, "rds-proxy", "sync", CallEdge, title=_SHARED)
        for target in _QUERIED:
            yield Connection(
                source, target, "sync", CallEdge, retries=SDK_RETRIES, title="query files and wait"
            )
        yield Connection(source, "glue", "async", RunEdge, title="start a run", held=RUNS)
    for target in ("aurora", "rds"):
        yield Connection("rds-proxy", target, "sync", PoolEdge, title="lend connections")
    yield Connection("glue", "rds", "sync", QueryEdge, title="read and write tables")
    yield Connection("glue", "aurora", "sync", QueryEdge, title="read and write tables")
    yield Connection("glue", "s3", "sync", CallEdge, retries=SDK_RETRIES, title="read and write objects")
    for target, edge in (("aurora", ClusterEdge), ("rds", QueryEdge), ("rds-proxy", CallEdge)):
        yield Connection("elasticache", target, "sync", edge, "fallback", title="ask for what is missed")
    yield Connection("appsync", "aurora", "sync", DataApiEdge, title="resolve fields with SQL")
    yield Connection("step-functions", "aurora", "sync", TaskEdge, title="query through the Data API")
    yield Connection("step-functions", "redshift-spectrum", "sync", TaskEdge, title="query files and wait")
    for target in ("glue", "athena"):
        yield Connection("schedule", target, "async", RetriedEdge, title="start", held=RETRIED)


WAYS = tuple(_ways())

_NO_SQL = "an API does not speak SQL; let a function query the database"
_PRIVATE = "it is not open to the internet; put a function or containers before it"
_ANSWERS = "a database only answers queries; let what queried it call on"

REASONS = {
    ("aurora", "*"): _ANSWERS,
    ("rds", "*"): _ANSWERS,
    ("rds-proxy", "*"): "a proxy only lends the connections of relational databases",
    ("athena", "*"): "a query reads files and answers; let what asked it call on",
    ("redshift-spectrum", "*"): "a query reads files and answers; let what asked it call on",
    ("glue", "*"): "a job reads and writes objects and tables; let a workflow call on when it ends",
    ("appsync", "rds"): "the Data API is there for Aurora alone; let a function query the database",
    ("appsync", "rds-proxy"): "a resolver speaks HTTP, not SQL over a connection; let a function query it",
    **{
        (source, target): why
        for target in ("aurora", "rds", "rds-proxy")
        for source, why in (
            ("api-gateway-rest", _NO_SQL),
            ("api-gateway-http", _NO_SQL),
            ("api-gateway-websocket", _NO_SQL),
            ("traffic", _PRIVATE),
        )
    },
    ("step-functions", "rds"): "the Data API is there for Aurora alone; let a function query the database",
    (
        "step-functions",
        "rds-proxy",
    ): "a task speaks HTTPS, not SQL over a connection; let a function query it",
}
