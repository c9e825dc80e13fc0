"""Durations as people write them: 90, 90s, 1h30m, 2d."""

import re

UNITS_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|min|[smhdw])?\s*")


def seconds(text: str) -> float | None:
    """A duration in seconds; a bare number counts seconds. None where it is no duration.

    >>> seconds("1h30m"), seconds("90"), seconds("250ms"), seconds("1.5 h"), seconds("soon")
    (5400.0, 90.0, 0.25, 5400.0, None)
    """
    total, place, plain = 0.0, 0, text.strip().lower()
    if not plain:
        return None
    while place < len(plain):
        part = _PART.match(plain, place)
        if part is None:
            return None
        total += float(part[1]) * UNITS_S[part[2] or "s"]
        place = part.end()
    return total
