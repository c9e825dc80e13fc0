"""A function only hands requests on to a service that its caller could ask by itself.

## Why it matters
The function adds its own time, its cold starts, its bill and its place in the account's concurrency, and
changes nothing. API Gateway, AppSync and Step Functions call most services directly; rules, topics and
notifications reach queues and streams, and a pipe takes what is in them further.

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
                f"to {design.nodes[out[0].target].title}, which {callers} can do {_how(into)}; "
                f"it costs {usd(told.monthly_usd)} a month",
                node=key,
            )


def _how(into: tuple[Edge, ...]) -> str:
    """In what way it goes without the function."""
    return "through a pipe" if any(edge.kind in _POLLED for edge in into) else "directly"


def _hands_on(edge: Edge, design: Design) -> bool:
    """Whether an edge is one call of a service for each item."""
    is_one = edge.kind == "sync" and not edge.role and edge.settings.calls == 1
    return is_one and design.nodes[edge.target].service in _ASKED


def _could_ask(into: Edge, out: Edge, design: Design) -> bool:
    """Whether what brings the items could do the call, itself or through a pipe, and is not a program."""
    source, target = design.nodes[into.source], design.nodes[out.target].service
    if into.role:
        return False
    if into.kind in _POLLED:
        return bool(connections(source.service, _PIPE)) and _leads(_PIPE, target, "sync")
    is_aws = source.kind.family in _HANDS_OVER if into.kind == "async" else source.kind.family == "front"
    return (is_aws or source.service in _STARTS) and _leads(source.service, target, into.kind)


def _leads(source: str, target: str, kind: str) -> bool:
    """Whether a service may do ordinarily what the function does for it."""
    return any(way.kind == kind and not way.role for way in connections(source, target))


_PIPE = "pipes"
_POLLED = {"polled", "stream"}
_HANDS_OVER = {"flow", "store"}
_STARTS = {"step-functions", "schedule"}

RULE = Rule(
    "only-passes-through",
    "note",
    check,
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html",
)
