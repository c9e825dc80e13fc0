"""What is called answers with more than its caller passes on or keeps.

## Why it matters
The front door or the workflow refuses every such answer: the caller gets an error although the function has
done its work and is billed for it.

## Instead of
    response_kb = 2048           # of a function behind a load balancer, which passes on 1,024 KB
## Use
    response_kb = 1              # a link to an object in S3 that holds the answer
"""

from collections.abc import Iterator

from sandbox.catalog.facts import QuotaFact, facts
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.design.sizes import answer_kb
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import size

LINK_KB = 1
"""Size of an answer that says where the rest is."""

_MOST = {
    "api-gateway-http": "payload_kb",
    "api-gateway-rest": "payload_kb",
    "api-gateway-websocket": "message_kb",
    "appsync": "answer_kb",
    "step-functions": "payload_kb",
}
"""Key of the quota of what a service takes for an answer."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at everything that answers a front door or a workflow."""
    design = evaluation.design
    for edge in design.edges:
        most = _most(design, edge)
        if edge.kind != "sync" or edge.role or most is None:
            continue
        answer, target = answer_kb(design, edge.target), design.nodes[edge.target]
        if answer > most.value:
            is_own = getattr(target.settings, "response_kb", None) is not None
            yield RULE.finding(
                f"an answer is {size(answer)}, and {design.nodes[edge.source].title} passes on "
                f"{size(most.value)} at most",
                edge=edge_name(edge),
                fix={f"nodes.{edge.target}.response_kb": LINK_KB} if is_own else None,
                source=most.source,
            )


def _most(design: Design, edge: Edge) -> QuotaFact | None:
    """The quota of what the source takes for an answer; a load balancer has one for functions alone."""
    source = design.nodes[edge.source].service
    if source == "alb" and design.nodes[edge.target].service == "lambda":
        return facts(source).quotas["lambda_payload_kb"]
    key = _MOST.get(source)
    return facts(source).quotas[key] if key else None


RULE = Rule(
    "answer-too-large",
    "error",
    check,
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html",
)
