"""Limits of a node in the words of the design: its quotas, its slots, its consumers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sandbox.catalog.service import Limit
from sandbox.engine.network import Slots
from sandbox.engine.steady import Steady
from sandbox.lower import Lowered
from sandbox.outcome import LimitUse

REQUESTS = "requests per second"
EVEN = 1.0 + 1e-9


def limit_uses(
    lowered: Lowered, steady: Steady, key: str, consumers: Sequence[tuple[str, Limit]], scenario: int
) -> tuple[LimitUse, ...]:
    """Limits of one node, the most used first."""
    parts = lowered.parts[key]
    mine = {demand.quota for station in parts.stations for demand in station.demands}
    pools = {pool for station in parts.stations for pool in station.slots}
    mine |= {draw.quota for pool in parts.slots for draw in pool.draws if draw.units > 0}
    short = _overdrawn(steady, parts.slots, scenario)
    found = [
        *(
            replace(use, refused=max(use.refused, short.get(use.key, 0.0)))
            for use in _quotas(lowered, steady, mine, scenario)
        ),
        *_pools(lowered, steady, pools, scenario, {quota.removeprefix("quota:") for quota in short}),
        *_consumers(steady, consumers, scenario),
    ]
    told = (replace(use, raised_by=_path(lowered, key, use.raised_by)) for use in found)
    return tuple(sorted(told, key=lambda use: -use.utilisation))


def _path(lowered: Lowered, key: str, setting: str) -> str:
    """Path in the design of what raises a limit."""
    if not setting or setting.startswith("edges."):
        return setting
    account = lowered.design.nodes[key].account
    if setting.startswith("account."):
        return f"accounts.{account}.{setting.removeprefix('account.')}" if account else setting
    return f"nodes.{key}.{setting}"


def _use(kind: str, key: str, seen: Limit, demand: float, capacity: float, refused: float) -> LimitUse:
    return LimitUse(
        f"{kind}:{key}",
        seen.name,
        seen.unit,
        seen.scope,
        demand,
        capacity,
        seen.adjustable,
        seen.source,
        refused,
        seen.raised_by,
    )


def _quotas(lowered: Lowered, steady: Steady, mine: set[str], s: int) -> list[LimitUse]:
    """Rates that the node may not exceed."""
    found = []
    for row, quota in enumerate(steady.compiled.network.quotas):
        if quota.id in mine and np.isfinite(quota.capacity):
            demand = float(steady.demand[row, s])
            refused = max(1.0 - quota.capacity / demand, 0.0) if demand > 0 else 0.0
            found.append(_use("quota", quota.id, lowered.limits[quota.id], demand, quota.capacity, refused))
    return found


def _overdrawn(steady: Steady, slots: Sequence[Slots], s: int) -> dict[str, float]:
    """Quotas of which slots draw more than there is, and the share that the missing slots refuse."""
    network = steady.compiled.network
    pools = {pool.id: row for row, pool in enumerate(network.slots)}
    over = {
        quota.id for row, quota in enumerate(network.quotas)
        if quota.measure == "capacity" and steady.demand[row, s] > quota.capacity * EVEN
    }  # fmt: skip
    found: dict[str, float] = {}
    for pool in slots:
        for draw in pool.draws:
            if draw.units > 0 and draw.quota in over:
                refused = float(steady.pool_blocking[pools[pool.id], s])
                found[f"quota:{draw.quota}"] = max(found.get(f"quota:{draw.quota}", 0.0), refused)
    return found


def _pools(lowered: Lowered, steady: Steady, mine: set[str], s: int, short: set[str]) -> list[LimitUse]:
    """Slots it takes, and the request rate that goes with them; slots that a quota lacks refuse nothing."""
    found = []
    for row, pool in enumerate(steady.compiled.network.slots):
        if pool.id not in mine or not np.isfinite(pool.capacity):
            continue
        seen = lowered.limits[pool.id]
        lacking = any(draw.quota in short for draw in pool.draws)
        blocked = 0.0 if lacking else float(steady.pool_blocking[row, s])
        found.append(_use("slots", pool.id, seen, float(steady.pool_load[row, s]), pool.capacity, blocked))
        if np.isfinite(pool.rate_per_slot):
            rate = replace(seen, name=REQUESTS, unit="requests/s")
            asked = float(steady.pool_requests[row, s])
            most = pool.capacity * pool.rate_per_slot
            refused = max(1.0 - most / asked, 0.0) if asked > 0 else 0.0
            found.append(_use("requests", pool.id, rate, asked, most, refused))
    return found


def _consumers(steady: Steady, consumers: Sequence[tuple[str, Limit]], s: int) -> list[LimitUse]:
    """What polls or reads it, where that has an upper end."""
    compiled = steady.compiled
    found = []
    for name, seen in consumers:
        row = compiled.rows[name]
        place = int(np.flatnonzero(compiled.held == row)[0])
        # What it takes now where it falls behind; else what it could take with all its lanes.
        behind = steady.held.growth[place, s] > 0
        capacity = float((steady.held.passed if behind else steady.held.most)[place, s])
        if np.isfinite(capacity):
            rate = float(steady.offered[row, s])
            found.append(_use("consumer", name, seen, rate, capacity, 0.0))
    return found
