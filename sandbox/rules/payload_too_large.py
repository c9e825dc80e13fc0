"""An item is larger than its target takes.

## Why it matters
AWS refuses every such item, whatever the load.

## Instead of
    item_kb = 2000               # on an edge to a queue, which takes 1,024 KB
## Use
    item_kb = 1                  # the key of an object in S3 that holds the payload (claim check)
"""

from collections.abc import Iterator

from sandbox.catalog.buckets.settings import operation
from sandbox.catalog.facts import QuotaFact, facts
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import size

REMEDY = "put the payload into S3 and send its key (claim check)"
_IN_PARTS = "put it in parts"

_MOST = {
    "api-gateway-http": "payload_kb",
    "api-gateway-rest": "payload_kb",
    "api-gateway-websocket": "message_kb",
    "eventbridge": "message_kb",
    "firehose": "record_kb",
    "kinesis": "record_kb",
    "opensearch": "request_kb",
    "qldb": "document_kb",
    "sns": "message_most_kb",
    "sqs": "message_kb",
    "step-functions": "payload_kb",
}
"""Key of the quota of what a service takes at most."""

_INVOCATION = {"sync": "payload_kb", "async": "async_payload_kb"}
"""For a function it depends on the kind of edge; batches have a limit of their own."""

_HANDED_ON = {("alb", "lambda"): "lambda_payload_kb"}
"""Where less may be passed on than the target takes: keys of the source's quotas."""

_MANY_ITEMS = ("query", "scan")
"""Operations of a table that answer with more than one item."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every edge; an authorizer gets the headers alone."""
    design = evaluation.design
    for edge, item_kb in item_sizes(evaluation):
        most = takes(design, edge)
        if most is not None and item_kb > most.value and edge.role != "authorizer":
            target = design.nodes[edge.target]
            remedy = _IN_PARTS if target.service == "s3" else REMEDY
            yield RULE.finding(
                f"an item is {size(item_kb)}, and {target.title} takes {size(most.value)} at most; {remedy}",
                edge=edge_name(edge),
                source=most.source,
            )


def item_sizes(evaluation: Evaluation) -> Iterator[tuple[Edge, float]]:
    """Every edge with the size of one item on it [KB]."""
    for _inflows, outflows in evaluation.lowered.links.values():
        for link in outflows:
            yield evaluation.design.edges[link.index], link.item_kb


def takes(design: Design, edge: Edge) -> QuotaFact | None:
    """The quota of what the target takes over an edge; None where there is none to speak of."""
    service = design.nodes[edge.target].service
    source = design.nodes[edge.source].service
    if (source, service) in _HANDED_ON:
        return facts(source).quotas[_HANDED_ON[source, service]]
    if service == "lambda":
        key = _INVOCATION.get(edge.kind, "batch_bytes_kb")
    elif service == "s3":
        key = "put_kb" if operation(edge) == "put" else ""
    elif service == "dynamodb" and edge.operation not in _MANY_ITEMS:
        key = "item_kb"
    else:
        key = _MOST.get(service, "")
    return facts(service).quotas[key] if key else None


RULE = Rule(
    "payload-too-large",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
)
