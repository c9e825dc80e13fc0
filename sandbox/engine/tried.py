"""How often something was tried: a branch for each number of tries, the many together in the last."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sandbox.engine.compiled import Array
from sandbox.engine.held_waits import MANY, powers
from sandbox.engine.mixture import Mixture

BRANCHES: Final = 8


@dataclass(frozen=True)
class Tried:
    """Chances of k failures before the end, k = 0, 1, … [..., branch, S]."""

    chance: Array
    failures: Array
    """Mean failures of the branch."""
    spread: Array
    """Their variance: only the last branch has several numbers in it."""

    def lasting(self, failure: Array, variance: Array) -> Mixture:
        """Time of the failures alone, each so long: a mixture of as many components as branches.

        Args:
            failure: Mean of one failure with the pause after it [..., S].
            variance: Its variance.
        """
        mean, wide = failure[..., None, :], variance[..., None, :]
        return Mixture(self.chance, self.failures * mean, self.failures * wide + self.spread * mean**2)


def until_success(failing: Array, most: Array) -> Tried:
    """Failures before a success that comes within so many tries: P(k) ∝ qᵏ for k < m.

    Args:
        failing: q, the chance that one try fails [..., S].
        most: m, the first try included.

    Half fail, and there are three tries: 4 of 7 successes come at once.

    >>> sut = until_success(np.array([0.5]), np.array([3.0]))
    >>> (sut.chance[:3, 0] * 7).round(9).tolist()
    [4.0, 2.0, 1.0]
    """
    failing, most = np.broadcast_arrays(failing, most)
    terms = np.arange(max(int(most.max(initial=1.0)), BRANCHES), dtype=np.float64)[:, None]
    powered = np.where(terms < most[..., None, :], failing[..., None, :] ** terms, 0.0)
    powered /= powered.sum(axis=-2, keepdims=True)
    last = BRANCHES - 1
    chance = np.concatenate(
        [powered[..., :last, :], powered[..., last:, :].sum(axis=-2, keepdims=True)], axis=-2
    )
    weight = powered[..., last:, :] / np.maximum(chance[..., last:, :], 1e-300)
    mean = (weight * terms[last:]).sum(axis=-2)
    spread = (weight * (terms[last:] - mean[..., None, :]) ** 2).sum(axis=-2)
    failures, wide = np.broadcast_to(terms[:BRANCHES], chance.shape).copy(), np.zeros_like(chance)
    failures[..., last, :], wide[..., last, :] = mean, spread
    return Tried(chance, failures, wide)


@dataclass(frozen=True)
class Executed:
    """Chances of so many executions, the failures before the last one and the pauses after each."""

    tried: Tried
    pauses: Array
    """All the pauses of a branch [s], [..., branch, S]."""


def until_the_end(failing: Array, most: Array, pause: Array, growth: Array) -> Executed:
    """Failures before the last try, which succeeds or was the last one allowed.

    Args:
        failing: q, the chance that one try fails [..., S].
        most: m, the first try included; may be infinite.
        pause: Seconds after the first failure.
        growth: Factor by which that grows from one failure to the next.

    All fail and there are three tries, with pauses of one and of two minutes:

    >>> one = np.ones(1)
    >>> sut = until_the_end(one, 3 * one, 60 * one, 2 * one)
    >>> sut.tried.chance[:4, 0].tolist(), sut.pauses[2, 0].tolist()
    ([0.0, 0.0, 1.0, 0.0], 180.0)
    """
    failing, most, pause, growth = np.broadcast_arrays(failing, np.minimum(most, MANY), pause, growth)
    q, m, g = failing[..., None, :], most[..., None, :], growth[..., None, :]
    before = np.arange(BRANCHES, dtype=np.float64)[:, None]
    chance = np.where(before < m - 1.0, q**before * (1.0 - q), np.where(before < m, q**before, 0.0))
    failures = np.broadcast_to(before, chance.shape).copy()
    spread = np.zeros_like(chance)
    paused = pause[..., None, :] * powers(g, before)
    # What has failed so often may go on: the last branch stands for all of that.
    last = BRANCHES - 1
    more = np.maximum(most - BRANCHES, 0.0)
    further = failing * powers(failing, more)
    longer = np.minimum(failing * powers(failing * growth, more), 1e300)
    chance[..., last, :] = np.where(most >= BRANCHES, failing**last, 0.0)
    failures[..., last, :] += further
    spread[..., last, :] = further * (1.0 + further)
    paused[..., last, :] += np.minimum(pause * growth**last * longer, 1e300)
    return Executed(Tried(chance, failures, spread), paused)
