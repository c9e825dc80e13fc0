"""Even ticks of a chart's axes, and moments in words."""

from math import ceil, floor, log10

STEPS_S = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200,
    86_400, 172_800, 604_800,
)  # fmt: skip
"""Distances between ticks that people count in [s]."""
NICE = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def nice_top(highest: float) -> float:
    """The next even number from a value on.

    >>> nice_top(316), nice_top(0.07), nice_top(0), nice_top(1000)
    (400.0, 0.08, 1.0, 1000.0)
    """
    if highest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(highest))
    top = next(step for step in NICE if step * power >= highest * (1 - 1e-9))
    return float(f"{top * power:.12g}")


def nice_duration(highest_s: float) -> float:
    """The next even duration from a value on [s].

    >>> nice_duration(950), nice_duration(0.3), nice_duration(100_000)
    (1200.0, 0.3, 129600.0)
    """
    if highest_s <= 1:
        return nice_top(highest_s)
    unit = next(length for length in (86_400, 3600, 60, 1) if highest_s >= length * 0.999)
    counts = (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60)
    top = next((count * unit for count in counts if count * unit >= highest_s), None)
    return float(top) if top is not None else nice_top(highest_s / unit) * unit


def time_ticks(first: float, last: float, most: int) -> list[float]:
    """Even moments between two others, at most so many.

    >>> time_ticks(0, 3600, 5)
    [0.0, 900.0, 1800.0, 2700.0, 3600.0]
    """
    span = last - first
    step = next(
        (s for s in STEPS_S if span / s <= most - 1), ceil(span / max(most - 1, 1) / 604_800) * 604_800
    )
    start = ceil(first / step - 1e-9)
    return [float(place * step) for place in range(start, floor(last / step + 1e-9) + 1)]


def moment(time_s: float, span_s: float) -> str:
    """A moment as a clock shows it, as fine as a stretch of time needs.

    >>> moment(90, 600), moment(4500, 10_800), moment(2.5, 10)
    ('1:30', '1:15 h', '2.5 s')
    >>> moment(100_000, 400_000), moment(86_400, 400_000), moment(0, 400_000)
    ('1d 03h', '1d', '0d')
    """
    if span_s <= 20:
        return f"{time_s:g} s"
    if span_s <= 2 * 3600:
        return f"{int(time_s) // 60}:{int(time_s) % 60:02}"
    if span_s <= 2 * 86_400:
        return f"{int(time_s) // 3600}:{int(time_s) % 3600 // 60:02} h"
    days, hours = int(time_s) // 86_400, int(time_s) % 86_400 // 3600
    return f"{days}d {hours:02}h" if hours else f"{days}d"
