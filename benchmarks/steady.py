"""The steady state, its bill and its ladder, in this process."""

from collections.abc import Iterator
from functools import partial
from itertools import cycle

import numpy as np

from benchmarks.designs import shops
from benchmarks.kinds import towns
from benchmarks.measure import Figure, timed
from sandbox.engine.compiling import compile_network
from sandbox.engine.steady import solve
from sandbox.evaluation import evaluate_plain, look_from
from sandbox.lower import lower

GROUP = "Steady state"
SMALL, MEDIUM, LARGE = 12, 300, 3000
TOWNS = 9
"""Of 34 nodes each: about as many as the medium design has."""
LOADS = np.geomspace(0.1, 10, 64)


def figures(times: int) -> Iterator[Figure]:
    """Measure everything of this group.

    Args:
        times: How often the short ones are done; long ones less often.
    """
    small = shops(SMALL)
    few = max(times // 5, 3)
    yield Figure(GROUP, "12 nodes with cost", timed(lambda: evaluate_plain(small), times), 3)
    yield Figure(
        GROUP, "12 nodes with cost, 64 loads", timed(lambda: evaluate_plain(small, LOADS), times), 10
    )
    for nodes in (SMALL, 60):
        yield Figure(GROUP, f"first look at another load, {nodes} nodes", _looks(nodes, times))
    medium, medium_edges = _solved(MEDIUM, times)
    yield Figure(GROUP, "300 nodes", medium, 20)
    every = towns(TOWNS)
    compiled = compile_network(lower(every).network)
    yield Figure(GROUP, f"{len(every.nodes)} nodes of all kinds", timed(lambda: solve(compiled), times), 20)
    large, large_edges = _solved(LARGE, few)
    yield Figure(GROUP, "3,000 nodes", large, 250)
    growth = tuple(
        (b / a) / (large_edges / medium_edges) for a, b in zip(sorted(medium), sorted(large), strict=False)
    )
    yield Figure(GROUP, "time per edge, 3,000 nodes to 300", growth, 1, "×")
    yield Figure(GROUP, "300 nodes with lowering and cost", timed(lambda: evaluate_plain(shops(MEDIUM)), few))
    yield Figure(
        GROUP,
        f"{len(every.nodes)} nodes of all kinds with lowering and cost",
        timed(lambda: evaluate_plain(towns(TOWNS)), few),
    )
    yield Figure(
        GROUP, "3,000 nodes with lowering and cost", timed(lambda: evaluate_plain(shops(LARGE)), 3, 1)
    )
    for nodes in (SMALL, 60):
        yield Figure(GROUP, f"headroom ladder, {nodes} nodes", timed(partial(_ladder, nodes), few))


def _solved(nodes: int, times: int) -> tuple[tuple[float, ...], int]:
    """Times of the fixed point of a design that is lowered and compiled, and its edges."""
    design = shops(nodes)
    compiled = compile_network(lower(design).network)
    return timed(lambda: solve(compiled), times), len(design.edges)


def _looks(nodes: int, times: int) -> tuple[float, ...]:
    """A first look with cost, from a load to the next step of the dial and back."""
    design = shops(nodes)
    ends = [evaluate_plain(design, load) for load in (1.0, 1.25)]
    turns = cycle(((ends[0], 1.25), (ends[1], 1.0)))

    def look() -> None:
        before, load = next(turns)
        look_from(before, design, load)

    return timed(look, times)


def _ladder(nodes: int) -> object:
    """Evaluate and climb; an evaluation keeps its ladder, so each time is a fresh one."""
    return evaluate_plain(shops(nodes)).headroom
