"""An operation is closed to new customers.

## Why it matters
Accounts that have used it may go on; any other account is refused.

## Instead of
    operation = "select"         # of an S3 bucket
## Use
    operation = "get"            # and filter in the function, or query with Athena
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name, edge_path
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at what every edge does at its target."""
    design = evaluation.design
    for index, edge in enumerate(design.edges):
        target = design.nodes[edge.target].settings
        if told := target.closed.get(edge.operation or ""):
            yield RULE.finding(
                told,
                edge=edge_name(edge),
                fix={f"{edge_path(design, index)}.operation": target.operations[0]},
            )


RULE = Rule(
    "operation-closed",
    "warning",
    check,
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/selecting-content-from-objects.html",
)
