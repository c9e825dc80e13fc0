"""What an edit is called in the history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sandbox.app.present.fields import fields
from sandbox.app.present.wording import label, short_unit, spoken, subject_title
from sandbox.catalog.account_quotas import account_quotas
from sandbox.design.model import Design
from sandbox.design.paths import Place, find
from sandbox.units import duration, percent
from widgets.form.field import Value, value_text

LONG_S = 3600
"""Times from which seconds say little."""


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


@dataclass(frozen=True)
class Change:
    """A value that is laid over the design, in words."""

    what: str
    """Which setting of what."""
    old: str
    new: str
    """With the unit."""
    is_done: bool = field(default=False, repr=False)
    """Whether the value is that already."""


def several(design: Design, change: Mapping[str, object]) -> str:
    r"""Values by their whole paths in words, before they are laid over the design.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.ship]\nservice="lambda"\nlabel="Ship"\n', "shop")
    >>> several(shop, {"nodes.ship.timeout_s": 30, "account.lambda_concurrency": 2000})
    'timeout of Ship from 3 to 30 s, lambda concurrency of the account from 1,000 to 2,000 at once'
    """
    return ", ".join(f"{one.what} from {one.old} to {one.new}" for one in changes(design, change))


def changes(design: Design, change: Mapping[str, object]) -> Iterator[Change]:
    """Each value in words; None is the setting's default.

    Args:
        design: Before the change.
        change: Values by their whole paths, as a fix has them; those that lead nowhere are left out.
    """
    for path, value in change.items():
        place = find(path, design.nodes, design.edges, design.accounts, design.faults)
        if isinstance(place, Place):
            yield (
                _in_account(design, place, value)
                if "account" in place.section
                else _one(design, path, place, value)
            )


def _one(design: Design, path: str, place: Place, value: object) -> Change:
    """A setting of a node or an edge, or one that the design has of itself."""
    is_part = place.section in ("nodes", "edges")
    subject = f"{place.section}.{place.part}" if is_part else ""
    name = ".".join(place.keys) if is_part else path
    shown = next((field for field in fields(design, subject) if field.name == name), None)
    what = f"{spoken(name)} of {subject_title(design, subject)}"
    if shown is None:
        return Change(what, value_text(None), value_text(value))  # type: ignore[arg-type]  # a scalar
    new = shown.default if value is None else value
    unit = "" if shown.unit == spoken(name) else shown.unit  # shards, say, of which there are two
    return Change(what, *_in_unit(shown.value, new, unit), shown.value == new)  # type: ignore[arg-type]  # likewise


def _in_account(design: Design, place: Place, value: object) -> Change:
    """A quota of an account."""
    key = place.keys[0]
    account = design.accounts[place.part] if place.section == "accounts" else design.account
    fact = account_quotas().get(key)
    usual = account.default(key)
    new = usual if value is None else value
    whose = f"the account {place.part}" if place.part else "the account"
    unit = short_unit(fact.unit) if fact else ""
    now = account.in_force.get(key, usual)
    return Change(f"{spoken(key)} of {whose}", *_in_unit(now, new, unit), now == new)  # type: ignore[arg-type]


def _in_unit(old: Value, new: Value, unit: str) -> tuple[str, str]:
    """Both values as they are said, the unit where it is needed; long times in hours or days.

    >>> _in_unit(20, 62, "s"), _in_unit(345_600, 1_209_600, "s"), _in_unit(0, 0.9, "share")
    (('20', '62 s'), ('4 d', '14 d'), ('0', '90 %'))
    """
    if isinstance(old, int | float) and isinstance(new, int | float):
        if unit == "s" and min(old, new) >= LONG_S:
            return duration(old), duration(new)
        if unit == "share":
            return percent(old).removesuffix(" %"), percent(new)
    return value_text(old), f"{value_text(new)}{f' {unit}' if unit and new is not None else ''}"
