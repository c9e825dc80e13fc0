"""When the growth of a design's sources meets its limits."""

from collections.abc import Iterator
from functools import cached_property
from math import inf

import numpy as np

from sandbox.catalog.services.traffic import Traffic
from sandbox.engine.compiled import Array, Index
from sandbox.engine.growing import months_until
from sandbox.engine.origins import origins
from sandbox.engine.steady import Steady
from sandbox.lower import Lowered


class Growth:
    """One scenario of a solved design, and how its sources grow."""

    def __init__(self, lowered: Lowered, steady: Steady, scenario: int) -> None:
        self.lowered = lowered
        self.steady = steady
        self.scenario = scenario
        nodes = lowered.design.nodes
        self.rates = {key: _per_month(node.settings) for key, node in nodes.items() if node.kind.begins}
        """Growth of each source [share/month]; 0 where it says none."""

    @property
    def is_said(self) -> bool:
        """Whether any source grows."""
        return any(self.rates.values())

    @property
    def fastest(self) -> float:
        """Growth of the source that grows most [share/month]."""
        return max(self.rates.values(), default=0.0)

    def months(self, key: str, multiplier: float) -> float | None:
        """Months until the growth of the sources has come to a multiple of a limit's use.

        Args:
            key: Kind and id of the limit, as a `LimitUse` or a `Rung` has it.
            multiplier: Multiple of the present load at which it binds.

        Returns:
            Each source counts by its part in what is asked of the limit; None where nothing of it grows.
        """
        if not self.is_said:
            return None
        parts = list(self._parts(key))
        if not any(size > 0 and growth > 0 for size, growth in parts):
            return None
        months = months_until(multiplier, parts)
        return months if months < inf else None

    def after(self, key: str, months: float) -> float:
        """Multiple of the present use of a limit that the growth of the sources comes to.

        Args:
            key: Kind and id of the limit.
            months: How long they grow.
        """
        if not self.is_said:
            return 1.0
        parts = list(self._parts(key))
        whole = sum(size for size, _ in parts)
        grown = sum(size * (1.0 + growth) ** months for size, growth in parts)
        return grown / whole if whole > 0 else 1.0

    def _parts(self, key: str) -> Iterator[tuple[float, float]]:
        """What comes of each source in the use of a limit, and how it grows."""
        return zip((self.weights(key) @ self._origins).tolist(), self.rates.values(), strict=True)

    @cached_property
    def _origins(self) -> Array:
        """Part of each source in the items of every station [station, source]."""
        rows = self.steady.compiled.rows
        stations: dict[str, list[int]] = {
            key: [rows[station.id] for station in self.lowered.parts[key].stations] for key in self.rates
        }
        found = origins(
            self.steady, [np.array(own, dtype=np.intp) for own in stations.values()], self.scenario
        )
        places = {key: place for place, key in enumerate(stations)}
        for station, sources in self.lowered.companions():
            for source in sources:
                found[rows[station.id], places[source]] = 1.0 / len(sources)
        return found

    def weights(self, key: str) -> Array:
        """What each station asks of a limit, in a unit of its own [station]."""
        kind, _, name = key.partition(":")
        steady, s = self.steady, self.scenario
        compiled = steady.compiled
        found = np.zeros(len(compiled.rows))
        if kind == "consumer":
            found[compiled.rows[name]] = 1.0
        elif kind == "quota":
            place = next(row for row, quota in enumerate(compiled.network.quotas) if quota.id == name)
            mine = compiled.demand_quota == place
            units = (compiled.demand["units"] * compiled.demand["share"])[mine, 0]
            _add(
                found, compiled.demand_station[mine], units * steady.offered[compiled.demand_station[mine], s]
            )
            self._add_draws(found, place)
        else:
            place = next(row for row, pool in enumerate(compiled.network.slots) if pool.id == name)
            users = compiled.use_station[compiled.use_pool == place]
            asked = steady.load if kind == "slots" else steady.invocations
            _add(found, users, asked[users, s])
        return found

    def _add_draws(self, found: Array, quota: int) -> None:
        """What the slots that draw on a quota are asked for."""
        compiled = self.steady.compiled
        for pool in compiled.draw_pool[compiled.draw_quota == quota].tolist():
            users = compiled.use_station[compiled.use_pool == pool]
            _add(found, users, self.steady.load[users, self.scenario])


def _add(found: Array, rows: Index, asked: Array) -> None:
    """Add to some rows, one of which may be there twice."""
    np.add.at(found, rows, asked)


def _per_month(settings: object) -> float:
    """Growth that a source says [share/month]."""
    return (settings.growth_per_month or 0.0) if isinstance(settings, Traffic) else 0.0
