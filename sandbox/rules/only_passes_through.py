"""A function only hands requests on to a service that its caller could ask by itself.

## Why it matters
The function adds its own time, its cold starts, its bill and its place in the account's concurrency, and
changes nothing. API Gateway, AppSync and Step Functions call most services directly.

## Instead of
    edges = [{from = "api", to = "put"}, {from = "put", to = "queue"}]    # put does 5 ms of work
## Use
    edges = [{from = "api", to = "queue"}]
"""

from collections.abc import Iterator

from sandbox.catalog.connections import connections
from sandbox.catalog.functions.settings import Lambda
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import milliseconds, rate, usd

LITTLE_MS = 10.0
"""Own time up to which a function hardly does more than hand on [ms]."""
_ASKED = {"dynamodb", "sqs", "sns", "eventbridge", "kinesis", "firehose", "step-functions", "s3"}
"""What is asked with one call of AWS's API."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function with one way in, one call out and little to do."""
    design = evaluation.design
    for key, node in design.nodes.items():
        function, into, out = node.settings, design.inflows(key), design.outflows(key)
        if not isinstance(function, Lambda) or function.duration_ms > LITTLE_MS or not into or len(out) != 1:
            continue
        told = evaluation.nodes[key]
        if _hands_on(out[0], design) and all(_could_ask(edge, out[0], design) for edge in into):
            callers = " and ".join(dict.fromkeys(design.nodes[edge.source].title for edge in into))
            yield RULE.finding(
                f"does {milliseconds(function.duration_ms)} of work and hands {rate(told.accepted_per_s)} on "
                f"to {design.nodes[out[0].target].title}, which {callers} can do directly; "
                f"it costs {usd(told.monthly_usd)} a month",
                node=key,
            )


def _hands_on(edge: Edge, design: Design) -> bool:
    """Whether an edge is one call of a service for each item."""
    is_one = edge.kind == "sync" and not edge.role and edge.settings.calls == 1
    return is_one and design.nodes[edge.target].service in _ASKED


def _could_ask(into: Edge, out: Edge, design: Design) -> bool:
    """Whether what calls the function could call what it calls, and is not a program itself."""
    source = design.nodes[into.source]
    if into.kind != "sync" or into.role or not (source.kind.family == "front" or source.service == _WORKFLOW):
        return False
    ways = connections(source.service, design.nodes[out.target].service)
    return any(way.kind == "sync" and not way.role for way in ways)


_WORKFLOW = "step-functions"

RULE = Rule(
    "only-passes-through",
    "note",
    check,
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-aws-proxy.html",
    metric="monthly_usd",
)
