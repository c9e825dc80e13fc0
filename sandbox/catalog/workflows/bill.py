"""What a month of a workflow is charged as.

A standard run pays each of its transitions, retries included; an express run itself and its
duration in steps of 100 ms, with memory in steps of 64 MB.
"""

from collections.abc import Iterator
from typing import cast

import numpy as np

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings
from sandbox.catalog.usage import MONTH_S, Array, Charge, StationUse, Usage, chunks
from sandbox.catalog.workflows.settings import StepFunctions
from sandbox.engine.lognormal import mean_rounded_up

BEFORE = ("door", "started")
"""Ends of the names of the stations before those that run."""
_MB_PER_GB = 1024.0


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Charges of one workflow for a month."""
    workflow = cast("StepFunctions", settings)
    return _express(workflow, usage) if workflow.type == "express" else _standard(workflow, usage)


def runs(usage: Usage) -> Array:
    """Runs per second."""
    return sum((use.accepted for use in _running(usage)), start=np.zeros(1))


def _running(usage: Usage) -> Iterator[StationUse]:
    """Stations that run, what was started and what is waited for."""
    return (use for name, use in usage.stations.items() if name.rsplit(">", 1)[-1] not in BEFORE)


def _standard(workflow: StepFunctions, usage: Usage) -> list[Charge]:
    """Transitions of every run, and one more for every try after the first."""
    again: Array = np.zeros(1)
    for link in usage.outflows:
        if link.tries is not None:
            again = again + link.offered * (1.0 - 1.0 / link.tries)
    return [Charge("step-functions.transitions", (runs(usage) * workflow.transitions + again) * MONTH_S)]


def _express(workflow: StepFunctions, usage: Usage) -> list[Charge]:
    """Runs, and GB-seconds."""
    quotas = facts("step-functions").quotas
    chunk, step = quotas["express_chunk_mb"].value, quotas["express_step_s"].value
    gb = chunks(workflow.memory_mb, chunk) * chunk / _MB_PER_GB
    gb_s: Array = np.zeros(1)
    for use in _running(usage):
        billed = np.maximum(mean_rounded_up(use.duration, use.variance, step), step)
        gb_s = gb_s + use.accepted * billed * gb
    return [
        Charge("step-functions.express_requests", runs(usage) * MONTH_S),
        Charge("step-functions.express_duration", gb_s * MONTH_S),
    ]
