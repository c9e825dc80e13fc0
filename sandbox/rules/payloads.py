"""What rules about sizes share: how large an item is on each hop, and what AWS lets pass there."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.catalog.buckets.settings import operation
from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.containers.jobs import LaunchEdge
from sandbox.catalog.databases.edges import asks_data_api
from sandbox.catalog.facts import QuotaFact, facts
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation

_TAKES = {
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

_SENDS = {
    "api-gateway-http": "payload_kb",
    "api-gateway-rest": "payload_kb",
    "schedule": "input_kb",
    "step-functions": "payload_kb",
}
"""Key of the quota of what a service sends or reads at most."""

_INVOCATION = {"sync": "payload_kb", "async": "async_payload_kb"}
"""For a function it depends on the kind of edge; batches have a limit of their own."""

_MANY_ITEMS = ("query", "scan")
"""Operations of a table that answer with more than one item."""


@dataclass(frozen=True)
class Most:
    """The largest item that passes a hop."""

    words: str
    """Who lets no more pass, as in `Orders takes`."""
    quota: QuotaFact


def item_sizes(evaluation: Evaluation) -> Iterator[tuple[int, Edge, float]]:
    """The place of every edge, and the size of one item on it [KB]."""
    for _inflows, outflows in evaluation.lowered.links.values():
        for link in outflows:
            yield link.index, evaluation.design.edges[link.index], link.item_kb


def most_on(design: Design, edge: Edge) -> Most | None:
    """What passes an edge at most; nothing where AWS says no number.

    What a source sends counts where the edge itself says a size: what the source received was told before.
    """
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    found = []
    if (quota := takes(design, edge)) is not None:
        found.append(Most(f"{target.title} takes", quota))
    if source.service in _SENDS and getattr(edge.settings, "item_kb", None) is not None:
        found.append(Most(f"{source.title} handles", facts(source.service).quotas[_SENDS[source.service]]))
    return min(found, key=lambda most: most.quota.value, default=None)


def takes(design: Design, edge: Edge) -> QuotaFact | None:
    """The quota of what the target takes over an edge; None where there is none to speak of."""
    service, source = design.nodes[edge.target].service, design.nodes[edge.source].service
    if (source, service) == ("alb", "lambda"):
        return facts("alb").quotas["lambda_payload_kb"]
    if isinstance(edge.settings, LaunchEdge):
        return facts("fargate").quotas["overrides_kb"]
    key = _TAKES.get(service, "")
    if service == "lambda":
        key = _INVOCATION.get(edge.kind, "batch_bytes_kb")
    elif service in {"s3", "dynamodb", "aurora", "elasticache"}:
        key = _of_store(design, edge)
    return facts(service).quotas[key] if key else None


def _of_store(design: Design, edge: Edge) -> str:
    """Key of the quota of what is written to a store, or read from it, at a time."""
    store = design.nodes[edge.target]
    match store.service:
        case "s3":
            return "put_kb" if operation(edge) == "put" else ""
        case "dynamodb":
            return "item_kb" if edge.operation not in _MANY_ITEMS else ""
        case "aurora":
            return "data_api_answer_kb" if asks_data_api(edge.settings) and edge.operation == "read" else ""
    is_memcached = isinstance(store.settings, ElastiCache) and store.settings.engine == "memcached"
    return "" if is_memcached else "value_kb"
