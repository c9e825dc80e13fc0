"""Finding a key's field in a model, through tables within tables."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Keys = tuple[str | int, ...]


def fields_at(model: type[BaseModel], keys: Keys) -> Iterator[FieldInfo]:
    """The fields that a path of keys may mean (several where a table has several forms)."""
    if not keys:
        return
    head, *rest = keys
    found = by_name(model).get(str(head))
    if found is None:
        return
    names = [key for key in rest if isinstance(key, str)]
    if not names:
        yield found
    for inner in models_in(found.annotation):
        yield from fields_at(inner, tuple(names))


def by_name(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """A model's fields by the name they have in the file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models that a field's annotation holds, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def extra(field: FieldInfo | None) -> dict[str, Any]:
    """What a field carries for people: `unit`, and AWS's own name as `aws`."""
    extra = field.json_schema_extra if field else None
    return dict(extra) if isinstance(extra, dict) else {}
