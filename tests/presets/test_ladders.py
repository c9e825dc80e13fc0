"""The rungs of the designs that come along are where their limits begin to bind, each looked at by itself."""

import numpy as np
import pytest

from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.engine.compiling import compile_network
from sandbox.engine.ladder import BINDS, climb, uses
from sandbox.engine.steady import solve
from sandbox.lower import lower

CLOSE = 0.005
"""A rung may be off by this share; what is told has three digits."""
FAR = np.geomspace(0.01, 1e4, 49)
"""Loads over which every limit is looked for."""


def check(name: str) -> None:
    """Just below every rung its limit does not bind, just above it does, and no other limit ever does."""
    compiled = compile_network(lower(loads(preset(name).text, f"{name}.toml")).network)
    rungs = climb(compiled)

    # Solved to a part in a billion, from the empty system and from the full one.
    found = np.array([rung.multiplier for rung in rungs])
    steady = solve(compiled, np.concatenate((FAR, found / (1 + CLOSE), found * (1 + CLOSE))))

    assert steady.converged.all()
    told = uses(steady)
    row_of = {limit: row for row, limit in enumerate(told.names)}
    rows = [row_of[rung.kind, rung.id] for rung in rungs]
    binds = told.used >= BINDS
    below, above = np.split(np.arange(len(FAR), len(steady.loads)), 2)
    assert not binds[rows, below].any()
    assert binds[rows, above].all()
    assert set(np.flatnonzero(binds[:, : len(FAR)].any(axis=1))) == set(rows)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["function-and-database", "ledger"])
def test_rungs_of_a_saturated_database(name: str) -> None:
    """Functions that wait for a database that is full take long to settle; their rungs count then."""
    check(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", preset_names())
def test_rungs(name: str) -> None:
    """The same for every design."""
    check(name)
