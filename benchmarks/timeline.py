"""Runs over time: how long and how much memory, whatever the request rate, and beside other simulators."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from statistics import median
from time import perf_counter

from benchmarks import one_function
from benchmarks.designs import shops
from benchmarks.measure import Figure, timed
from sandbox.engine.compiled import Compiled
from sandbox.engine.compiling import compile_network
from sandbox.engine.timeline.run import run
from sandbox.lower import lower
from sandbox.simulate import simulate

GROUP, OTHERS = "Runs over time", "One function over time, and others' simulators"
NODES = 12
SHOP_PER_S = 40.0
"""What the shops' traffic is at a load of 1."""
HOUR_S, DAY_S = 3600.0, 86_400.0
REPLICAS = 200
SLOW_PER_S, FAST_PER_S = 10.0, 10_000.0
MORE = 1.25
"""By more than this the time at one request rate is not that at another."""
RATES = (10, 100, 1000)
"""Requests per second of the one function."""
ALIKE = 0.03
"""Shares of refusals that differ by more are not of the same function."""
KILOBYTE, MEGABYTE = 1024, 1e6
LONGEST_S = 600


def figures(times: int) -> Iterator[Figure]:
    """Measure everything of this group.

    Args:
        times: How often short pieces of work would be done; these are longer, and done less often.
    """
    few = max(times // 10, 2)
    compiled = _compiled()
    hour = partial(run, compiled, horizon_s=HOUR_S, step_s=1.0)
    yield Figure(GROUP, "12 nodes, 3,600 ticks", timed(hour, few, 1), 500)
    design = shops(NODES)
    told = timed(lambda: simulate(design, HOUR_S, 1.0).summary, few, 1)
    yield Figure(GROUP, "the same with lowering, cost and summary", told)
    slow, fast = (
        timed(partial(hour, loads=per_s / SHOP_PER_S), few, 1) for per_s in (SLOW_PER_S, FAST_PER_S)
    )
    ratios = tuple(value / median(slow) for value in fast)
    yield Figure(GROUP, "time at 10,000 requests/s, mostly refused, to 10/s", ratios, MORE, "×")
    for replicas in (1, REPLICAS):
        ms, megabytes = _apart(HOUR_S, replicas, 1 if replicas == 1 else max(few // 2, 2))
        runs = f"3,600 ticks, {replicas} replicas" if replicas > 1 else "3,600 ticks"
        if replicas > 1:
            yield Figure(GROUP, f"12 nodes, {runs}", ms, 3000)
        yield Figure(GROUP, f"most memory of the process, {runs}", megabytes, unit="MB")
    ms, megabytes = _apart(DAY_S, 1, 1 if few <= 2 else 2)
    yield Figure(GROUP, "12 nodes, a day of 86,400 ticks", ms, 10_000)
    yield Figure(GROUP, "most memory of the process, a day of 86,400 ticks", megabytes, unit="MB")
    yield from _others(few)


def _compiled() -> Compiled:
    return compile_network(lower(shops(NODES)).network)


def _apart(horizon_s: float, replicas: int, times: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Times [ms] of some runs, and the most memory [MB] of the process, each in a process of its own."""
    ms, megabytes = [], []
    for _ in range(times):
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.timeline", str(horizon_s), str(replicas)],
            check=True,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
        )
        took, memory = json.loads(told.stdout)
        ms.append(took)
        megabytes.append(memory)
    return tuple(ms), tuple(megabytes)


def _others(times: int) -> Iterator[Figure]:
    """The engine, SimPy and Ciw on one function, and how many times as long the others take."""
    slow, fast = (timed(partial(one_function.engine, rate), times, 1) for rate in (SLOW_PER_S, FAST_PER_S))
    ratios = tuple(value / median(slow) for value in fast)
    yield Figure(OTHERS, "engine, time at 10,000 requests/s to 10/s", ratios, MORE, "×")
    for rate in RATES:
        own = timed(partial(one_function.engine, rate), times, 1)
        yield Figure(OTHERS, f"engine, {rate:,} requests/s for 2 min", own)
        often = max(times // 2, 2) if rate < max(RATES) else 2
        refused = one_function.simpy(rate)
        simpy = timed(partial(one_function.simpy, rate), often, 0)
        yield from _beside("SimPy", rate, refused, simpy, own)
        ciw = one_function.ciw(rate, often)
        if ciw:
            yield from _beside("Ciw", rate, ciw.refused, ciw.ms, own)
    if not ciw:
        yield Figure(OTHERS, f"Ciw not installed; --with-ciw, or {one_function.INSTALL}", ())


def _beside(
    name: str, rate: float, refused: float, theirs: tuple[float, ...], own: tuple[float, ...]
) -> Iterator[Figure]:
    """Another simulator's times, and as multiples of the engine's median.

    Raises:
        ValueError: It has not simulated the same function.
    """
    mine = one_function.engine(rate)
    if abs(refused - mine) > ALIKE:
        raise ValueError(f"{name} refuses {refused:.1%} of {rate:,}/s, the engine {mine:.1%}")
    yield Figure(OTHERS, f"{name}, {rate:,} requests/s for 2 min", theirs)
    ratio = tuple(value / median(own) for value in theirs)
    yield Figure(OTHERS, f"{name} over engine, {rate:,} requests/s", ratio, unit="×")


def _main(horizon_s: float, replicas: int) -> None:
    """One run; prints how long it took and the most memory that the process had."""
    compiled = _compiled()
    start = perf_counter()
    run(compiled, horizon_s=horizon_s, step_s=1.0, replicas=replicas)
    took = (perf_counter() - start) * 1e3
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else KILOBYTE
    print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE]))


if __name__ == "__main__":
    _main(float(sys.argv[1]), int(sys.argv[2]))
