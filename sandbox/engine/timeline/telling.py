"""Fills in what a tick was like."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.doors import Doors
from sandbox.engine.timeline.fleets import Fleets
from sandbox.engine.timeline.holders import Holders
from sandbox.engine.timeline.queues import Queues
from sandbox.engine.timeline.recording import Recording
from sandbox.engine.timeline.slow import Slow


@dataclass(frozen=True)
class Served:
    """What was served in a tick: arrays [station, scenario] unless said otherwise."""

    invocations: Array
    """Begun [1/s]."""
    busy: Array
    """In service at the end."""
    done: Array
    """Items that ended."""
    well: Array
    """Items that ended with success."""
    used: Array
    """Slots in use [pool, scenario]."""


class Ticked(Protocol):
    """The state of a run after a tick, as far as it is told."""

    compiled: Compiled
    step_s: float
    slow: Slow
    doors: Doors
    fleets: Fleets | None
    queues: Queues
    holders: Holders
    offered: Array
    admitted: Array
    inside: Array
    in_line: Array
    arc_items: Array


def tell(run: Ticked, served: Served, recording: Recording) -> None:
    """Fill in the loss stations, the limits and the arcs."""
    slow, s, step, row = run.slow, run.slow.state, run.step_s, recording.row
    buckets, doors, flow = run.doors.buckets, run.doors, recording.flow
    accepted = run.offered * run.admitted
    row["offered"][:], row["accepted"][:] = run.offered, accepted
    failed = served.done - served.well
    np.divide(served.well, step, out=row["completed"])
    np.divide(failed, step, out=row["failed"])
    row["invocations"][:], row["in_service"][:] = served.invocations, served.busy
    row["duration"][:], row["wait"][:], row["batch"][:] = s.duration, s.wait, s.batch
    np.add(s.wait, slow.time, out=row["latency"])
    np.multiply(run.admitted, s.ok_item, out=row["success"])
    row["success"][run.offered <= 0] = 1.0
    np.multiply(slow.cold, served.invocations, out=row["cold"])
    row["waiting"][:] = run.in_line
    row["arc_items"][:] = run.arc_items
    row["asked"][:], row["capacity"][:] = buckets.asked + doors.drawn, buckets.capacity
    np.maximum(buckets.level, 0.0, out=row["tokens"])
    row["slots_used"][:], row["slots"][:] = served.used, doors.slots
    np.multiply(run.offered, step, out=flow[0])
    flow[1], flow[2] = served.well, failed
    np.multiply(run.offered - accepted, step, out=flow[3])
    np.add(run.inside, run.in_line, out=recording.held)
    if run.fleets is not None:
        row["environments"][:] = run.fleets.alive


def tell_held(run: Ticked, inflow: Array, dead: Array, recording: Recording) -> None:
    """Fill in what the holding stations did."""
    queues, step, held = run.queues, run.step_s, run.compiled.held
    passed, lost = queues.per_holding(queues.passed), queues.per_holding(queues.lost)
    row, flow, come = recording.row, recording.flow, inflow[held]
    paused = queues.paused
    row["offered"][held] = row["accepted"][held] = come / step
    row["completed"][held], row["dead"][held], row["lost"][held] = passed / step, dead / step, lost / step
    row["failed"][held] = queues.per_holding(queues.back) / step
    row["waiting"][held] = queues.per_holding(queues.left_behind)
    row["paused"][held] = queues.per_holding(paused)
    row["lanes"][held], row["batch"][held] = run.holders.lanes, run.slow.state.batch[run.compiled.driven]
    flow[:, held] = 0.0
    flow[0, held], flow[1, held], flow[4, held], flow[5, held] = come, passed, dead, lost
    recording.held[held] = queues.per_holding(queues.ready.sum(axis=0) + paused)
