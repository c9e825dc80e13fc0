"""Ways to what answers inside of a network: caches, search, ledgers; and what a cache stands for."""

from collections.abc import Iterator

from sandbox.catalog.calling import PROGRAMS, SDK_RETRIES
from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import CallEdge

_CODE = ("lambda", *PROGRAMS)
"""What runs code that can keep a client."""

_ASKED = ("elasticache", "opensearch", "qldb")

_BEHIND = ("dynamodb", "s3", "opensearch", "qldb", "lambda", "external", "on-premises")
"""What a cache may stand for."""

_TRY_AGAIN = ("dynamodb", "s3", "qldb", "lambda")
"""What is called with a client of AWS, which tries again by itself."""


def _ways() -> Iterator[Connection]:
    for source in _CODE:
        for target in _ASKED:
            retries = SDK_RETRIES if target in _TRY_AGAIN else 0
            yield Connection(source, target, "sync", CallEdge, retries=retries, title="call and wait")
    for target in _BEHIND:
        retries = SDK_RETRIES if target in _TRY_AGAIN else 0
        yield Connection(
            "elasticache",
            target,
            "sync",
            CallEdge,
            "fallback",
            retries=retries,
            title="ask for what is missed",
        )


WAYS = tuple(_ways())

_PRIVATE = "{} in a private network; let a function or a container ask it"
_ANSWERS = "{} answers its callers and calls nobody"

REASONS = {
    ("traffic", "elasticache"): _PRIVATE.format("a cache stands"),
    ("traffic", "opensearch"): _PRIVATE.format("a search service stands"),
    ("traffic", "qldb"): "a ledger is asked with a driver; let a function or a container ask it",
    ("elasticache", "*"): 'a cache only sends what it misses on to a store (role = "fallback")',
    ("opensearch", "*"): _ANSWERS.format("a search service"),
    ("qldb", "*"): _ANSWERS.format("a ledger"),
}
