"""One function with random arrivals, slots and nowhere to wait: in the engine, SimPy and Ciw.

Run as a program it plays Ciw's: `python one_function.py RATE TIMES` prints what was refused and the times.
Ciw is no dependency, and its distribution brings a package named `tests` that would hide ours: it is
installed into a directory of its own, which only that program sees.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from shutil import which
from time import perf_counter
from typing import Any, NamedTuple

from platformdirs import user_cache_path

WORK_S = 0.2
"""Mean time of a request, exponential."""
SIMULATED_S = 120.0
SPARE = 1.5
"""Slots, as a multiple of what is needed on average."""
CIW = user_cache_path("serverless-sandbox") / "benchmarks" / "ciw"
"""Where Ciw is installed for the benchmarks."""
INSTALL = f"pip install --target {CIW} ciw"
LONGEST_S = 600
LEAST_PER_S = 10.0
"""A rate to warm up with."""


class Played(NamedTuple):
    """What a simulator told."""

    refused: float
    """Share of the requests."""
    ms: tuple[float, ...]
    """How long each run took."""


def slots(rate: float) -> int:
    """Slots of the function for so many requests per second."""
    return round(SPARE * rate * WORK_S)


def engine(rate: float) -> float:
    """Share of the requests that the engine sees refused."""
    from sandbox.engine.network import Network, Slots, Station  # noqa: PLC0415  # Ciw's program needs no engine
    from sandbox.engine.timeline.run import run  # noqa: PLC0415

    function = Station("f", arrivals=rate, fixed=WORK_S, cv=1.0, slots=("p",))
    told = run(Network((function,), slots=(Slots("p", slots(rate)),)), horizon_s=SIMULATED_S)
    return float(told.totals.rejected[0, 0] / told.totals.arrived[0, 0])


def simpy(rate: float) -> float:
    """The same with SimPy's processes: who finds all slots busy is refused."""
    library: Any = import_module("simpy")
    world, chance, counts = library.Environment(), Random(1), [0, 0]
    pool = library.Resource(world, slots(rate))

    def request() -> Iterator[Any]:
        counts[0] += 1
        if pool.count >= pool.capacity:
            counts[1] += 1
            return
        with pool.request() as slot:
            yield slot
            yield world.timeout(chance.expovariate(1.0 / WORK_S))

    def arrivals() -> Iterator[Any]:
        while True:
            yield world.timeout(chance.expovariate(rate))
            world.process(request())

    world.process(arrivals())
    world.run(until=SIMULATED_S)
    return counts[1] / counts[0]


def ciw(rate: float, times: int) -> Played | None:
    """The same with Ciw, in a process of its own; nothing where it is not installed."""
    if not (CIW / "ciw").is_dir():
        return None
    told = subprocess.run(
        [sys.executable, __file__, str(rate), str(times)],
        env={**os.environ, "PYTHONPATH": str(CIW)},
        cwd=CIW,
        check=True,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
    )
    refused, ms = json.loads(told.stdout)
    return Played(refused, tuple(ms))


def install_ciw() -> None:
    """Install Ciw where only the benchmarks look, unless it is there.

    Raises:
        CalledProcessError: The installer could not.
        FileNotFoundError: There is neither pip nor uv.
    """
    if (CIW / "ciw").is_dir():
        return
    CIW.mkdir(parents=True, exist_ok=True)
    quietly = ["install", "--quiet", "--target", str(CIW), "ciw"]
    if find_spec("pip"):
        command = [sys.executable, "-m", "pip", *quietly]
    elif uv := which("uv"):
        command = [uv, "pip", *quietly, "--python", sys.executable]
    else:
        raise FileNotFoundError(f"neither pip nor uv is here; install it yourself: {INSTALL}")
    subprocess.run(command, check=True, timeout=LONGEST_S)


def _play_ciw(rate: float) -> float:
    """A network of Ciw's with one node and no room to wait in."""
    library: Any = import_module("ciw")
    library.seed(1)
    network = library.create_network(
        arrival_distributions=[library.dists.Exponential(rate=rate)],
        service_distributions=[library.dists.Exponential(rate=1.0 / WORK_S)],
        number_of_servers=[slots(rate)],
        queue_capacities=[0],
    )
    simulation = library.Simulation(network)
    simulation.simulate_until_max_time(SIMULATED_S)
    kinds = [record.record_type for record in simulation.get_all_records()]
    return kinds.count("rejection") / max(len(kinds), 1)


def _main(rate: float, times: int) -> None:
    """Play it so often and print a line of JSON."""
    refused, ms = _play_ciw(LEAST_PER_S), []
    for _ in range(times):
        start = perf_counter()
        refused = _play_ciw(rate)
        ms.append((perf_counter() - start) * 1e3)
    print(json.dumps([refused, ms]))


if __name__ == "__main__":
    # Beside this file there are modules of ours that Ciw's own imports must not find.
    sys.path[:] = [
        entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent
    ]
    _main(float(sys.argv[1]), int(sys.argv[2]))
