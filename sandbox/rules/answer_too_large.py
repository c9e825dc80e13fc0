"""A function answers with more than the front door before it passes on.

## Why it matters
The front door refuses every such answer: the caller gets an error although the function has
done its work and is billed for it.

## Instead of
    response_kb = 2048           # of a function behind a load balancer, which passes on 1,024 KB
## Use
    response_kb = 1              # a link to an object in S3 that holds the answer
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.design.sizes import answer_kb
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import size

_MOST = {
    "alb": "lambda_payload_kb",
    "api-gateway-http": "payload_kb",
    "api-gateway-rest": "payload_kb",
    "api-gateway-websocket": "message_kb",
}
"""Key of the quota of what a front door takes from a function."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function that answers through a front door."""
    design = evaluation.design
    for edge in design.edges:
        source, target = design.nodes[edge.source], design.nodes[edge.target]
        if target.service != "lambda" or edge.kind != "sync" or edge.role or source.service not in _MOST:
            continue
        most = facts(source.service).quotas[_MOST[source.service]]
        answer = answer_kb(design, edge.target)
        if answer > most.value:
            yield RULE.finding(
                f"an answer is {size(answer)}, and {source.title} passes on {size(most.value)} at most",
                edge=edge_name(edge),
                source=most.source,
            )


RULE = Rule(
    "answer-too-large",
    "error",
    check,
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html",
)
