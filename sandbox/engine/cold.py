"""How often a request meets no warm environment, and how many environments are alive.

Environments are ranked, and a request takes the lowest-ranked one that is idle. What reaches rank k is what
the ranks before it could not take: λ·B(k − 1, a), Erlang B on the load. So rank k is used at the rate
λₖ = λ·(B(k − 1) − B(k)), and is found expired with probability exp(−λₖ·τ) after an idle expiry τ.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

CELLS: Final = 80
"""Ranks looked at; above a load of about 30 each stands for several, at most √a/6."""

BELOW: Final = 4.0
"""The window starts this many √a below the load; lower ranks are always busy and alike."""

ALWAYS_WARM: Final = 150.0
"""Where the expiry is this many durations, it starts at the load: lower ranks never expire."""

ABOVE: Final = 8.5
MARGIN: Final = 10.0
"""It ends 8.5·√a + 10 above: a Poisson number exceeds that with a probability below 1e-13."""

BLOCK: Final = 384
"""Entries computed at a time: their cells fit into a processor's cache."""

TINY: Final = 1e-12
HUGE: Final = 1e12
LEAST: Final = -700.0
"""Exponentials of less are slow to compute, and nothing."""

_LOG_FACTORIAL: Final[Array] = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, 256.0)))])


class ColdStarts(NamedTuple):
    """What expiring environments lead to."""

    share: Array
    """Probability that an admitted request needs a new environment."""

    alive: Array
    """Mean number of environments, those kept ready included."""


def cold_starts(
    rate: ArrayLike, load: ArrayLike, expiry: ArrayLike, ready: ArrayLike = 0.0, slots: ArrayLike = np.inf
) -> ColdStarts:
    """Share of cold starts and environments alive, P = Σ (B(k − 1) − B(k))·exp(−λₖτ) and Σ (1 − exp(−λₖτ)).

    Args:
        rate: Random arrivals λ offered to the environments [requests/s].
        load: λ × duration, a [Erlang].
        expiry: Idle time τ after which an environment is gone [s].
        ready: Environments kept ready, which are never cold and always alive [environments].
        slots: Most environments; may be infinite [environments].

    Returns:
        Share and number, in the broadcast shape. Without arrivals the next request is cold, unless one
        is ready.

    Six requests a minute of 1 ms, expiry 10 s: a request is cold after a pause of 10 s, e⁻¹.

    >>> sut = cold_starts(0.1, 0.0001, 10)
    >>> round(float(sut.share), 3), round(float(sut.alive), 3)
    (0.368, 0.632)
    """
    given = [np.asarray(x, np.float64) for x in (rate, load, expiry, ready, slots)]
    shape = np.broadcast_shapes(*(x.shape for x in given))
    flat = [np.broadcast_to(x, shape).reshape(-1) for x in given]
    size = flat[0].size
    parts = [_some([x[at : at + BLOCK] for x in flat]) for at in range(0, max(size, 1), BLOCK)]
    share, alive = parts[0] if len(parts) == 1 else map(np.concatenate, zip(*parts, strict=True))
    return ColdStarts(share.reshape(shape), alive.reshape(shape))


def _some(given: list[Array]) -> tuple[Array, Array]:
    """Share and number for one block of entries, on one axis."""
    flow, a, tau, kept, most = given
    a = np.minimum(np.maximum(a, TINY), HUGE)
    pauses = flow * tau
    window = _window(a, pauses)
    blocked, used = _shares(a, window)
    # The ranks below the window share what they take evenly.
    taken = 1.0 - blocked[:, -1] - used[:, -1] * 0.5 * (window.width + 1.0)
    lower = np.where(window.start > 0, np.maximum(taken, 0.0) / np.maximum(window.start, 1.0), 0.0)
    return _sum_up(pauses, lower, used, window, np.minimum(kept, most), most)


class _Window(NamedTuple):
    """Ranks up to *start* as one block, then cells (edge, edge + width], highest first on the last axis."""

    start: Array
    edge: Array
    width: Array

    def between(self, low: Array, high: Array) -> tuple[Array, Array]:
        """Return the ranks of the block and of each cell that lie in (low, high]."""
        block = np.maximum(np.minimum(self.start, high) - low, 0.0)
        cells = np.minimum(self.edge + self.width[:, np.newaxis], high[:, np.newaxis])
        cells -= np.maximum(self.edge, low[:, np.newaxis])
        return block, np.maximum(cells, 0.0, out=cells)


