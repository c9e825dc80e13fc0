"""What an edit is called in the history."""

from collections.abc import Mapping

from sandbox.app.present.fields import fields
from sandbox.app.present.wording import label, subject_title
from sandbox.design.model import Design
from widgets.form.field import Value, value_text


def named(design: Design, subject: str, name: str, value: Value) -> str:
    r"""An edit in words, before it is applied.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.ship]\nservice="lambda"\nlabel="Ship"\n', "shop")
    >>> named(shop, "nodes.ship", "duration_ms", 80)
    'duration of Ship from 100 to 80 ms'
    """
    field = next((field for field in fields(design, subject) if field.name == name), None)
    old = value_text(field.value) if field else "–"
    unit = f" {field.unit}" if field and field.unit else ""
    return f"{label(name)} of {subject_title(design, subject)} from {old} to {value_text(value)}{unit}"


def several(design: Design, change: Mapping[str, object]) -> str:
    r"""Values by their whole paths in words, before they are laid over the design.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.ship]\nservice="lambda"\nlabel="Ship"\n', "shop")
    >>> several(shop, {"nodes.ship.timeout_s": 30, "account.lambda_concurrency": 2000})
    'timeout of Ship from 3 to 30 s, concurrency of Untitled design from 1,000 to 2,000 at once'
    """
    return ", ".join(_one(design, path, value) for path, value in change.items())


def _one(design: Design, path: str, value: object) -> str:
    section, *rest = path.split(".")
    if section not in ("nodes", "edges") or len(rest) < 2:  # which one, and which setting
        return named(design, "", path, value)  # type: ignore[arg-type]  # a scalar as every change is
    return named(design, f"{section}.{rest[0]}", ".".join(rest[1:]), value)  # type: ignore[arg-type]
