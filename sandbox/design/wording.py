"""What is wrong with a value, in words a person can act on.

A sentence says the key, the value, and what would be right: the bound and where it comes
from, the choices, or the nearest name.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from sandbox.design.fields import Keys, by_name, extra, fields_at, models_in

_BOUNDS = {
    "greater_than_equal": ("ge", "below"),
    "greater_than": ("gt", "not above"),
    "less_than_equal": ("le", "more than"),
    "less_than": ("lt", "not below"),
}
_KINDS = {
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "text in quotes",
    "tuple_type": "a list",
    "model_type": "a table",
    "dict_type": "a table",
    "mapping_type": "a table",
}
_PLAIN = {
    "missing": "is missing",
    "finite_number": "is not a number that can be computed with",
}


def nearest(name: str, names: Iterable[str]) -> str:
    """A sentence with the nearest of *names*, or nothing when none is near.

    >>> nearest("memroy_mb", ["memory_mb", "timeout_s"])
    " Did you mean 'memory_mb'?"
    >>> nearest("colour", ["memory_mb"])
    ''
    """
    known = list(names)
    lowered = {other.lower(): other for other in reversed(known)}
    found = get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    return f" Did you mean '{lowered[found[0]]}'?" if found else ""


def a(noun: str) -> str:
    """A noun with its article, as it is spoken.

    >>> a("SQS queue"), a("Lambda function"), a("HTTP API"), a("S3 bucket"), a("Kinesis stream")
    ('an SQS queue', 'a Lambda function', 'an HTTP API', 'an S3 bucket', 'a Kinesis stream')
    """
    first = noun.split(" ", maxsplit=1)[0]
    spelt = first.isupper() or any(letter.isdigit() for letter in first)
    vowels = "AEFHILMNORSX" if spelt else "AEIOUaeiou"
    return f"{'an' if first[:1] in vowels else 'a'} {noun}"


def shown(value: object) -> str:
    """A value as a person would have written it in TOML, cut where it is long.

    >>> shown(200.0), shown(True), shown("x"), shown(2048), shown((1, True))
    ('200', 'true', "'x'", '2048', '[1, true]')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list | tuple):
        text = f"[{', '.join(map(shown, value[:20]))}]"
    else:
        text = repr(value) if isinstance(value, str | float | int) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def said(
    model: type[BaseModel],
    field: FieldInfo | None,
    error: ErrorDetails,
    keys: Keys,
    subject: str,
    names: tuple[str, ...],
) -> str:
    """What stands behind the path in a message: the value, and what would be right.

    Args:
        model: The model of the whole table.
        field: The field that is wrong, where there is one.
        error: What pydantic found.
        keys: The field's keys within the table.
        subject: What a key would be a setting of, as in `an SQS queue`.
        names: Further legal keys of the table, to suggest.
    """
    kind, value = error["type"], error["input"]
    if kind == "extra_forbidden":
        return _stranger(model, keys, subject, names)
    words = error["msg"].removeprefix("Value error, ")
    if kind == "value_error":
        return f": {words}"
    if kind == "union_tag_invalid":
        return f" has no form {_form(error)}"
    if kind in _BOUNDS:
        words = f"is {_bound(field, error)}"
    elif kind == "literal_error":
        words = f"is {_choices(value, error)}"
    elif kind in _KINDS:
        words = f"must be {_KINDS[kind]}{_unit(field, ' of ' if kind == 'int_type' else ' in ')}"
        if kind == "int_type" and isinstance(value, float) and value.is_integer():
            words += ", written without a point or an exponent"
    elif kind == "string_too_long":
        words = f"has {len(value):,} characters; {error['ctx']['max_length']:,} are the most"
    else:
        words = _PLAIN.get(kind, f"is refused: {words[:1].lower()}{words[1:]}")
    return f" {words}" if kind == "missing" else f" = {shown(value)} {words}"


def _stranger(model: type[BaseModel], keys: Keys, subject: str, names: tuple[str, ...]) -> str:
    """A key that is not a setting."""
    if len(keys) == 1:
        return f" is not a setting of {subject}.{nearest(str(keys[0]), [*by_name(model), *names])}"
    around = [inner for field in fields_at(model, keys[:-1]) for inner in models_in(field.annotation)]
    return (
        f" is not a setting of `{keys[-2]}`.{nearest(str(keys[-1]), [n for m in around for n in by_name(m)])}"
    )


def _choices(value: object, error: ErrorDetails) -> str:
    """The values there are, and the nearest."""
    expected = error["ctx"]["expected"]
    choices = re.findall(r"'([^']*)'", expected)
    listed = expected.replace("'", '"')
    return f"not {'one of ' if len(choices) > 1 else ''}{listed}.{nearest(str(value), choices)}"


def _form(error: ErrorDetails) -> str:
    """The form of a table that there is not, the forms there are, and the nearest."""
    tag, tags = error["ctx"]["tag"], error["ctx"]["expected_tags"].replace("'", "")
    return f"'{tag}'; it has {tags}.{nearest(tag, tags.split(', '))}"


def _bound(field: FieldInfo | None, error: ErrorDetails) -> str:
    key, words = _BOUNDS[error["type"]]
    bound = f"{error['ctx'][key]:,g}" if abs(error["ctx"][key]) < 1e6 else f"{error['ctx'][key]:,.0f}"
    known = extra(field)
    if "aws" in known:
        return f"{words} what AWS takes ({known['aws']}): {bound}{_unit(field)}"
    end = "least" if key in ("ge", "gt") else "most"
    return f"{words} the {end} there is: {bound}{_unit(field)}"


def _unit(field: FieldInfo | None, before: str = " ") -> str:
    unit = extra(field).get("unit", "")
    return f"{before}{unit}" if unit else ""
