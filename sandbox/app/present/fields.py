"""The form of a node, an edge or the whole design, made from the models of the file.

A field's name is the rest of its path: `duration_ms` under `nodes.ship`, `users.count` where a
setting is a table of its own, and the whole path (`account.free_tier`) for the design itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sandbox.app.present import faulting, shapes, ways
from sandbox.app.present.wording import label, short_unit
from sandbox.catalog.account_quotas import account_quotas
from sandbox.catalog.connections import operations_of
from sandbox.catalog.facts import EVERYWHERE, facts
from sandbox.catalog.help import help_of
from sandbox.catalog.service import Settings, services
from sandbox.catalog.services.traffic import Traffic
from sandbox.design.fields import extra, models_in
from sandbox.design.model import Design
from sandbox.design.parts import AccountHead, DesignHead, Effort, Node, NodeHead
from widgets.form.field import Field, Kind, Value

_STOPS: dict[str, tuple[int, ...]] = {
    "memory_mb": (128, 256, 512, 768, 1024, 1536, 1769, 2048, 3072, 4096, 6144, 8192, 10_240),
    "measured_memory_mb": (128, 256, 512, 768, 1024, 1536, 1769, 2048, 3072, 4096, 6144, 8192, 10_240),
}
"""Values that nudging stops at; 1,769 MB is one vCPU."""

_OF_SERVICE = ("operation", "consistent")
"""What an edge says only where its target has several things to be done."""

COURSE = "profile"
"""The table with the course of a source's rate, which stands behind its choice."""
_HEAD = ("name", "region")
_ACCOUNT = ("free_tier", "free_tier_12_month", "preset")


def fields(design: Design, subject: str) -> tuple[Field, ...]:
    """The form of a part of the design; what an exercise locks is marked.

    Args:
        design: What the user drew.
        subject: `nodes.ship`, `edges.2`, or nothing for the design itself.
    """
    found, exercise = _fields(design, subject), design.exercise
    if exercise is None:
        return found
    section, _, part = subject.partition(".")
    edge = design.edges[int(part)] if section == "edges" else None
    whole = f"edges.{edge.source}>{edge.target}" if edge else subject
    return tuple(
        replace(field, locked=True, help=f"The exercise locks it. {field.help}".rstrip())
        if exercise.locks(path(whole, field.name))
        else field
        for field in found
    )


def _fields(design: Design, subject: str) -> tuple[Field, ...]:
    """The form of a part of the design."""
    section, _, part = subject.partition(".")
    if section == "nodes":
        node = design.nodes[part]
        settings = node.settings
        first, course = ways.field(settings), shapes.field(settings)
        faults = faulting.fields(design, part, of_settings)
        own = (first, *of_settings(settings, ()), *_of_head(node))
        found = (*own, course, *_of_course(settings), *_over_time(faults))
        return tuple(field for field in found if field is not None)
    if section == "edges":
        edge = design.edges[int(part)]
        return tuple(of_settings(edge.settings, operations_of(edge.connection)))
    return tuple(_of_design(design))


def path(subject: str, name: str) -> str:
    """The path of a field's value in the design.

    >>> path("nodes.ship", "duration_ms"), path("", "region")
    ('nodes.ship.duration_ms', 'region')
    """
    return f"{subject}.{name}" if subject else name


def changes(design: Design, subject: str, name: str, value: Value) -> Mapping[str, object]:
    """What giving a field another value means for the design: values by their paths."""
    if name.startswith(f"{faulting.NAME}."):
        return {faulting.path(design, subject.partition(".")[2], name): value}
    if name == faulting.NAME:
        return {}  # a whole table comes or goes
    choose = {ways.NAME: ways.values, shapes.NAME: shapes.values}.get(name)
    if choose is None:
        return {path(subject, name): value}
    traffic = design.nodes[subject.partition(".")[2]].settings
    said = choose(traffic, value) if isinstance(traffic, Traffic) else {}
    return {path(subject, key): each for key, each in said.items()}


@cache
def regions() -> tuple[str, ...]:
    """Regions that have prices, by name."""
    priced = (fact.usd for service in services() for fact in facts(service).prices.values())
    return tuple(sorted({region for usd in priced for region in usd} - {EVERYWHERE}))


def of_settings(settings: BaseModel, operations: tuple[str, ...], prefix: str = "") -> Iterator[Field]:
    """Scalar settings, a service's own before those of its kind; then those of the tables in it."""
    inner: list[tuple[str, BaseModel]] = []
    for name in _own_first(type(settings)):
        info = type(settings).model_fields[name]
        value = getattr(settings, name)
        if isinstance(value, Settings):
            if name != COURSE:
                inner.append((name, value))
        elif not any(models_in(info.annotation)) and (operations or name not in _OF_SERVICE):
            field = _template(type(settings), name, operations)
            if field is not None:
                yield _with(field, value, prefix)
    for name, table in inner:
        yield from of_settings(table, (), f"{prefix}{name}.")


