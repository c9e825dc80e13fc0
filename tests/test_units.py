"""Numbers for people."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import units

CASES = [
    (units.number, 0, "0"),
    (units.number, -0.0, "0"),
    (units.number, 0.5, "0.5"),
    (units.number, 24.04, "24.0"),
    (units.number, 999.6, "1,000"),
    (units.number, 3125, "3,125"),
    (units.number, 1_234_567.8, "1,230,000"),
    (units.number, -1234.5, "-1,230"),
    (units.number, 1e-5, "0.00001"),
    (units.number, 1e-12, "1.00e-12"),
    (units.number, 1e30, "1.00e+30"),
    (units.number, nan, "–"),
    (units.number, inf, "∞"),
    (units.rate, 1_000, "1,000/s"),
    (units.rate, 1 / 300, "0.2/min"),
    (units.duration, 0.9999, "1.00 s"),
    (units.duration, 59.99, "1.00 min"),
    (units.duration, 3600, "1 h"),
    (units.duration, 1e-9, "0.001 µs"),
    (units.milliseconds, None, "–"),
    (units.size, 0, "0 KB"),
    (units.size, 10_240, "10 MB"),
    (units.usd, 0.005, "$0.01"),
    (units.usd, 1e6, "$1,000,000.00"),
    (units.usd, 2e-7, "$0.0000002"),
    (units.percent, 0, "0 %"),
    (units.percent, 0.99, "99 %"),
    (units.success, 0.999, "99.9 %"),
    (units.percent, 2.5, "250 %"),
    (units.times, 9.999, "×10.0"),
    (units.times, 1e6, "×1,000,000"),
    (units.times, inf, "×∞"),
]


@pytest.mark.parametrize(("write", "value", "text"), CASES)
def test_written(write, value, text: str) -> None:
    """Three significant digits, thousands separators, a unit."""
    assert write(value) == text


@given(st.floats(min_value=1e-6, max_value=1e14))
def test_three_digits(value: float) -> None:
    """What is written is the number to half a unit of its third digit."""
    written = float(units.number(value).replace(",", ""))

    assert abs(written - value) <= 0.00501 * value


@given(st.floats())
def test_anything_can_be_written(value: float) -> None:
    """No number is refused, and none is written as nan."""
    for write in (
        units.number,
        units.rate,
        units.duration,
        units.size,
        units.usd,
        units.percent,
        units.times,
    ):
        assert "nan" not in write(value)


@given(st.floats(0, 1, exclude_max=True))
def test_less_than_all_is_never_all(share: float) -> None:
    """A success that is short of all of it never reads as 100 %, down to one in a billion."""
    if share < 1 - 1e-9:
        assert units.success(share) != "100 %"
