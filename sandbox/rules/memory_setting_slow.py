"""Another memory setting makes a function that computes faster, and no dearer.

## Why it matters
Processor power comes with memory, up to a whole processor at 1,769 MB for each thread. A function that
computes takes half the time with twice the memory, for the same money; above that, one thread gains nothing.

## Instead of
    memory_mb = 128              # and 2 s of computing
## Use
    memory_mb = 1769             # and 145 ms, for the same GB-seconds
"""

from collections.abc import Iterator

from sandbox.catalog.facts import resolve
from sandbox.catalog.functions.settings import Lambda, stretch
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import duration, number, percent

CANDIDATES_MB = (128, 256, 512, 1024, 1769)
"""Settings that are tried; no single thread gains beyond the last."""
FASTER = 0.8
"""Share of the present time that is worth a change, at no more than the present cost."""
CHEAPER = 0.8
"""Share of the present cost that is worth a change, at no more than the present time."""
_EVEN = 1 + 1e-6


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Try other settings of every function that says how much of its time it computes."""
    for key, node in evaluation.design.nodes.items():
        function = node.settings
        if not isinstance(function, Lambda) or function.cpu_bound <= 0 or function.managed_instances:
            continue
        told = evaluation.nodes[key]
        if told.latency is None or not told.invocations_per_s:
            continue
        whole = told.latency.mean / 1000
        better = _best(evaluation, key, function, whole)
        if better is not None:
            memory, time, cost = better
            dearer = f"{percent(1 - cost)} cheaper" if cost < CHEAPER else "no dearer"
            yield RULE.finding(
                f"takes {duration(whole)} with {number(function.memory_mb)} MB; "
                f"{duration(time)} with {number(memory)} MB, which is {dearer} by the GB-second",
                node=key,
                fix={
                    f"nodes.{key}.memory_mb": memory,
                    f"nodes.{key}.measured_memory_mb": function.measured_memory_mb or function.memory_mb,
                },
            )


def _best(
    evaluation: Evaluation, key: str, function: Lambda, whole: float
) -> tuple[int, float, float] | None:
    """The fastest better setting [MB], its time [s] and its cost as a share of the present one."""
    account = evaluation.design.account_of(key)
    per_vcpu = resolve("lambda", evaluation.design.region, account.in_force)["memory_mb_per_vcpu"]
    now = stretch(function, per_vcpu)
    own = min(function.duration_ms * now / 1000, whole)
    found = []
    for memory in CANDIDATES_MB:
        measured = function.measured_memory_mb or function.memory_mb
        tried = function.model_copy(update={"memory_mb": memory, "measured_memory_mb": measured})
        time = whole - own + own * stretch(tried, per_vcpu) / now
        cost = memory * time / (function.memory_mb * whole) if whole > 0 else 1.0
        is_faster = time <= FASTER * whole and cost <= _EVEN
        if is_faster or (cost <= CHEAPER and time <= whole * _EVEN):
            found.append((memory, time, cost))
    return min(found, key=lambda row: (row[1], row[2]), default=None)


RULE = Rule(
    "memory-setting-slow",
    "note",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html",
    metric="monthly_usd",
)
