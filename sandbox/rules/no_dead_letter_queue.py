"""A queue that drives a function has no dead-letter queue.

## Why it matters
A message that always fails comes back each time its visibility runs out, until its retention ends: each
time it is billed, holds up others, and at last it is gone without anybody having seen it.

## Instead of
    edges = [{from = "intake", to = "ship"}]
## Use
    edges = [{from = "intake", to = "ship"}, {from = "intake", to = "dead", role = "dead-letter"}]
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import QueueMapping, queue_mappings
from sandbox.rules.rule import Rule
from sandbox.units import duration, number, rate


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every queue that drives a function, once; not at one that takes dead letters itself."""
    design = evaluation.design
    queues = {at.queue.id: at for at in queue_mappings(design)}
    for key, at in queues.items():
        kept = any(edge.role == "dead-letter" for edge in design.outflows(key))
        is_last = any(edge.role == "dead-letter" for edge in design.inflows(key))
        if not kept and not is_last:
            yield RULE.finding(f"{_forever(at)}{_failing(evaluation, at)}", node=key)


def _forever(at: QueueMapping) -> str:
    """What becomes of a message that always fails."""
    hidden, kept = at.source.visibility_timeout_s, at.source.retention_s
    times = f"about {number(int(kept / hidden))} times" if hidden > 0 else "without a pause"
    return f"a message that always fails is tried {times} in {duration(kept)}, then it is gone"


def _failing(evaluation: Evaluation, at: QueueMapping) -> str:
    """How many batches fail by themselves now."""
    failed = at.target.error_ratio * (evaluation.nodes[at.function.id].invocations_per_s or 0.0)
    return f"; {rate(failed)} of the invocations of {at.function.title} fail" if failed > 0 else ""


RULE = Rule(
    "no-dead-letter-queue",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
)
