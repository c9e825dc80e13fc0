"""What a run is given: the courses of the design's sources, its faults, and what they mean in its network."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import cast

import numpy as np

from sandbox.catalog.profiles import Recorded
from sandbox.catalog.rates import Loop
from sandbox.catalog.services.traffic import Traffic, rate
from sandbox.engine.compiled import Array
from sandbox.engine.profiles import Course, Scaled, averages
from sandbox.engine.timeline.inputs import Fault, Inputs
from sandbox.lower import Lowered
from sandbox.traces import Bins, read_trace
from sandbox.units import duration


@dataclass(frozen=True)
class Given:
    """The engine's inputs, and what was assumed about recorded loads."""

    inputs: Inputs
    assumed: tuple[str, ...]
    """A sentence each, with the node it is about."""


def given(lowered: Lowered, ticks: int, step_s: float, folder: Path | None = None) -> Given:
    """Work out what every source sends in each tick, and what breaks when.

    Args:
        lowered: The design and its network.
        ticks: How many ticks there are.
        step_s: Length of a tick.
        folder: Where recorded loads are looked for; the working directory where left out.

    Raises:
        TraceError: A recorded load cannot be used.
    """
    edges = np.arange(ticks + 1) * step_s
    profiles: dict[str, Array] = {}
    assumed: list[str] = []
    for key, node in lowered.design.nodes.items():
        if isinstance(node.settings, Traffic):
            course, told = _course(node.settings, folder or Path(), ticks * step_s)
            profiles[lowered.parts[key].stations[0].id] = averages(course, edges)
            assumed += [f"{node.title}: {sentence}" for sentence in told]
        elif node.kind.course is not None:
            profiles[lowered.parts[key].stations[0].id] = averages(node.kind.course(node.settings), edges)
    profiles |= _companions(lowered, profiles)
    return Given(Inputs(profiles, faults(lowered)), tuple(assumed))


def _companions(lowered: Lowered, profiles: Mapping[str, Array]) -> dict[str, Array]:
    """Arrivals that rise and fall with the sources that lead to their node."""
    found = {}
    for station, sources in lowered.companions():
        own = [lowered.parts[key].stations[0] for key in sources]
        most = {source.id: source.users or source.arrivals for source in own}
        courses = [profiles[name] / peak for name, peak in most.items() if name in profiles and peak]
        if courses:
            found[station.id] = station.arrivals * np.mean(courses, axis=0)
    return found


def _course(traffic: Traffic, folder: Path, horizon_s: float) -> tuple[Course, tuple[str, ...]]:
    """Requests per second over time (users, of a closed loop), and what was assumed."""
    is_loop = isinstance(traffic.users, Loop)
    own = cast("Loop", traffic.users).concurrent if is_loop else rate(traffic).peak_per_s
    profile = traffic.profile
    if not isinstance(profile, Recorded):
        return Scaled(profile.course(), own), ()
    trace = read_trace(folder / Path(profile.file).expanduser(), profile.column)
    scale, said = 1.0, "its rates are as recorded"
    if is_loop or profile.scale == "peak":
        scale, said = own / trace.peak_per_s if trace.peak_per_s else 0.0, f"its peak is taken as {own:,.6g}"
    elif profile.scale == "mean":
        scale, said = (
            own / trace.mean_per_s if trace.mean_per_s else 0.0,
            f"its mean is taken as {own:,.6g}/s",
        )
    told = [*trace.assumed, f"{said}; {profile.file} is {duration(trace.duration_s)} long"]
    if isinstance(trace, Bins) and profile.from_s + horizon_s > trace.duration_s + trace.step_s:
        told.append("after its end it begins anew")
    return Scaled(trace.course(profile.peak), scale, begin=profile.from_s), tuple(told)


def faults(lowered: Lowered) -> tuple[Fault, ...]:
    """The design's faults as the network has them."""
    owners = _owners(lowered)
    found = []
    for fault in lowered.design.faults:
        parts = lowered.parts[fault.node]
        held = _holdings(lowered, fault.node)
        found.append(
            Fault(
                from_s=fault.from_s,
                to_s=inf if fault.to_s is None else fault.to_s,
                stations=(
                    *(station.id for station in parts.stations if station.id not in parts.buffers),
                    *(held if fault.poisoned else ()),
                ),
                slower=fault.slower,
                fail=fault.fail,
                limits=(*_limits(lowered, fault.node, owners), *held),
                capacity=fault.capacity,
                poisoned=float(fault.poisoned),
            )
        )
    return tuple(found)


def _owners(lowered: Lowered) -> Mapping[str, int]:
    """How many nodes each quota and pool serves."""
    counts: dict[str, int] = {}
    for key in lowered.parts:
        for limit in _named(lowered, key):
            counts[limit] = counts.get(limit, 0) + 1
    return counts


def _named(lowered: Lowered, key: str) -> set[str]:
    """Quotas and pools of slots that a node uses."""
    stations = lowered.parts[key].stations
    return {d.quota for s in stations for d in s.demands} | {pool for s in stations for pool in s.slots}


def _limits(lowered: Lowered, key: str, owners: Mapping[str, int]) -> tuple[str, ...]:
    """What loses capacity with a node: its own limits; what it shares only where it has none of its own."""
    named = sorted(_named(lowered, key))
    own = [limit for limit in named if owners[limit] == 1 and limit in lowered.limits]
    return tuple(own or named)


def _holdings(lowered: Lowered, key: str) -> tuple[str, ...]:
    """Holding stations that read from a node."""
    plans = zip(lowered.design.edges, lowered.edges, strict=True)
    return tuple(plan.holding for edge, plan in plans if plan.holding is not None and edge.source == key)
