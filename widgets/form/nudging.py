"""The next value up or down: steps a person would take, not steps of one."""

import math
from bisect import bisect_left, bisect_right

from widgets.form.field import Field, Value

_BIG = 3
"""Steps at once when nudging with shift: ten times as much on a 1-2-5 scale."""

_USUAL = 10.0
"""Usual size of a number whose default does not say."""

_FINEST = 1e-12
"""Smallest step; a form shows no more decimals."""

_SHARES = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5,
           0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)  # fmt: skip
"""Stops of a share: as fine towards 1 as towards 0."""


def nudge(field: Field, direction: int, *, big: bool = False) -> Value:
    """The value one step from the present one.

    Flags flip and choices go round. Numbers stop at the field's own stops (`choices`), else go by its
    `step`, else along 1-2-5 of every power of ten; never past a bound. An unset number starts at its
    default, its smallest value, or 1.

    Args:
        field: The field with its present value.
        direction: -1 for down, 1 for up.
        big: Three stops at once (ten steps where the field has a `step`).

    >>> nudge(Field("d", "duration", "number", 80, unit="ms", low=0), 1)
    100.0
    >>> nudge(Field("r", "retries", "integer", 2, low=0, high=2), 1)
    2
    """
    if field.kind == "text":
        return field.value
    if field.kind == "flag":
        return not field.value
    if field.kind == "choice":
        return _next_choice(field, direction)
    if not isinstance(field.value, int | float):
        return _start(field)
    value = _clamped(field, _moved(field, float(field.value), direction, big=big))
    return int(value) if field.kind == "integer" else value


def _next_choice(field: Field, direction: int) -> Value:
    round_trip = ((None,) if field.optional else ()) + tuple(c for c in field.choices if c is not None)
    if field.value not in round_trip:
        return round_trip[0] if round_trip else field.value
    return round_trip[(round_trip.index(field.value) + direction) % len(round_trip)]


def _start(field: Field) -> Value:
    if field.default is not None:
        return field.default
    stops = [stop for stop in field.choices if isinstance(stop, int | float)]
    value = _clamped(field, stops[0] if stops else 1.0)
    return int(value) if field.kind == "integer" else value


def _moved(field: Field, value: float, direction: int, *, big: bool) -> float:
    stops = tuple(float(stop) for stop in field.choices if isinstance(stop, int | float))
    if not stops and field.kind == "number" and field.step is None and (field.low, field.high) == (0, 1):
        stops = _SHARES
    if stops:
        return _along(stops, value, direction * (_BIG if big else 1))
    if field.step is not None:
        return round(value + direction * field.step * (10 if big else 1), 12)
    if field.kind == "integer" and _span(field) <= 20:
        return value + direction * (5 if big else 1)
    for _ in range(_BIG if big else 1):
        value = _one_two_five(value, direction, _smallest(field))
    return value


def _along(stops: tuple[float, ...], value: float, count: int) -> float:
    """The stop *count* further on; between two stops the nearer ones count first."""
    at = bisect_right(stops, value) - 1 + count if count > 0 else bisect_left(stops, value) + count
    return stops[min(max(at, 0), len(stops) - 1)]


def _one_two_five(value: float, direction: int, smallest: float) -> float:
    """The next of 0 and ±(1, 2, 5) × 10ⁿ, whose smallest size is *smallest*."""
    if value < 0 or (value == 0 and direction < 0):
        return -_one_two_five(-value, -direction, smallest) or 0.0
    if direction > 0 and value < smallest:
        return smallest
    if direction < 0 and value <= smallest * (1 + 1e-9):
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    stops = [float(f"{power * lead:.12g}") for lead in (0.5, 1, 2, 5, 10, 20)]
    beyond = [stop for stop in stops if (stop - value) * direction > 1e-9 * value]
    return beyond[0] if direction > 0 else beyond[-1]


def _smallest(field: Field) -> float:
    """The first step from 0: 1 for whole numbers, else a thousandth of the usual size."""
    if field.kind == "integer":
        return 1.0
    given = field.default if isinstance(field.default, int | float) else None
    usual = given or min(field.high or _USUAL, _USUAL)  # a bound says how far one may go, not what is usual
    return float(max(10.0 ** (math.floor(math.log10(abs(usual))) - 3), _FINEST))


def _span(field: Field) -> float:
    return math.inf if field.low is None or field.high is None else field.high - field.low


def _clamped(field: Field, value: float) -> float:
    if field.low is not None and (value < field.low or (field.above_low and value <= field.low)):
        present = field.value if isinstance(field.value, int | float) else 1.0
        value = present if field.above_low else field.low
    return value if field.high is None else min(value, field.high)
