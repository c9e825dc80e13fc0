"""Where two costs cross."""

from collections.abc import Callable


def crossing(
    one: Callable[[float], float], other: Callable[[float], float], low: float, high: float
) -> float:
    """The load at which two costs are equal, found by halving."""
    below = one(low) < other(low)
    assert (one(high) < other(high)) is not below
    while high - low > 1e-4 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if (one(middle) < other(middle)) is below else (low, middle)
    return low
