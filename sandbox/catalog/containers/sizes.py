"""Sizes that a Fargate task may have: vCPU and memory go together.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html, 2026-10
"""

from collections.abc import Mapping
from itertools import pairwise

_STEPS: Mapping[float, tuple[range, tuple[float, ...]]] = {
    0.25: (range(1, 3), (0.5,)),
    0.5: (range(1, 5), ()),
    1: (range(2, 9), ()),
    2: (range(4, 17), ()),
    4: (range(8, 31), ()),
    8: (range(16, 61, 4), ()),
    16: (range(32, 121, 8), ()),
    32: (range(60, 121, 60), (244.0,)),
}
"""By vCPU: memory in whole GB, and what does not fit into steps."""

SIZES: Mapping[float, tuple[float, ...]] = {
    vcpu: tuple(sorted([*map(float, steps), *further])) for vcpu, (steps, further) in _STEPS.items()
}
"""Memory [GB] that a task may have, by its vCPU."""


def nearest(vcpu: float, memory_gb: float) -> tuple[float, float]:
    """The smallest legal size that has as much of both; the largest of all where none has.

    Args:
        vcpu: vCPU of a task.
        memory_gb: Its memory [GB].

    >>> nearest(1, 2), nearest(1, 1), nearest(3, 8), nearest(8, 17), nearest(64, 8)
    ((1, 2.0), (1, 2.0), (4, 8.0), (8, 20.0), (32, 244.0))
    """
    legal = [(cpu, memory) for cpu, choices in SIZES.items() for memory in choices]
    return min((size for size in legal if size[0] >= vcpu and size[1] >= memory_gb), default=legal[-1])


def refusal(vcpu: float, memory_gb: float) -> str | None:
    """Why Fargate has no such task, and the nearest that it has; None where it has one.

    >>> refusal(1, 2)
    >>> refusal(1, 16)
    'Fargate has no task of 1 vCPU and 16 GB: with 1 vCPU it takes 2 to 8 GB; the nearest is 2 vCPU and 16 GB'
    """
    if memory_gb in SIZES.get(vcpu, ()):
        return None
    cpu, memory = nearest(vcpu, memory_gb)
    choices = SIZES.get(vcpu)
    within = f"with {vcpu:g} vCPU it takes {_said(choices)}" if choices else f"it has {_listed(SIZES)} vCPU"
    return (
        f"Fargate has no task of {vcpu:g} vCPU and {memory_gb:g} GB: {within}; "
        f"the nearest is {cpu:g} vCPU and {memory:g} GB"
    )


def _said(choices: tuple[float, ...]) -> str:
    """The memory that a task may have, in words."""
    steps = {round(b - a, 9) for a, b in pairwise(choices)}
    if len(steps) > 1:
        return f"{_listed(choices)} GB"
    step = steps.pop()
    return f"{choices[0]:g} to {choices[-1]:g} GB" + ("" if step == 1 else f" in steps of {step:g}")


def _listed(values: Mapping[float, object] | tuple[float, ...]) -> str:
    *first, last = (f"{value:g}" for value in values)
    return f"{', '.join(first)} or {last}"