def _of_head(node: Node) -> Iterator[Field]:
    """What a node of AWS's says beside its settings and its name."""
    field = _template(NodeHead, "team", ())
    if field is not None and node.kind.family != "source":
        yield _with(field, node.team)


def _of_course(settings: Settings) -> Iterator[Field]:
    """What the course of a source's rate is made of, under its choice."""
    if isinstance(settings, Traffic):
        yield from _over_time(of_settings(settings.profile, (), f"{COURSE}."))


def _over_time(found: Iterable[Field]) -> Iterator[Field]:
    """Fields under the heading of what only a timeline shows."""
    return (replace(field, section=faulting.SECTION) for field in found)


def _with(field: Field, value: Value, prefix: str = "") -> Field:
    """The field with its present value; cheaper than `dataclasses.replace`."""
    return Field(
        f"{prefix}{field.name}", field.label, field.kind, value, field.default, field.unit, field.low,
        field.high, field.above_low, field.step, field.choices, field.optional, field.help, field.aws_name,
        label(prefix.rstrip(".")) if prefix else field.section, field.note,
    )  # fmt: skip


@cache
def _own_first(model: type[BaseModel]) -> tuple[str, ...]:
    """Names of the settings: what a class adds stands before what it inherits.

    >>> from sandbox.catalog.services.fargate import Fargate
    >>> _own_first(Fargate)[:3]
    ('tasks', 'vcpu', 'memory_gb')
    """
    families = [base for base in model.__mro__ if issubclass(base, BaseModel)]
    inherited = {name: set(base.model_fields) for base, name in zip(families[1:], families, strict=False)}
    return tuple(
        name
        for family in families
        for name in model.model_fields
        if name in family.model_fields and name not in inherited.get(family, ())
    )


@cache
def _template(model: type[BaseModel], name: str, operations: tuple[str, ...]) -> Field | None:
    """All of a field but its value; None for what has only one value or is not a line of a form."""
    info = model.model_fields[name]
    known = [part for part in get_args(info.annotation) or (info.annotation,) if part is not NoneType]
    choices: tuple[Value, ...] = ()
    if get_origin(info.annotation) is Literal:
        choices = tuple(get_args(info.annotation))
    elif known and get_origin(known[0]) is Literal:
        choices = tuple(get_args(known[0]))
    default = None if info.is_required() else info.default
    if name == "operation":
        choices, default = operations, operations[0]
    if len(choices) == 1 and NoneType not in get_args(info.annotation):
        return None
    kind: Kind | None = "choice" if choices else _kind(known[0] if known else None)
    if kind is None:
        return None
    low, high, above_low = _bounds(info)
    words = extra(info)
    return Field(
        name=name,
        label=label(name),
        kind=kind,
        value=None,
        default=default,
        unit=short_unit(words.get("unit", "")),
        low=low,
        high=high,
        above_low=above_low,
        choices=choices or _STOPS.get(name, ()),
        optional=NoneType in get_args(info.annotation) and name != "operation",
        help=help_of(model).get(name, ""),
        aws_name=words.get("aws", ""),
    )


def _kind(annotation: Any) -> Kind | None:
    """What kind of line a type is edited in."""
    kinds: dict[Any, Kind] = {bool: "flag", int: "integer", float: "number", str: "text"}
    return kinds.get(annotation)


def _bounds(info: FieldInfo) -> tuple[float | None, float | None, bool]:
    """Smallest and largest value, and whether the smallest itself is too small."""
    low = high = None
    above = False
    for rule in info.metadata:
        if (least := getattr(rule, "ge", getattr(rule, "gt", None))) is not None:
            low, above = float(least), hasattr(rule, "gt")
        if (most := getattr(rule, "le", None)) is not None:
            high = float(most)
    return low, high, above


def _of_design(design: Design) -> Iterator[Field]:
    """What the design says of itself, of its account, and of the account's quotas."""
    for name in _HEAD:
        field = _template(DesignHead, name, ())
        if field is not None and name == "region":
            help_ = f"{field.help} Prices are known for {len(regions())} regions."
            yield Field(
                name, field.label, "choice", design.region, field.default, choices=regions(), help=help_
            )
        elif field is not None:
            yield _with(field, getattr(design, name))
    for name in _ACCOUNT:
        field = _template(AccountHead, name, ())
        if field is not None:
            yield _with(field, getattr(design.account, name), "account.")
    mine = {fact.setting for node in design.nodes.values() for fact in node.kind.facts.quotas.values()}
    for key, fact in account_quotas().items():
        if key not in mine and key not in design.account.quotas:
            continue
        default = design.account.default(key)
        value = design.account.quotas.get(key, default)
        yield Field(
            name=f"account.{key}",
            label=label(key),
            kind="number",
            value=value,
            default=default,
            unit=short_unit(fact.unit),
            low=0,
            above_low=True,
            optional=True,
            help=f"{fact.name}, {fact.scope}.",
            section="quotas",
        )
    effort = design.effort or Effort()
    for name in Effort.model_fields:
        field = _template(Effort, name, ())
        if field is not None:
            yield replace(_with(field, getattr(effort, name), "effort."), section="people")
