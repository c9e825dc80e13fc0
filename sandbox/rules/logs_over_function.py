"""A function's logs cost more than the function.

## Why it matters
CloudWatch asks half a dollar for each GB that it takes in, which is what seven million requests of a small
function cost. Whole requests and answers in the log are soon the largest line of the bill.

## Instead of
    logs_kb = 50                 # the whole event, on each invocation
## Use
    logs_kb = 1                  # a line on each invocation, and whole events of a sample
"""

from collections.abc import Iterator

from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import size, usd

SHOWN_USD = 10.0
"""A month's logs from which it is told [USD]."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function that writes logs."""
    for key, node in evaluation.design.nodes.items():
        if not isinstance(node.settings, Lambda) or node.settings.logs_kb <= 0:
            continue
        mine = [line for line in evaluation.lines if line.node == key]
        logs = sum(line.usd for line in mine if line.item.startswith("CloudWatch Logs"))
        rest = sum(line.usd for line in mine) - logs
        if logs > max(rest, SHOWN_USD):
            yield RULE.finding(
                f"{size(node.settings.logs_kb)} of logs for each invocation cost {usd(logs)} a month, "
                f"all else {usd(rest)}",
                node=key,
            )


RULE = Rule(
    "logs-over-function",
    "warning",
    check,
    "https://aws.amazon.com/cloudwatch/pricing/",
    metric="monthly_usd",
)
