"""Many runs of a design, counted each second."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .reading import Played

Array = NDArray[np.float64]
Measure = tuple[str, str]
"""What is measured, and at which node."""

COUNTED: Final = ("offered", "completed", "throttled", "dead", "concurrency")
"""Summed up over a second; everything else is looked at when it ends."""


def play(
    text: str, seconds: int, runs: int, measures: list[Measure], first_seed: int = 0
) -> dict[Measure, Array]:
    """Play a design again and again.

    Args:
        text: The design's TOML.
        seconds: How long each run is.
        runs: How many there are, each with its own seed.
        measures: What to keep.
        first_seed: Of the first of them.

    Returns:
        By measure, its course [run, second].
    """
    values = np.zeros((len(measures), runs, seconds))
    for run in range(runs):
        played = Played(text, first_seed + run)
        clock, nodes = played.world.clock, [(played.nodes[name], what) for what, name in measures]
        for second in range(seconds):
            clock.run(second + 1.0)
            values[:, run, second] = [getattr(node, what) for node, what in nodes]
    for place, (what, _) in enumerate(measures):
        if what in COUNTED:
            values[place] = np.diff(values[place], axis=1, prepend=0.0)
    return {measure: values[place] for place, measure in enumerate(measures)}
