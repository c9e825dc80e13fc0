"""Which number is behind a finding."""

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.documentation import rule_named

_SHOWN = 1e-4
"""Share of what is offered from which a rate tells something."""


def behind(evaluation: Evaluation, finding: Finding) -> str | None:
    """The path of the number that tells why a finding is there.

    Args:
        evaluation: What the finding is about.
        finding: Of a node, or of an edge: then the number is that of the node it leads to.

    Returns:
        A path that `why` answers; None where no number says more: the finding is about the whole design or
        about how things are set, or its node is gone.
    """
    node = finding.node or (finding.edge or "").partition(">")[2]
    if node not in evaluation.nodes:
        return None
    if node in evaluation.flows:
        return f"flows.{node}.latency_ms"
    metric = rule_named(finding.rule).metric or _telling(evaluation, node)
    return f"nodes.{node}.{metric}" if metric else None


def _telling(evaluation: Evaluation, node: str) -> str:
    """What goes wrong at a node, else what it is busy with, else what comes to it, if anything does."""
    told = evaluation.nodes[node]
    least = _SHOWN * max(told.offered_per_s, _SHOWN)
    for metric in ("throttled_per_s", "backlog_growth_per_s", "failed_per_s"):
        if getattr(told, metric) > least:
            return metric
    if told.concurrency:
        return "concurrency"
    return "offered_per_s" if told.offered_per_s > 0 else ""
