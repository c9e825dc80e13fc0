"""AWS no longer offers a service.

## Why it matters
What is built on it cannot be built today. It is still worked out as it was, so that a design of
that time can be compared with one that can be built.

## Instead of
    service = "qldb"
## Use
    service = "aurora"           # with engine = "postgres", as AWS advises
"""

from collections.abc import Iterator

from sandbox.catalog.service import services
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the service of every node."""
    for key, node in evaluation.design.nodes.items():
        if ended := services()[node.service].ended:
            yield RULE.finding(ended, node=key)


RULE = Rule(
    "service-ended",
    "warning",
    check,
    "https://aws.amazon.com/blogs/database/migrate-an-amazon-qldb-ledger-to-amazon-aurora-postgresql",
)
