"""Those who leave a line after a longest wait: Barrer's queue, far below and far above its capacity."""

import numpy as np
import pytest

from sandbox.engine.line import impatient


@pytest.mark.parametrize("load", [0.5, 1.0, 1.0 + 1e-7, 1.5, 3.0, 50.0, 1000.0])
@pytest.mark.parametrize("patience", [0.5, 5.0, 120.0])
def test_what_leaves_and_waits_is_the_integral_of_the_virtual_wait(load, patience):
    """One server: the unfinished work has the density λ·e^(−(μ−λ)w) up to the longest wait."""
    work = np.linspace(0.0, patience, 200_001)
    slope = (1.0 - load) * work
    top = max(0.0, -slope.min())
    density = load * np.exp(-slope - top)
    step = work[1]
    inside = (density.sum() - (density[0] + density[-1]) / 2) * step
    waited = ((density * work).sum() - (density[-1] * patience) / 2) * step
    idle, beyond = np.exp(-top), density[-1]
    told = impatient(*(np.array([x]) for x in (1.0, load, 1.0, patience)))

    assert told.left[0] == pytest.approx(beyond / (idle + inside + beyond), rel=1e-3)
    assert told.wait[0] == pytest.approx(waited / (idle + inside), rel=2e-3)
