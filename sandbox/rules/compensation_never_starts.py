"""A workflow has something that compensates its failed runs, and all its callers wait for the result.

## Why it matters
A caller that waits gets the failure itself, so that nothing is left to compensate it: the
steps that were done stay done.

## Instead of
    type = "express"             # with an edge of role "on-failure", called by an API
## Use
    mode = "async"               # on the edge from the API, or type = "standard"
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every edge that takes failed runs of a workflow."""
    design = evaluation.design
    for edge in design.edges:
        is_compensation = edge.role == "on-failure" and design.nodes[edge.source].service == "step-functions"
        if is_compensation and not evaluation.lowered.parts[edge.source].gives_up.get(edge.role):
            source, target = design.nodes[edge.source].title, design.nodes[edge.target].title
            yield RULE.finding(
                f"{target} is never called: whoever starts {source} waits for it and gets the failure",
                edge=edge_name(edge),
            )


RULE = Rule(
    "compensation-never-starts",
    "warning",
    check,
    "https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html",
)
