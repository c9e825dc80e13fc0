"""The front door: a design in, an evaluation with findings and goals out."""

from dataclasses import replace
from pathlib import Path

from sandbox.design.model import Design
from sandbox.engine.compiled import Array
from sandbox.evaluation import Evaluation, evaluate_plain
from sandbox.goals import judged
from sandbox.rules import findings

__all__ = ["Evaluation", "evaluate"]


def evaluate(design: Design, load: float | Array = 1.0, *, folder: Path | None = None) -> Evaluation:
    """Evaluate a design at one load, or at an array of loads at once.

    A goal about a run over time makes it run, which takes longer than all the rest.

    Args:
        design: What the user drew.
        load: Load multiplier of all sources, > 0.
        folder: Where a run looks for recorded loads; the working directory where left out.

    Returns:
        A frozen value; `.to_dict()` gives the JSON contract.

    Raises:
        MissingPriceError: The region has no price for something that is used.
        TraceError: A recorded load that a goal needs cannot be used.
    """
    plain = evaluate_plain(design, load)
    return replace(plain, findings=tuple(findings(plain)), goals=tuple(judged(plain, folder)))
