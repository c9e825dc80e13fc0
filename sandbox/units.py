"""Numbers for people: three significant digits, thousands separators, and always a unit.

A number that is exact in three digits is written short (2.5, 24, 1,250); one that had to be
rounded shows the digits it was rounded to (24.0, 1,230).
"""

from collections.abc import Sequence
from decimal import Decimal
from math import floor, isfinite, isnan, log10

NOTHING = "–"
"""Stands where there is no value."""

_NEVER = 3e-8
"""Rates below are less than one a year [1/s]."""
_EXACT = 1e9
"""Whole numbers below are written in full."""
_TIMES = ((86_400.0, "d"), (3_600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
_SIZES = ("KB", "MB", "GB", "TB", "PB")


def number(value: float | None) -> str:
    """Three significant digits with thousands separators.

    >>> [number(x) for x in (24, 23.96, 1234.5, 0.0123456, 1_000_000, None)]
    ['24', '24.0', '1,230', '0.0123', '1,000,000', '–']
    """
    if value is None or isnan(value):
        return NOTHING
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    if float(value).is_integer() and abs(value) < _EXACT:
        return f"{int(value):,}"
    return _three_digits(value) if 1e-6 <= abs(value) < 1e15 else f"{value:.2e}"


def _three_digits(value: float) -> str:
    """Three significant digits without an exponent; fewer where the rest are exactly nothing."""
    rounded = Decimal(f"{value:.2e}")
    text = f"{rounded:,f}"
    exact = abs(float(rounded) - value) <= 1e-9 * abs(value)
    return text.rstrip("0").rstrip(".") if exact and "." in text else text


def quantity(value: float | None, unit: str) -> str:
    """A number with its unit.

    >>> quantity(1000, "requests/s"), quantity(None, "ms")
    ('1,000 requests/s', '–')
    """
    text = number(value)
    return text if text == NOTHING or not unit else f"{text} {unit}"


def plural(unit: str) -> str:
    """A billing unit as it stands behind a number.

    >>> [plural(u) for u in ("request", "request of 512 KB", "GB-second", "GB", "batches")]
    ['requests', 'requests of 512 KB', 'GB-seconds', 'GB', 'batches']
    """
    word, of, rest = unit.partition(" of ")
    ending = "" if not word or word.endswith("s") or word[-1].isupper() or word[-1].isdigit() else "s"
    return f"{word}{ending}{of}{rest}"


def rate(per_s: float | None) -> str:
    """Items per second; per minute or hour where they are few.

    >>> rate(200), rate(0.05), rate(0.0005), rate(0)
    ('200/s', '3/min', '1.8/h', '0/s')
    """
    if per_s is None or isnan(per_s):
        return NOTHING
    if abs(per_s) < _NEVER:
        return "0/s"
    if abs(per_s) >= 0.1:
        return f"{number(per_s)}/s"
    return f"{number(per_s * 60)}/min" if abs(per_s) * 60 >= 0.1 else f"{number(per_s * 3600)}/h"


def duration(seconds: float | None) -> str:
    """A time in the unit that fits it.

    >>> [duration(s) for s in (0.1431, 0.0005, 29, 90, 4_500, 345_600, 0)]
    ['143 ms', '500 µs', '29 s', '1.5 min', '1.25 h', '4 d', '0 s']
    """
    if seconds is None or isnan(seconds):
        return NOTHING
    for length, unit in _TIMES:
        if abs(seconds) >= length * 0.9995:
            return f"{number(round(seconds / length, 9))} {unit}"
    return "0 s" if abs(seconds) < 1e-9 else f"{number(seconds / 1e-6)} µs"


def milliseconds(ms: float | None) -> str:
    """A time given in milliseconds, in the unit that fits it.

    >>> milliseconds(143.12), milliseconds(2500)
    ('143 ms', '2.5 s')
    """
    return duration(None if ms is None else ms / 1000)


def size(kb: float | None) -> str:
    """A size given in binary kilobytes, in the unit that fits it.

    >>> size(2), size(1024), size(0.25), size(10 * 1024 * 1024)
    ('2 KB', '1 MB', '256 B', '10 GB')
    """
    if kb is None or isnan(kb):
        return NOTHING
    if 0 < abs(kb) < 1:
        return f"{number(kb * 1024)} B"
    place = 0
    while abs(kb) >= 1024 and place < len(_SIZES) - 1:
        kb /= 1024
        place += 1
    return f"{number(kb)} {_SIZES[place]}"


def usd(amount: float | None) -> str:
    """Money in US dollars with cents; three significant digits where it is less than a cent.

    >>> usd(212.4), usd(1234.567), usd(0.0042), usd(-3), usd(0)
    ('$212.40', '$1,234.57', '$0.0042', '−$3.00', '$0.00')
    """
    if amount is None or isnan(amount):
        return NOTHING
    if not isfinite(amount):
        return "∞"
    sign = "−" if amount < 0 else ""
    if 0 < abs(amount) < 0.005:
        return f"{sign}${_three_digits(abs(amount)) if abs(amount) > 1e-12 else '0.00'}"
    return f"{sign}${abs(amount):,.2f}"


def percent(share: float | None) -> str:
    """A share in per cent.

    >>> percent(0.168), percent(0.02), percent(1), percent(0.00131), percent(2.5)
    ('16.8 %', '2 %', '100 %', '0.131 %', '250 %')
    """
    if share is None or isnan(share):
        return NOTHING
    return f"{number(round(100 * share, 9))} %"


def success(ratio: float | None) -> str:
    """A share that should be all: just below it, with enough digits to show what is missing.

    >>> success(0.99987), success(0.9999999), success(0.5), success(1)
    ('99.987 %', '99.99999 %', '50 %', '100 %')
    """
    if ratio is None or not 0.99 < ratio < 1:
        return percent(ratio)
    digits = min(8, 1 - floor(log10(100 * (1 - ratio))))
    return f"{100 * ratio:.{digits}f}".rstrip("0").rstrip(".") + " %"


def times(multiplier: float | None) -> str:
    """A multiplier of the load.

    >>> times(1), times(1.4), times(12.345), times(250.4)
    ('×1.00', '×1.40', '×12.3', '×250')
    """
    if multiplier is None or isnan(multiplier):
        return NOTHING
    if not isfinite(multiplier) or multiplier >= 999.5:
        return f"×{number(multiplier)}"
    digits = 2 if multiplier < 9.995 else 1 if multiplier < 99.95 else 0
    return f"×{multiplier:.{digits}f}"


def ahead(months: float) -> str:
    """When something will be that is so many months away.

    >>> [ahead(months) for months in (0.4, 1, 6.9, 40)]
    ['within a month', 'in a month', 'in 7 months', 'in 3.3 years']
    """
    whole = round(months)
    if whole <= 1:
        return "in a month" if months >= 1 else "within a month"
    return f"in {whole} months" if whole <= 24 else f"in {number(round(months / 12, 1))} years"


def change(now: float | None, before: float | None) -> str:
    """The change against a baseline, with its sign; nothing where there is none to speak of.

    >>> change(150, 100), change(95, 100), change(100, 100), change(1, None)
    ('+50 %', '−5 %', '', '')
    """
    if now is None or before is None or now == before:
        return ""
    if before == 0 or not isfinite(now) or not isfinite(before):
        return "new" if before == 0 else ""
    share = now / before - 1
    if abs(share) < 0.0005:
        return ""
    return f"{'+' if share > 0 else '−'}{percent(abs(share))}"


def listed(titles: Sequence[str]) -> str:
    """Some titles as words; no more than two by name.

    >>> listed(("a",)), listed(("a", "b")), listed(("a", "b", "c", "d"))
    ('a', 'a and b', 'a, b and 2 more')
    """
    if len(titles) > 2:
        return f"{', '.join(titles[:2])} and {len(titles) - 2} more"
    return " and ".join(titles)
