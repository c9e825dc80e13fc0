"""From typed text to a field's value, or to a sentence that says what would be right."""

import math
import re
from difflib import get_close_matches

from widgets.form.field import Field, Value, range_text, value_text

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([kM]?)", re.IGNORECASE | re.ASCII)
_SUFFIX = {"": 1, "k": 1_000, "m": 1_000_000}
_FLAGS = {
    "on": True,
    "yes": True,
    "true": True,
    "1": True,
    "off": False,
    "no": False,
    "false": False,
    "0": False,
}


def parse(field: Field, text: str) -> Value:
    """Read what a person typed for *field*.

    Args:
        field: What the value is for; its bounds and choices are kept to.
        text: As typed. Numbers may have thousands separators (`10,240`, `10_240`), the suffixes k and M,
            and the field's own unit behind them. Nothing, or a dash, unsets an optional field.

    Raises:
        ValueError: The sentence to show; it says what would be right.

    >>> parse(Field("m", "memory", "integer", 128, unit="MB", low=128, high=10_240), "1_024 MB")
    1024
    """
    text = text.strip()
    if field.optional and text in {"", "-", "–"}:
        return None
    if field.kind == "text":
        return text
    if not text:
        raise ValueError(f"{field.label} needs a value")
    if field.kind == "flag":
        return _flag(text)
    return _choice(field, text) if field.kind == "choice" else check_bounds(field, _number(field, text))


def check_bounds(field: Field, value: float) -> float:
    """Return *value* if it lies within the bounds of *field*.

    Raises:
        ValueError: It does not; the sentence names the range.
    """
    low = -math.inf if field.low is None else field.low
    high = math.inf if field.high is None else field.high
    if not low <= value <= high or (field.above_low and value == low):
        raise ValueError(f"{value_text(value)} is outside {range_text(field)}")
    return value


def starts_typing(field: Field | None, character: str) -> bool:
    """Whether a character pressed on *field* begins a new value.

    Digits begin a number; a text begins with anything but the two letters that move the cursor.
    """
    if field is None or field.kind in {"flag", "choice"}:
        return False
    if field.kind == "text":
        return character not in "jk" and not character.isspace()
    return character.isdecimal() or (character == "." and field.kind == "number")


def _number(field: Field, text: str) -> float:
    """A finite number, whole where the field is."""
    bare = text.removesuffix(field.unit).strip() if field.unit else text
    found = _NUMBER.fullmatch(re.sub(r"(?<=\d)[,_\s](?=\d)", "", bare))
    if found is None:
        raise ValueError(f"“{text}” is not a number")
    value = float(found[1]) * _SUFFIX[found[2].lower()]
    if not math.isfinite(value):
        raise ValueError(f"“{text}” is too large")
    if field.kind == "number":
        return value
    if value != int(value):
        raise ValueError(f"{field.label} takes whole numbers")
    return int(value)


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.lower()]
    except KeyError:
        raise ValueError("must be on or off") from None


def _choice(field: Field, text: str) -> Value:
    """The choice meant: its name, or the beginning of only one."""
    named = {value_text(choice).lower(): choice for choice in field.choices}
    if text.lower() in named:
        return named[text.lower()]
    begun = [name for name in named if name.startswith(text.lower())]
    if len(begun) == 1:
        return named[begun[0]]
    near = get_close_matches(text.lower(), named, n=1)
    hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(named)}"
    raise ValueError(f"“{text}” is not a choice: {hint}")
