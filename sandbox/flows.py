"""What every source gets for its requests: success, latency, lag, loss and availability."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from sandbox.catalog.service import services
from sandbox.engine.lag import Lag
from sandbox.engine.latency import pick, spread
from sandbox.engine.mixture import Mixture
from sandbox.lower import Lowered
from sandbox.outcome import FlowOutcome, Percentiles
from sandbox.telling import NOTHING, Telling, in_ms


def sources(lowered: Lowered) -> Iterator[str]:
    """Nodes that items come from."""
    return (key for key, node in lowered.design.nodes.items() if node.kind.begins)


def flows(telling: Telling) -> dict[str, FlowOutcome]:
    """What every source gets, by node."""
    keys = list(sources(telling.lowered))
    rows = [telling.rows[telling.lowered.parts[key].stations[0].id] for key in keys]
    lags = telling.lags.of(rows) if rows else []
    times = iter(_percentiles(telling, rows, lags))
    return {
        key: _flow(telling, key, row, mine, next(times), list(islice(times, len(mine))))
        for key, row, mine in zip(keys, rows, lags, strict=True)
    }


def _flow(
    telling: Telling, key: str, row: int, lags: list[Lag], latency: Percentiles, told: list[Percentiles]
) -> FlowOutcome:
    """What one source gets; a latency only where it calls something and some of that succeeds."""
    steady, lowered, s = telling.steady, telling.lowered, telling.scenario
    rate, success = float(steady.offered[row, s]), float(steady.success[row, s])
    success = success if success > NOTHING else 0.0
    calls = bool(lowered.links[key][1])
    return FlowOutcome(
        rate_per_s=rate,
        success_ratio=success,
        latency=latency if calls and success > 0 else None,
        completion_lag={
            _owner(lowered, telling, lag): None if lag.grows[0] else each
            for lag, each in zip(lags, told, strict=True)
        },
        lost_per_s=_lost(telling, key, rate * (1.0 - success)),
        availability=availability(lowered, key),
    )


def _percentiles(telling: Telling, rows: list[int], lags: list[list[Lag]]) -> list[Percentiles]:
    """Percentiles of each source's latency and, behind it, of its lags: all solved together."""
    if not rows:
        return []
    good = telling.successful
    times: list[tuple[Mixture, Mixture]] = []
    longest = []
    for row, mine in zip(rows, lags, strict=True):
        times += [(pick(good.time, row), pick(good.uncut, row)), *((lag.time, lag.time) for lag in mine)]
        longest += [good.longest[:, row], *(np.full_like(good.longest[:, row], np.inf) for _ in mine)]
    mix, uncut = (Mixture(*map(np.stack, zip(*each, strict=True))) for each in zip(*times, strict=True))
    return in_ms(spread(mix, uncut, np.stack(longest, axis=1)))


def _owner(lowered: Lowered, telling: Telling, lag: Lag) -> str:
    """The node that a station belongs to."""
    name = telling.steady.compiled.network.stations[lag.station].id
    for key, part in lowered.parts.items():
        if any(station.id == name for station in part.stations):
            return key
    return name


def _lost(telling: Telling, key: str, refused: float) -> float:
    """Requests that fail for good, and items given up beyond, of what this source reaches."""
    return refused + sum(
        telling.lost_per_s(node) for node in reached(telling.lowered, key) if node != key
    ) * _part_of(telling, key)


def _part_of(telling: Telling, key: str) -> float:
    """This source's part of all that comes in, for what several sources lose together."""
    rates = {
        source: float(
            telling.steady.offered[
                telling.rows[telling.lowered.parts[source].stations[0].id], telling.scenario
            ]
        )
        for source in sources(telling.lowered)
    }
    total = sum(rates.values())
    return rates[key] / total if total > 0 else 0.0


def reached(lowered: Lowered, key: str) -> list[str]:
    """Nodes that a source leads to, itself first."""
    return lowered.reached(key)


def availability(lowered: Lowered, key: str, seen: frozenset[str] = frozenset()) -> float | None:
    """Product of AWS's commitments along the synchronous calls; None where a service publishes none.

    A node that is called twice counts once: its commitment is about its own months.
    """
    nodes = list(_called(lowered, key, seen))
    facts = [_committed(lowered, node) for node in nodes]
    known = [share for share in facts if share is not None]
    unknown = [
        n
        for n, share in zip(nodes, facts, strict=True)
        if share is None and not lowered.design.nodes[n].kind.begins
    ]
    return float(np.prod(known)) if known and not unknown else None


def _committed(lowered: Lowered, key: str) -> float | None:
    """What AWS commits to for one node, with its settings."""
    node = lowered.design.nodes[key]
    service = services()[node.service]
    return service.availability(node.settings, service.facts)


def _called(lowered: Lowered, key: str, seen: frozenset[str]) -> Iterator[str]:
    """Nodes on the synchronous path, each once."""
    found = [key]
    for node in found:
        found += [
            k.peer
            for k in lowered.links[node][1]
            if k.kind == "sync" and k.peer not in found and k.peer not in seen
        ]
    return iter(dict.fromkeys(found))