def _window(a: Array, pauses: Array) -> _Window:
    """Lay as few cells as are needed over the ranks that may be used and may expire."""
    spread = np.sqrt(a)
    start = np.maximum(np.floor(a - np.where(pauses > ALWAYS_WARM * a, 0.0, BELOW) * spread), 0.0)
    span = a - start + ABOVE * spread + MARGIN
    cells = min(CELLS, int(np.ceil(span.max()))) if span.size else 1
    width = np.maximum(span / cells, 1.0)
    edge = width[:, np.newaxis] * np.arange(cells - 1.0, -1.0, -1.0)
    edge += start[:, np.newaxis]
    return _Window(start, edge, width)


def _shares(a: Array, window: _Window) -> tuple[Array, Array]:
    """Return B(k) and B(k − 1) − B(k) at the middle rank *k* of each cell.

    B is the Poisson density over its distribution, and the distribution is summed from the upper end. Euler
    and Maclaurin's formula corrects for cells of more than one rank, over which the density is smooth.
    """
    width = window.width[:, np.newaxis]
    rank = window.edge + 0.5 * (width + 1.0)
    several = window.width > 1.0
    log_a = np.log(a)
    density = _density(a, log_a, rank, several)
    above = np.cumsum(density, axis=1)
    above *= width
    above -= 0.5 * (width + 1.0) * density
    if several.any():
        above += (width * width - 1.0) / 12.0 * density * (log_a[:, np.newaxis] - np.log(rank + 0.5))
    blocked = density / np.maximum(1.0 - above, density)
    rank /= np.maximum(1.0 - blocked, TINY) * a[:, np.newaxis]
    rank -= 1.0
    rank *= blocked
    return blocked, np.maximum(rank, 0.0, out=rank)


def _density(a: Array, log_a: Array, rank: Array, several: NDArray[np.bool_]) -> Array:
    """Poisson density aᵏe⁻ᵃ/k!: a table of k! for cells of one rank, Stirling's series for wider ones."""
    if not several.any():
        exponent = rank * log_a[:, np.newaxis]
        exponent -= a[:, np.newaxis]
        exponent -= _LOG_FACTORIAL[rank.astype(np.intp)]
        return np.exp(np.maximum(exponent, LEAST, out=exponent), out=exponent)
    if not several.all():
        density = np.empty_like(rank)
        for group in (several, ~several):
            density[group] = _density(a[group], log_a[group], rank[group], several[group])
        return density
    inverse = 1.0 / rank
    distance = a[:, np.newaxis] - rank
    exponent = np.log1p(distance * inverse)
    exponent *= rank
    exponent -= distance
    exponent -= inverse * (1 / 12 - inverse * inverse * (1 / 360 - inverse * inverse / 1260))
    np.exp(exponent, out=exponent)
    exponent *= np.sqrt(inverse * (0.5 / np.pi))
    return exponent


def _sum_up(
    pauses: Array, lower: Array, used: Array, window: _Window, ready: Array, most: Array
) -> tuple[Array, Array]:
    """Add the ranks above *ready* up to *most*; *pauses* is λτ, so that λₖτ = pauses × used."""
    gone = used * -pauses[:, np.newaxis]
    np.exp(np.maximum(gone, LEAST, out=gone), out=gone)
    gone_lower = np.exp(-pauses * lower)
    block, cells = window.between(ready, most)
    alive = ready + cells.sum(axis=1) + block * (1.0 - gone_lower)
    gone *= cells
    alive -= gone.sum(axis=1)
    cold = np.einsum("ij,ij->i", gone, used) + block * lower * gone_lower
    taken = np.ones_like(cold)
    if (most < window.edge[:, 0] + window.width).any():
        block, cells = window.between(np.zeros_like(most), most)
        taken = np.einsum("ij,ij->i", cells, used) + block * lower
    share = np.where(taken > 0, cold / np.where(taken > 0, taken, 1.0), ready < 1.0)
    return np.minimum(np.maximum(share, 0.0), 1.0), alive
