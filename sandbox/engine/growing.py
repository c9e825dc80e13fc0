"""When a load that grows by a share of itself each month has come to a multiple of what it is."""

from collections.abc import Sequence
from math import exp, inf, log

PRECISION = 1e-6
ROUNDS = 100


def months_until(multiplier: float, parts: Sequence[tuple[float, float]]) -> float:
    """Months until the sum of parts that each grow at their own pace is a multiple of what it is now.

    Args:
        multiplier: Multiple of the present sum.
        parts: The present size of each part, in any unit, and the share by which it grows each month.

    Returns:
        The t with Σ size (1 + growth)^t = multiplier × Σ size; 0 where it is there already, infinite
        where nothing grows. With one growth it is ln(multiplier) ÷ ln(1 + growth):

    >>> round(months_until(2.0, [(1.0, 0.05)]), 2)
    14.21

    Half of it grows by a tenth and has to treble (100 × 1.1^t + 100 = 400):

    >>> round(months_until(2.0, [(100, 0.1), (100, 0.0)]), 4), round(log(3) / log(1.1), 4)
    (11.5267, 11.5267)
    >>> months_until(2.0, [(100, 0.0)]), months_until(0.8, [(100, 0.1)])
    (inf, 0.0)
    """
    whole = sum(size for size, _ in parts)
    paces = [(size / whole, log(1.0 + growth)) for size, growth in parts if size > 0]
    if multiplier <= 1.0:
        return 0.0
    wanted = log(multiplier)
    # A growing part alone gets there no sooner than all together. The logarithm of such a sum is convex,
    # so that Newton's method comes down from there and never passes the answer.
    months = min(((wanted - log(size)) / pace for size, pace in paces if pace > 0.0), default=inf)
    if months == inf:
        return inf
    for _ in range(ROUNDS):
        terms = [(size * exp(pace * months), pace) for size, pace in paces]
        there = sum(term for term, _ in terms)
        slope = sum(term * pace for term, pace in terms) / there
        step = (wanted - log(there)) / slope
        months += step
        if abs(step) < PRECISION:
            break
    return months
