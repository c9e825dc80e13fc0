"""How full batches get, and how many lanes work on them.

A batch of n items takes D(n) = fixed + per_item·(n − 1) seconds; *fixed* is the batch of one, with its calls.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

FILL: Final = 0.9
"""Share of its capacity up to which a lane is used before another is added."""

PAYLOAD_KB: Final = 6144.0
"""Most of a batch's bytes, 6 MB [KB]."""

TINY: Final = 1e-150
ROUNDING: Final = 1e-9
SETTLED: Final = 1e-12
STEPS: Final = 60


def stream_batch(
    lane_rate: ArrayLike, hold: ArrayLike, fixed: ArrayLike, per_item: ArrayLike, most: ArrayLike
) -> Array:
    """Mean size of the batches, not counting empty reads, of a lane that is read on a timer or with a window.

    What arrives while one waits, x = rate · max(hold, D(n)), is read at once; a Poisson number of mean x
    that is not 0 has the mean n = x / (1 − e⁻ˣ). The right side is convex in n, so Newton's method
    climbs to the smallest solution without passing it; where there is none the batches fill up.

    Args:
        lane_rate: Arrival rate at one lane [items/s].
        hold: Batching window or polling interval, whichever is longer [s].
        fixed: Duration of a batch of one [s].
        per_item: Duration each further item adds [s/item].
        most: Largest batch [items].

    Returns:
        Mean batch, from 1 to *most* [items].

    A window of 20 s at 5/s fills 100 items; a busy lane fills up:

    >>> stream_batch([0, 5, 20], 20, 0.1, 0.01, 200).round(6).tolist()
    [1.0, 100.0, 200.0]
    """
    rate, pause, first, each = (np.asarray(x, np.float64) for x in (lane_rate, hold, fixed, per_item))
    limit = np.maximum(np.asarray(most, np.float64), 1.0)
    slope = rate * each
    size = np.minimum(_least_batch(rate, pause, first, slope), limit)
    for _ in range(STEPS):
        busy = first + each * (size - 1.0)
        x = np.maximum(rate * np.maximum(pause, busy), TINY)
        some = -np.expm1(-x)
        filled = x / some
        gap = filled - size
        if not ((gap > SETTLED * size) & (size < limit)).any():
            break
        growth = np.minimum(np.maximum((1.0 - filled * (1.0 - some)) / some, 0.5), 1.0)
        steep = np.where(busy > pause, slope * growth, 0.0)
        climb = np.where(steep < 1.0, gap / np.maximum(1.0 - steep, ROUNDING), np.inf)
        size = np.minimum(size + np.maximum(climb, 0.0), limit)
    return size


def _least_batch(rate: Array, pause: Array, first: Array, slope: Array) -> Array:
    """Return a size below or at the solution: that of the batches which an idle wait or a full lane fills."""
    x = np.maximum(rate * np.maximum(pause, first), TINY)
    start: Array = x / -np.expm1(-x)
    spare = 1.0 - slope
    full = (rate * first - slope) / np.where(spare > ROUNDING, spare, 1.0)
    return np.maximum(start, np.where(spare > ROUNDING, full, 1.0))


def queue_batch(lane_rate: ArrayLike, fixed: ArrayLike, per_item: ArrayLike, most: ArrayLike) -> Array:
    """Mean size of the batches of a poller that takes what is there at once, without a window.

    What arrived while it was busy: n = rate · D(n), linear in n and so solved at once.

    Args:
        lane_rate: Arrival rate at one poller [items/s].
        fixed: Duration of a batch of one [s].
        per_item: Duration each further item adds [s/item].
        most: Largest batch [items].

    Returns:
        Mean batch, from 1 to *most* [items].

    At 20/s a batch of n takes 0.1 + 0.01·(n − 1) s, so n = 1.8 / 0.8:

    >>> queue_batch([1, 20, 1000], 0.1, 0.01, 10).tolist()
    [1.0, 2.25, 10.0]
    """
    rate, first, each = (np.asarray(x, np.float64) for x in (lane_rate, fixed, per_item))
    limit = np.maximum(np.asarray(most, np.float64), 1.0)
    slope, work = rate * each, rate * first
    spare = 1.0 - slope
    size = np.where(spare > 0, (work - slope) / np.where(spare > 0, spare, 1.0), np.inf)
    return np.where(work > 1.0, np.minimum(np.maximum(size, 1.0), limit), 1.0)


def active_lanes(
    rate: ArrayLike, capacity_per_lane: ArrayLike, least: ArrayLike, most: ArrayLike, fill: float = FILL
) -> Array:
    """Lanes in use: the smallest whole number that takes the rate with a reserve.

    Args:
        rate: Arrival rate at all lanes together [items/s].
        capacity_per_lane: Most that one lane completes [items/s].
        least: Lanes that are always there [lanes].
        most: Lanes that may be there; wins over *least* [lanes].
        fill: Share of its capacity up to which a lane is used.

    Returns:
        Number of lanes k, with rate ≤ fill · k · capacity unless k is *most*.

    >>> active_lanes([10, 900, 901, 1e6], 100, 5, 1250).tolist()
    [5.0, 10.0, 11.0, 1250.0]
    """
    flow, limit = np.asarray(rate, np.float64), np.asarray(most, np.float64)
    needed = flow / np.maximum(fill * np.asarray(capacity_per_lane, np.float64), TINY)
    return np.minimum(np.maximum(np.ceil(needed * (1.0 - ROUNDING)), least), limit)


def bytes_cap(batch_max: ArrayLike, item_kb: ArrayLike, cap_kb: ArrayLike = PAYLOAD_KB) -> Array:
    """Largest batch in whole items, by number and by size; a single item always passes.

    Args:
        batch_max: Most items by setting [items].
        item_kb: Mean size of an item [KB].
        cap_kb: Most of a batch's bytes [KB].

    Returns:
        Most items of a batch, at least 1.

    >>> bytes_cap(100, [0, 10, 256, 10_000]).tolist()
    [100.0, 100.0, 24.0, 1.0]
    """
    fits = np.asarray(cap_kb, np.float64) / np.maximum(np.asarray(item_kb, np.float64), TINY)
    whole = np.floor(np.minimum(fits * (1.0 + ROUNDING), np.asarray(batch_max, np.float64)))
    return np.maximum(whole, 1.0)
