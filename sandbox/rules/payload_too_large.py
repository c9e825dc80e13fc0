"""An item is larger than its target takes.

## Why it matters
AWS refuses every such item, whatever the load.

## Instead of
    item_kb = 2000               # on an edge to a queue, which takes 1,024 KB
## Use
    item_kb = 1                  # the key of an object in S3 that holds the payload (claim check)
"""

from collections.abc import Iterator

from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name, edge_path
from sandbox.rules.payloads import item_sizes, most_on
from sandbox.rules.rule import Rule
from sandbox.units import size

REFERENCE_KB = 1
"""Size of a message that says where the payload is."""
_IN_PARTS = "put it in parts"
_OWN_SIZE = {"source", "compute"}
"""Families of services that decide how large what they send is; others hand on what they get."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every edge; an authorizer gets the headers alone."""
    design = evaluation.design
    for index, edge, item_kb in item_sizes(evaluation):
        most = most_on(design, edge)
        if most is None or item_kb <= most.quota.value or edge.role == "authorizer":
            continue
        is_object = most.quota.key == "put_kb"
        yield RULE.finding(
            f"an item is {size(item_kb)}, and {most.words} {size(most.quota.value)} at most; "
            f"{_IN_PARTS if is_object else _claim_check(design)}",
            edge=edge_name(edge),
            fix=None if is_object else _fix(design, index),
            source=most.quota.source,
        )


def _claim_check(design: Design) -> str:
    """What to do instead, and what the design lacks for it."""
    bucket = next((node for node in design.nodes.values() if node.service == "s3"), None)
    if bucket is None:
        return "add an S3 bucket, put the payload there and send its key (claim check)"
    return f"put the payload into {bucket.title} and send its key (claim check)"


def _fix(design: Design, index: int) -> dict[str, object] | None:
    """The size of a reference, on the edge where the payload sets out."""
    place: int | None = index
    seen: set[int] = set()
    while place is not None and place not in seen:
        seen.add(place)
        edge = design.edges[place]
        says = "item_kb" in type(edge.settings).model_fields
        if says and (getattr(edge.settings, "item_kb", None) or _decides(design, edge)):
            return {f"{edge_path(design, place)}.item_kb": REFERENCE_KB}
        place = next(
            (at for at, way in enumerate(design.edges) if way.target == edge.source and not way.role), None
        )
    return None


def _decides(design: Design, edge: Edge) -> bool:
    """Whether the source of an edge makes what it sends, or nothing brings it."""
    node = design.nodes[edge.source]
    return node.kind.family in _OWN_SIZE or not any(not way.role for way in design.inflows(edge.source))


RULE = Rule(
    "payload-too-large",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
)
