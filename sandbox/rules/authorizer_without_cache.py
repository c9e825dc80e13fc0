"""A function decides about every request anew, because its answers are not cached.

## Why it matters
Each request waits for the authorizer first, and pays for two invocations. API Gateway keeps an answer for
the token that it was given for: five minutes unless set, an hour at most.

## Instead of
    authorizer_hit_ratio = 0     # every request asks
## Use
    authorizer_hit_ratio = 0.9   # nine in ten come with a token that was asked about before
"""

from collections.abc import Iterator

from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import milliseconds, rate, usd

HITS = 0.9
"""Share of the requests whose token was asked about before, where each client sends ten or more."""
_CACHED = {"api-gateway-rest", "api-gateway-http"}


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every authorizer of an API that caches nothing."""
    design = evaluation.design
    for index, edge in enumerate(design.edges):
        front, function = design.nodes[edge.source], design.nodes[edge.target]
        if edge.role != "authorizer" or front.service not in _CACHED:
            continue
        asked = evaluation.edges[index].items_per_s
        if asked <= 0 or not isinstance(function.settings, Lambda):
            continue
        if getattr(front.settings, "authorizer_hit_ratio", 1) > 0:
            continue
        node = evaluation.nodes[function.id]
        waits = f" and waits {milliseconds(node.latency.mean)} for it" if node.latency else ""
        yield RULE.finding(
            f"each of {rate(asked)} requests asks {function.title}{waits}; "
            f"that costs {usd(node.monthly_usd)} a month",
            edge=edge_name(edge),
            fix={f"nodes.{front.id}.authorizer_hit_ratio": HITS},
        )


RULE = Rule(
    "authorizer-without-cache",
    "note",
    check,
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html",
)
