"""What is put down of a tick, and the series and sums that follow from it."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.compiled import Array, Compiled

NOTED: Final = {
    **dict.fromkeys(("offered", "accepted", "invocations", "in_service", "done", "well"), "station"),
    **dict.fromkeys(("inside", "in_line", "duration", "wait", "time", "batch", "success", "cold"), "station"),
    "arc_items": "arc",
    **dict.fromkeys(("asked", "capacity", "level"), "quota"),
    **dict.fromkeys(("slots_used", "slots"), "pool"),
    **dict.fromkeys(("environments", "ready"), "environments"),
    **dict.fromkeys(
        ("come", "passed", "dead", "lost", "back", "left", "paused", "content", "lanes"), "holding"
    ),
}
"""What is put down of a tick, and what it has a row for each of; its mean gives the mean of every series."""

_STATIONS: Final = (
    "offered", "accepted", "completed", "failed", "invocations", "in_service", "duration", "wait", "latency",
    "success", "batch", "cold", "waiting", "paused", "lanes", "dead", "lost",
)  # fmt: skip
SERIES: Final = {
    **dict.fromkeys(_STATIONS, "station"),
    "arc_items": "arc",
    **dict.fromkeys(("asked", "capacity", "tokens"), "quota"),
    **dict.fromkeys(("slots_used", "slots"), "pool"),
    **dict.fromkeys(("environments", "ready"), "environments"),
}
"""The series as `told.Run` names them, and what they have a row for each of."""
_PLAIN: Final = tuple(name for name, kind in SERIES.items() if NOTED.get(name) == kind)
"""Series that are put down as they are."""
FLOWS: Final = ("arrived", "completed", "failed", "rejected", "dead", "lost")

At = Mapping[str, Array]
"""What was put down of some ticks, by name [tick, row, scenario]."""
Series = Mapping[str, Array | NDArray[np.float32]]
"""Series of those ticks, to be filled [tick, row, scenario]."""


class Noted:
    """Where each of some things is among the rows of all of them."""

    def __init__(self, compiled: Compiled, named: Mapping[str, str] = NOTED) -> None:
        c = compiled
        count = {
            "station": len(c.rows), "arc": len(c.source), "quota": len(c.quota["capacity"]),
            "pool": len(c.slots["capacity"]), "environments": len(c.environments["init"]),
            "holding": len(c.held),
        }  # fmt: skip
        ends = np.cumsum([0, *(count[kind] for kind in named.values())]).tolist()
        self.places = {name: slice(a, b) for name, a, b in zip(named, ends[:-1], ends[1:], strict=True)}
        self.rows: int = ends[-1]

    def by_name(self, block: Array) -> dict[str, Array]:
        """Views of some ticks."""
        return {name: block[:, place] for name, place in self.places.items()}


def tell(compiled: Compiled, at: At, step_s: float, series: Series) -> None:
    """Fill in series."""
    for name in _PLAIN:
        series[name][:] = at[name]
    series["completed"][:] = at["well"] / step_s
    series["failed"][:] = (at["done"] - at["well"]) / step_s
    series["latency"][:] = at["wait"] + at["time"]
    series["waiting"][:] = at["in_line"]
    series["tokens"][:] = np.maximum(at["level"], 0.0)
    if len(compiled.held):
        _tell_held(compiled, at, step_s, series)


def _tell_held(compiled: Compiled, at: At, step_s: float, series: Series) -> None:
    """Fill in what the holding stations did."""
    rows = compiled.held
    rates = {"offered": "come", "accepted": "come", "completed": "passed", "failed": "back"}
    for name, noted in (rates | {"dead": "dead", "lost": "lost"}).items():
        series[name][:, rows] = at[noted] / step_s
    series["waiting"][:, rows], series["paused"][:, rows] = at["left"], at["paused"]
    series["lanes"][:, rows] = at["lanes"]
    series["batch"][:, rows] = at["batch"][:, compiled.driven]


def flows(compiled: Compiled, at: At, step_s: float) -> Array:
    """Items that came and went in each tick, as `FLOWS` names them [flow, tick, station, scenario]."""
    offered, well, rows = at["offered"], at["well"], compiled.held
    flow = np.zeros((len(FLOWS), *offered.shape))
    np.multiply(offered, step_s, out=flow[0])
    flow[1], flow[2] = well, at["done"] - well
    flow[3] = (offered - at["accepted"]) * step_s
    flow[:, :, rows] = 0.0
    for place, name in ((0, "come"), (1, "passed"), (4, "dead"), (5, "lost")):
        flow[place][:, rows] = at[name]
    return flow


def held(compiled: Compiled, at: At) -> Array:
    """Items in each station at the end of each tick [tick, station, scenario]."""
    there = at["inside"] + at["in_line"]
    there[:, compiled.held] = at["content"] + at["paused"]
    return there
