"""The front door to time: a design and a horizon in, a timeline out."""

from collections.abc import Callable
from pathlib import Path

from sandbox.design.model import Design
from sandbox.engine.timeline.inputs import default_step, tick_count
from sandbox.engine.timeline.run import run
from sandbox.errors import SandboxError
from sandbox.evaluation import evaluate_plain
from sandbox.timeline.inputs import given
from sandbox.timeline.timeline import Timeline

HOUR_S = 3600.0


def simulate(
    design: Design,
    horizon_s: float = HOUR_S,
    step_s: float | None = None,
    replicas: int = 1,
    seed: int = 0,
    *,
    load: float = 1.0,
    folder: Path | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Timeline:
    """Let a design run.

    Args:
        design: What the user drew, with the profiles of its sources and its faults.
        horizon_s: How long it runs.
        step_s: Length of a tick; a second, or 1/3600 of more than an hour, where left out.
        replicas: How many runs with random arrivals; with 1 they come evenly.
        seed: The same seed gives the same runs.
        load: Multiplies all traffic.
        folder: Where recorded loads are looked for; the working directory where left out.
        progress: Told now and then which share is done.
        cancelled: Asked now and then whether to stop.

    Raises:
        SandboxError: The design is empty.
        TraceError: A recorded load cannot be used.
        MissingPriceError: The region has no price for something that is used.
        InterruptedError: `cancelled` said so.
    """
    if not design.nodes:
        msg = "there is nothing to run: the design has no nodes"
        raise SandboxError(msg)
    step = default_step(horizon_s) if step_s is None else step_s
    evaluation = evaluate_plain(design, load)
    inputs = given(evaluation.lowered, tick_count(horizon_s, step), step, folder)
    told = run(
        evaluation.steady.compiled,
        inputs.inputs,
        horizon_s=horizon_s,
        step_s=step,
        replicas=replicas,
        seed=seed,
        loads=load,
        progress=progress,
        cancelled=cancelled,
    )
    return Timeline(evaluation, told, inputs, load)
