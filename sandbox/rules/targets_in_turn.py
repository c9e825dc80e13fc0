"""A front door asks several targets for one request, one after the other.

## Why it matters
A load balancer, a distribution or an API hands each request to one target. Where the `calls` of
its edges sum to more than 1 the design asks all of them, so rates, times and costs are too high.

## Instead of
    calls = 1                    # on both edges of a load balancer
## Use
    calls = 0.5                  # shares that sum to 1: weighted targets, routes, behaviours
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_path
from sandbox.rules.rule import Rule
from sandbox.units import number

_ONE_TARGET = {"alb", "cloudfront", "api-gateway-http", "api-gateway-rest", "api-gateway-websocket"}
"""Front doors that hand a request to one target; a GraphQL request may need several."""
_MORE = 1 + 1e-9


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every front door with several ways out."""
    design = evaluation.design
    for key, node in design.nodes.items():
        if node.service not in _ONE_TARGET:
            continue
        ways = [
            (index, edge)
            for index, edge in enumerate(design.edges)
            if edge.source == key and edge.kind == "sync" and not edge.role
        ]
        total = sum(edge.settings.calls for _, edge in ways)
        if len(ways) > 1 and total > _MORE:
            yield RULE.finding(
                f"{number(total)} calls of {len(ways)} targets for each request; AWS hands it to one",
                node=key,
                fix={
                    f"{edge_path(design, index)}.calls": edge.settings.calls / total for index, edge in ways
                },
            )


RULE = Rule(
    "targets-in-turn",
    "warning",
    check,
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
)
