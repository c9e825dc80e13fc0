"""Who keeps how much of a limit that counts no rate: connections of environments, tasks and calls."""

from collections.abc import Iterator

from sandbox.engine.callers import ALIVE, THERE
from sandbox.lower import Lowered
from sandbox.outcome import LimitUse
from sandbox.units import number
from sandbox.why.question import Question
from sandbox.why.reason import Step


def keeping(q: Question, use: LimitUse) -> tuple[Step, ...]:
    """What each caller keeps of a limit, the most first; nothing where the limit is a rate."""
    steady = q.evaluation.steady
    kept, network = steady.compiled.kept, steady.compiled.network
    kind, _, name = use.key.partition(":")
    row = next((row for row, quota in enumerate(network.quotas) if quota.id == name), -1)
    if kind != "quota" or row < 0:
        return ()
    found = []
    for keeper in (kept.quota == row).nonzero()[0].tolist():
        what, place, units = int(kept.what[keeper]), int(kept.row[keeper]), float(kept.units[keeper, 0])
        node = _owner(q.evaluation.lowered, what, place)
        values = {ALIVE: steady.environments, THERE: steady.slots}.get(what, steady.load)
        count = float(values[place, q.evaluation.scenario])
        found.append((count * units, _step(q, node, what, count, units, use.unit)))
    return tuple(step for _, step in sorted(found, key=lambda pair: -pair[0]))


def _step(q: Question, node: str, what: int, count: float, units: float, unit: str) -> Step:
    """What one caller keeps."""
    each = "" if units == 1.0 else f" × {number(units)}"
    if what == ALIVE:
        said = f"{q.name(node)} has {number(count)} live environments{each}, busy or not"
        return Step(f"{said}: {number(count * units)} {unit}", f"nodes.{node}.environments")
    if what == THERE:
        said = f"{q.name(node)} has places for {number(count)} requests{each}, used or not"
        return Step(f"{said}: {number(count * units)} {unit}", f"nodes.{node}.concurrency")
    said = f"{q.name(node)} has {number(count)} calls under way{each}"
    return Step(f"{said}: {number(count * units)} {unit}", f"nodes.{node}.concurrency")


def _owner(lowered: Lowered, what: int, place: int) -> str:
    """The node that something of the network belongs to."""
    network = lowered.network
    if what == ALIVE:
        wanted = network.environments[place].id
    elif what == THERE:
        wanted = network.slots[place].id
    else:
        wanted = network.stations[place].id
    return next((key for key, name in _parts(lowered, what) if name == wanted), wanted)


def _parts(lowered: Lowered, what: int) -> Iterator[tuple[str, str]]:
    """The parts of one kind of every node."""
    for key, part in lowered.parts.items():
        if what == ALIVE:
            yield from ((key, one.id) for one in part.environments)
        elif what == THERE:
            yield from ((key, pool.id) for pool in part.slots)
        else:
            yield from ((key, station.id) for station in part.stations)
