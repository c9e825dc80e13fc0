"""How latencies are spread: mixtures of lognormals along the synchronous calls, and lags beyond them.

A cold start, a call that is made only sometimes and a try that fails each add a branch;
percentiles are solved on the mixture, never averaged.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.lognormal import cut
from sandbox.engine.mixture import Mixture, add, blend, moments, quantiles, single
from sandbox.engine.network import ArcKind
from sandbox.engine.steady import Steady

PERCENTILES = (0.5, 0.95, 0.99)
DEEPEST = 64
SELDOM = 1e-9


@dataclass(frozen=True)
class Spread:
    """Mean and percentiles of a time [s], each [.., scenario]."""

    mean: Array
    p50: Array
    p95: Array
    p99: Array


def spread(mix: Mixture) -> Spread:
    """Mean and percentiles of a mixture [.., C, S]."""
    half, most, nearly_all = quantiles(*mix, PERCENTILES)
    return Spread(moments(mix)[0], half, most, nearly_all)


def pick(mix: Mixture, rows: Index) -> Mixture:
    """Some stations' mixtures."""
    return Mixture(*(part[rows] for part in mix))


def latencies(steady: Steady) -> Mixture:
    """Time of an admitted invocation of every station, its wait and its calls included [station, C, S]."""
    compiled = steady.compiled
    own = compiled.station["fixed"] + compiled.station["per_item"] * (steady.batch - 1.0)
    mix = single(own, (compiled.station["cv"] * own) ** 2)
    for rows in _levels(compiled):
        _call(steady, mix, rows)
        _finish(steady, mix, rows)
    return mix


def _put(mix: Mixture, rows: Index, new: Mixture) -> None:
    for part, fresh in zip(mix, new, strict=True):
        part[rows] = fresh


def _levels(compiled: Compiled) -> Iterator[Index]:
    """Stations by how deep their calls go, those that call nothing first."""
    calls = compiled.calls
    depth = np.zeros(len(compiled.rows), dtype=np.intp)
    for _ in range(DEEPEST):
        deeper = depth.copy()
        np.maximum.at(deeper, calls.source, depth[calls.target] + 1)
        if np.array_equal(deeper, depth):
            break
        depth = np.minimum(deeper, DEEPEST)
    for level in range(int(depth.max(initial=0)) + 1):
        yield np.flatnonzero(depth == level)


def _finish(steady: Steady, mix: Mixture, rows: Index) -> None:
    """Cold starts, waits and the timeout of some stations whose calls are in."""
    compiled = steady.compiled
    cold = steady.cold_ratio[rows]
    having = rows[(cold > SELDOM).any(axis=1) & (compiled.env_of[rows] >= 0)]
    limited = rows[np.isfinite(compiled.station["timeout"][rows]).any(axis=1)]
    if len(limited):
        part = pick(mix, limited)
        ended = cut(compiled.station["timeout"][limited][:, None, :], part.means, part.variances)
        _put(mix, limited, Mixture(part.weights, ended.mean, ended.variance))
    if len(having):
        init = compiled.environments["init"][compiled.env_of[having]] + np.zeros_like(steady.batch[having])
        part = pick(mix, having)
        slow = Mixture(part.weights, part.means + init[:, None, :], part.variances)
        _put(mix, having, blend(steady.cold_ratio[having], slow, part))
    waiting = rows[(steady.wait[rows] > 0).any(axis=1) & ~np.isin(rows, compiled.held)]
    if len(waiting):
        wait = steady.wait[waiting]
        _put(mix, waiting, add(pick(mix, waiting), single(wait, wait**2)))


def _call(steady: Steady, mix: Mixture, rows: Index) -> None:
    """Add the calls of some stations, one after the other; routes are alternatives."""
    calls = steady.compiled.calls
    mine = np.flatnonzero(np.isin(calls.source, rows))
    if not len(mine):
        return
    order = np.zeros(len(mine), dtype=np.intp)
    for place in range(1, len(mine)):
        order[place] = (
            order[place - 1] + 1 if calls.source[mine[place]] == calls.source[mine[place - 1]] else 0
        )
    routed = calls.routed[mine]
    for turn in range(int(order.max()) + 1):
        arcs = mine[(order == turn) & ~routed]
        if len(arcs):
            _put(mix, calls.source[arcs], add(pick(mix, calls.source[arcs]), _answer(steady, mix, arcs)))
    if routed.any():
        _choose(steady, mix, mine[routed], order[routed])


