"""An item is larger than a topic or a stream takes unless it is set to take more.

## Why it matters
AWS refuses the item until the topic's `MaximumMessageSize` or the stream's `MaxRecordSizeInKiB`
is raised; the design cannot say whether it is.

## Instead of
    item_kb = 300                # on an edge to a topic as AWS creates it
## Use
    item_kb = 300                # to a topic with MaximumMessageSize = 1048576, or a claim check
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.payloads import item_sizes, takes
from sandbox.rules.rule import Rule
from sandbox.units import size

_DEFAULTS = {
    "kinesis": ("record_default_kb", "MaxRecordSizeInKiB"),
    "sns": ("message_kb", "MaximumMessageSize"),
}
"""By service, the quota that holds by default, and AWS's name of what raises it."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every edge to a topic or a stream whose items it takes at all."""
    for _index, edge, item_kb in item_sizes(evaluation):
        target, most = evaluation.design.nodes[edge.target], takes(evaluation.design, edge)
        if target.service not in _DEFAULTS or most is None:
            continue
        key, setting = _DEFAULTS[target.service]
        default = facts(target.service).quotas[key]
        if default.value < item_kb <= most.value:
            yield RULE.finding(
                f"an item is {size(item_kb)}, and {target.title} takes {size(default.value)} "
                f"unless its {setting} is raised",
                edge=edge_name(edge),
                source=default.source,
            )


RULE = Rule(
    "payload-over-default",
    "note",
    check,
    "https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html",
)
