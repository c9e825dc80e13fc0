"""The Data API is asked of a cluster on burstable instances.

## Why it matters
AWS does not offer the Data API on T classes, so such a cluster cannot be queried over HTTPS.

## Instead of
    instance_class = "db.t4g.medium"
## Use
    instance_class = "db.r7g.large"    # or mode = "serverless"
"""

from collections.abc import Iterator

from sandbox.catalog.databases.aurora import Aurora
from sandbox.catalog.databases.classes import size_of
from sandbox.catalog.databases.edges import asks_data_api
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every cluster on instances that somebody asks over HTTPS."""
    design = evaluation.design
    for key, node in design.nodes.items():
        aurora = node.settings
        if not isinstance(aurora, Aurora) or aurora.mode == "serverless":
            continue
        asked = [edge for edge in design.inflows(key) if asks_data_api(edge.settings)]
        if asked and size_of(aurora.instance_class).baseline < 1:
            yield RULE.finding(
                f"{asked[0].source} asks the Data API, which AWS does not offer on {aurora.instance_class}",
                node=key,
                fix={f"nodes.{key}.instance_class": "db.r7g.large"},
            )


RULE = Rule(
    "data-api-on-burstable-class",
    "error",
    check,
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.limitations.html",
)
