"""What an edit is called in the history."""

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