def _choose(steady: Steady, mix: Mixture, arcs: Index, order: Index) -> None:
    """Blend the alternatives of routed stations by their shares."""
    calls = steady.compiled.calls
    taken: dict[int, Array] = {}
    found: dict[int, Mixture] = {}
    for turn in range(int(order.max()) + 1):
        for arc in arcs[order == turn]:
            source = int(calls.source[arc])
            share = steady.made.calls[arc]
            way = _answer(steady, mix, np.array([arc]), whole=True)
            before = taken.get(source, np.zeros_like(share))
            total = before + share
            kept = np.divide(before, total, out=np.zeros_like(total), where=total > 0)
            found[source] = blend(kept[None], found[source], way) if source in found else way
            taken[source] = total
    for source, way in found.items():
        row = np.array([source])
        none = single(np.zeros_like(taken[source])[None], np.zeros_like(taken[source])[None])
        _put(mix, row, add(pick(mix, row), blend(np.minimum(taken[source], 1.0)[None], way, none)))


def _answer(steady: Steady, mix: Mixture, arcs: Index, *, whole: bool = False) -> Mixture:
    """Time of the calls on some arcs: as often as they are made (or once, with *whole*), tries included."""
    made, calls = steady.made, steady.compiled.calls
    once = pick(mix, calls.target[arcs])
    count = np.ones_like(made.calls[arcs]) if whole else made.calls[arcs]
    count = np.where(made.time[arcs] > 0, count, 0.0)
    mean, variance = moments(once)
    per_call = np.divide(made.time[arcs], made.calls[arcs], out=mean.copy(), where=made.calls[arcs] > 0)
    again = np.clip(1.0 - 1.0 / np.maximum(made.tries.mean[arcs], 1.0), 0.0, 1.0)
    if (again > SELDOM).any():
        extra = np.maximum(per_call - mean, 0.0) / np.maximum(again, SELDOM)
        once = blend(again, add(once, single(extra, extra**2)), once)
        mean, variance = moments(once)
    many = np.floor(count)
    several = single(mean * many, variance * many)
    rest = count - many
    none = single(np.zeros_like(mean), np.zeros_like(mean))
    sometimes = blend(rest, once, none) if (rest > SELDOM).any() else none
    if (many == 1.0).all():
        several = once
    elif (many == 0.0).all():
        return sometimes
    return add(several, sometimes) if (rest > SELDOM).any() else several


@dataclass(frozen=True)
class Lag:
    """From an event at a source to the end of a consumer beyond its synchronous calls."""

    station: int
    """Row of the consumer."""
    time: Mixture
    """[C, S]; infinite means where a backlog grows on the way."""
    grows: Array
    """Whether it grows [scenario]."""


def lags(steady: Steady, mix: Mixture, source: int) -> list[Lag]:
    """Completion lag of the last consumers that a source's events reach asynchronously."""
    compiled = steady.compiled
    arrived: dict[int, tuple[Array, Array]] = {
        source: (np.zeros_like(steady.loads), np.zeros_like(steady.loads))
    }
    consumers: dict[int, tuple[Array, Array]] = {}
    passing: set[int] = set()
    queue = [(source, -1)]
    for row, consumer in queue:
        mean, variance = arrived[row]
        for target, (later, wider), drives in _onward(steady, mix, row, mean, variance):
            known = arrived.get(target)
            if known is not None and (known[0][0] >= later[0] or len(queue) > 4 * len(compiled.rows)):
                continue
            arrived[target] = (later, wider)
            if drives and compiled.station["fixed"][target].any():
                consumers[target] = arrived[target]
                if consumer >= 0:
                    passing.add(consumer)
            queue.append((target, target if drives and target in consumers else consumer))
    result = []
    for row, (mean, variance) in consumers.items():
        if row not in passing:
            grows = ~np.isfinite(mean)
            before = single(np.where(grows, 0.0, mean), np.where(grows, 0.0, variance))
            own = Mixture(*(part[row] for part in mix))
            result.append(Lag(row, add(before, own), grows))
    return result


def _onward(
    steady: Steady, mix: Mixture, row: int, mean: Array, variance: Array
) -> Iterator[tuple[int, tuple[Array, Array], bool]]:
    """Where an item goes on to from a station, when it gets there, and whether that is a consumer."""
    compiled = steady.compiled
    leaving = np.flatnonzero(compiled.source == row)
    place = {int(arc): index for index, arc in enumerate(compiled.calls.arc)}
    elapsed = compiled.station["fixed"][row] + np.zeros_like(mean)
    for arc in leaving:
        target, kind = int(compiled.target[arc]), compiled.kind[arc]
        if not steady.arc_items[arc].any():
            continue
        if kind is ArcKind.SYNC:
            yield target, (mean + elapsed, variance + (compiled.station["cv"][row] * elapsed) ** 2), False
            if not compiled.station["routes"][row].any():
                elapsed = elapsed + steady.made.time[place[int(arc)]]
        elif kind is ArcKind.HANDOFF:
            own, wide = moments(Mixture(*(part[row] for part in mix)))
            yield target, (mean + own, variance + wide), False
        elif kind is ArcKind.DRIVE:
            held = int(np.flatnonzero(compiled.held == row)[0])
            wait = steady.held_waits.first[held] + steady.held_waits.again[held]
            with np.errstate(invalid="ignore"):
                yield target, (mean + wait, variance + wait**2), True
