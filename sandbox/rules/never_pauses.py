"""A cluster may pause, but something is always connected to it.

## Why it matters
A serverless instance pauses when nobody has been connected for a while. A proxy and the pools of
tasks and servers stay connected for good, so that its least capacity while awake, half a unit, is
paid all the month.

## Instead of
    edges = [{from = "proxy", to = "database"}]        # with min_acu = 0
## Use
    edges = [{from = "orders", to = "database", data_api = true}]
"""

from collections.abc import Iterator

from sandbox.catalog.databases.aurora import Aurora
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every cluster that is to pause and has callers."""
    design = evaluation.design
    for key, node in design.nodes.items():
        aurora = node.settings
        if not isinstance(aurora, Aurora) or aurora.mode != "serverless" or aurora.min_acu > 0:
            continue
        callers = [*dict.fromkeys(design.nodes[edge.source].title for edge in design.inflows(key))]
        if callers and not evaluation.lowered.parts[key].environments:
            stay = "stays" if len(callers) == 1 else "stay"
            yield RULE.finding(
                f"it never pauses: {' and '.join(callers)} {stay} connected, "
                "so 0.5 ACU is paid all the month",
                node=key,
                fix={f"nodes.{key}.min_acu": 0.5},
            )


RULE = Rule(
    "never-pauses",
    "note",
    check,
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html",
    metric="monthly_usd",
)
