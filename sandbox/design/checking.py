"""A table of settings against its model: every problem, in words a person can act on.

pydantic finds what is wrong; here it is said with the key's path, the bound and where the
bound comes from, and the nearest name that is right.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sandbox.design.fields import Keys, by_name, fields_at, models_in
from sandbox.design.wording import nearest, said
from sandbox.errors import Problem

Model = TypeVar("Model", bound=BaseModel)


def check(
    model: type[Model], table: Mapping[str, object], path: str, subject: str, names: Iterable[str] = ()
) -> tuple[Model | None, list[Problem]]:
    """Validate a table, strictly: no text for numbers, no numbers for yes or no.

    Args:
        model: The model to build.
        table: Keys and values as TOML has them.
        path: Dotted path of the table, in front of every problem's path.
        subject: What a key would be a setting of, as in `an SQS queue`.
        names: Further keys that are legal beside the model's own, to suggest.

    Returns:
        The model and no problems, or nothing and every problem.
    """
    raw = _tuples(table, (model,))
    try:
        return model.model_validate(raw, strict=True), []
    except ValidationError as error:
        details = _not_twice(_one_way(model, error.errors(include_url=False), raw))
    return None, [_problem(model, raw, item, path, subject, tuple(names)) for item in details]


def _tuples(value: Any, models: tuple[type[BaseModel], ...]) -> Any:
    """Lists as tuples, which frozen models hold; free keys beside a model's fields stay as they are."""
    if isinstance(value, Mapping):
        fields = {key: field for model in models for key, field in by_name(model).items()}
        return {
            key: _tuples(item, tuple(models_in(fields[key].annotation))) if key in fields else item
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return tuple(_tuples(item, models) for item in value)
    return value


def _keys(location: Keys, raw: Any) -> tuple[Keys, Keys]:
    """Split an error's location into keys of the file and names of the forms that were tried."""
    keys: list[str | int] = []
    forms: list[str | int] = []
    for place, part in enumerate(location):
        last = place == len(location) - 1
        if isinstance(raw, dict) and (part in raw or last):
            raw = raw.get(part)
            keys.append(part)
        elif isinstance(raw, tuple) and isinstance(part, int) and part < len(raw):
            raw = raw[part]
            keys.append(part)
        else:
            forms.append(part)
    return tuple(keys), tuple(forms)


def _one_way(model: type[BaseModel], errors: list[ErrorDetails], raw: Any) -> list[ErrorDetails]:
    """Of a table with several forms, keep the errors of the form it fits best."""
    groups: dict[Keys, dict[Keys, list[ErrorDetails]]] = {}
    for error in errors:
        keys, forms = _keys(error["loc"], raw)
        groups.setdefault(keys[:1] if forms else keys, {}).setdefault(forms, []).append(error)
    kept: list[ErrorDetails] = []
    for keys, ways in groups.items():
        fit = {form: _strangeness(model, keys, form, found) for form, found in ways.items()}
        kept += ways[min(fit, key=fit.__getitem__)]
    return kept


def _not_twice(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without keys that are missing because they are misspelt: the misspelling is told."""
    missing = {str(error["loc"][-1]) for error in errors if error["type"] == "missing"}
    misspelt = [str(e["loc"][-1]) for e in errors if e["type"] == "extra_forbidden"]
    found = {name for name in missing if any(nearest(key, [name]) for key in misspelt)}
    return [e for e in errors if not (e["type"] == "missing" and e["loc"][-1] in found)]


def _strangeness(model: type[BaseModel], keys: Keys, form: Keys, errors: list[ErrorDetails]) -> int:
    """How far a form's errors say that it was not meant at all."""
    names = [
        name
        for field in fields_at(model, keys)
        for inner in models_in(field.annotation)
        if inner.__name__ in form
        for name in by_name(inner)
    ]
    weights = {"extra_forbidden": 10, "literal_error": 8, "missing": 5}
    return sum(2 if _misspelt(error, names) else weights.get(error["type"], 1) for error in errors)


def _misspelt(error: ErrorDetails, names: list[str]) -> bool:
    """Whether a strange key is nearly one of a form's."""
    return error["type"] == "extra_forbidden" and bool(nearest(str(error["loc"][-1]), names))


def _problem(
    model: type[BaseModel], raw: Any, error: ErrorDetails, path: str, subject: str, names: tuple[str, ...]
) -> Problem:
    keys, _ = _keys(error["loc"], raw)
    where = ".".join([path, *map(str, keys)] if path else map(str, keys))
    field = next(fields_at(model, keys), None)
    return Problem(f"{where}{said(model, field, error, keys, subject, names)}", where)
