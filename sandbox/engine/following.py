"""Slots that follow their use: how many are there in the long run, and what they draw on."""

import numpy as np

from sandbox.engine.compiled import Array, Compiled

TINY = 1e-12
EVEN = 1e-9
"""A load that needs a whole number of steps up to rounding needs no further one."""


def slots_wanted(compiled: Compiled, load: Array, before: Array, *, stay: bool) -> Array:
    """Slots of every pool once scaling has come to rest.

    Args:
        compiled: The network.
        load: Erlangs offered to each pool [pool, scenario].
        before: The slots of the last round.
        stay: Slots are no longer taken away: one that is only half needed would come and go for ever.

    Returns:
        The capacity of pools that do not follow; of the others what the target asks for, in whole steps
        between the least and the capacity.
    """
    most = compiled.slots["capacity"] + np.zeros_like(load)
    if len(compiled.tracked):
        wanted = target_slots(load[compiled.tracked], compiled.tracking)
        if stay:
            wanted = np.maximum(wanted, before[compiled.tracked])
        most[compiled.tracked] = np.minimum(wanted, most[compiled.tracked])
    return most


def ready_wanted(compiled: Compiled, load: Array, before: Array, *, stay: bool) -> Array:
    """Environments of each kind that are kept ready once scaling has come to rest.

    Args:
        compiled: The network.
        load: Erlangs offered to each station [station, scenario].
        before: Those of the last round.
        stay: They are no longer taken away.
    """
    ready = compiled.environments["ready"] + np.zeros((1, load.shape[1]))
    if len(rows := compiled.tracked_ready):
        total = np.zeros_like(ready)
        having = np.flatnonzero(compiled.env_of >= 0)
        np.add.at(total, compiled.env_of[having], load[having])
        wanted = target_slots(total[rows], compiled.tracking_ready)
        wanted = np.maximum(wanted, before[rows]) if stay else wanted
        ready[rows] = np.minimum(wanted, ready[rows])
    return ready


def given_back(compiled: Compiled, ready: Array) -> Array | float:
    """Slots of each pool that are there for all because fewer are kept ready than may be [pool, scenario]."""
    if not len(compiled.tracked_ready):
        return 0.0
    found = np.zeros((len(compiled.slots["capacity"]), ready.shape[1]))
    for pool, env in compiled.ready_in:
        found[pool] += compiled.environments["ready"][env] - ready[env]
    return found


def target_slots(load: Array, tracking: dict[str, Array]) -> Array:
    """Slots at which a load is the target's share of them, in whole steps, at least the least.

    Args:
        load: Slots in use [Erlang].
        tracking: `least`, `target` and `step`.

    3.2 in use at a target of 0.8 are 4; in steps of 3 they are 6.

    >>> rule = {"least": np.array([1.0]), "target": np.array([0.8]), "step": np.array([0.0])}
    >>> target_slots(np.array([3.2]), rule).tolist(), target_slots(
    ...     np.array([3.2]), rule | {"step": np.array([3.0])}).tolist()
    ([4.0], [6.0])
    """
    step = tracking["step"]
    whole = np.maximum(step, TINY)
    wanted = load / tracking["target"]
    wanted = np.where(step > 0, np.ceil(wanted / whole - EVEN) * whole, wanted)
    return np.maximum(wanted, tracking["least"])


def drawn(compiled: Compiled, slots: Array, demand: Array) -> Array:
    """The slots that the quotas they draw on leave them; what they ask for is added to the demand.

    Where more is drawn than a quota has, all that draw on it have as much less.

    Args:
        compiled: The network.
        slots: Slots of each pool that are wanted [pool, scenario].
        demand: Units asked of each quota [quota, scenario]; changed.
    """
    if not len(compiled.draw_pool):
        return slots
    asked = slots[compiled.draw_pool] * compiled.draw["units"]
    np.add.at(demand, compiled.draw_quota, asked)
    capacity = compiled.quota["capacity"] + np.zeros_like(demand)
    fits = np.minimum(1.0, capacity / np.maximum(demand, TINY))
    there = np.ones_like(slots)
    share = np.where(compiled.draw["units"] > 0, fits[compiled.draw_quota], 1.0)
    np.minimum.at(there, compiled.draw_pool, share)
    return slots * there
