"""A function is so busy all the time that containers do the same work for less.

## Why it matters
A function is paid by the millisecond that it runs, at about twice what a container with as much processor
and memory costs for the same time. Where it never rests, nothing is left of the saving for idle time.

## Instead of
    service = "lambda"           # 200 executions at once, day and night
## Use
    service = "fargate"          # tasks that are seven tenths full, behind a load balancer
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.usage import HOURS
from sandbox.errors import MissingPriceError
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import number, usd

FULL = 0.7
"""Share of its capacity to which a container is used."""
SHOWN_USD = 500.0
"""Least that it must save in a month to be told [USD]."""
SAVED = 0.25
"""Least share of the function's bill that it must save."""
IN_VAIN = 0.05
"""Share that fails or is throttled from which its time says little: what is overloaded is mended first."""
_LEAST_VCPU, _LEAST_GB = 0.5, 1.0
_TASKS = 2
"""Tasks that are there at least, in two zones."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare every function's bill with that of tasks which have room for its peak."""
    for key, node in evaluation.design.nodes.items():
        told = evaluation.nodes[key]
        if not isinstance(node.settings, Lambda) or node.settings.managed_instances:
            continue
        in_vain = told.throttled_per_s + told.failed_per_s > IN_VAIN * told.offered_per_s
        if told.monthly_usd < SHOWN_USD or in_vain:
            continue
        busy = told.concurrency or 0.0
        function_usd = _run_usd(evaluation, key)
        try:
            tasks_usd = _tasks_usd(evaluation.design.region, node.settings, busy)
        except MissingPriceError:
            continue
        if function_usd - tasks_usd >= max(SHOWN_USD, SAVED * function_usd):
            yield RULE.finding(
                f"{number(busy)} executions at once cost {usd(function_usd)} a month; Fargate tasks with as "
                f"much processor and memory, {number(FULL * 100)} % full, {usd(tasks_usd)}, "
                "without a load balancer",
                node=key,
            )


def _run_usd(evaluation: Evaluation, key: str) -> float:
    """What a month of a function is billed as, without what containers would pay too [USD]."""
    mine = (line for line in evaluation.lines if line.node == key)
    return sum(line.usd for line in mine if line.unit in {"GB-second", "request"})


def _tasks_usd(region: str, function: Lambda, busy: float) -> float:
    """A month of the tasks that hold so many executions at once [USD]."""
    prices, chip = facts("fargate").prices, "x86" if function.architecture == "x86_64" else "arm"
    vcpu_usd = prices[f"fargate.vcpu_{chip}"].unit_usd(region)[0]
    gb_usd = prices[f"fargate.memory_{chip}"].unit_usd(region)[0]
    per_vcpu = facts("lambda").quotas["memory_mb_per_vcpu"].value
    vcpu = max(busy / FULL * function.memory_mb / per_vcpu, _TASKS * _LEAST_VCPU)
    gb = max(busy / FULL * function.memory_mb / 1024, _TASKS * _LEAST_GB)
    return float(HOURS) * (vcpu * vcpu_usd + gb * gb_usd)


RULE = Rule(
    "cheaper-in-containers",
    "note",
    check,
    "https://docs.aws.amazon.com/decision-guides/latest/fargate-or-lambda/fargate-or-lambda.html",
    metric="monthly_usd",
)
