"""The page of one service, put together from its settings, its facts and what its code says of itself."""

import inspect
import sys
from collections.abc import Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from sandbox.catalog.connections import CONNECTIONS
from sandbox.catalog.facts import PriceFact, QuotaFact
from sandbox.catalog.help import help_of
from sandbox.catalog.service import Service, services
from sandbox.reference.formulas import formulas
from sandbox.reference.markdown import linked, table
from sandbox.units import number, plural, success

HOME = "us-east-1"
"""The region whose prices are shown."""


def index() -> str:
    """A list of all pages, by family.

    >>> "[`sqs`](sqs.md)" in index()
    True
    """
    lines = ["# Services", ""]
    rows = [(f"[`{each.id}`]({each.id}.md)", each.title, each.summary) for each in services().values()]
    return "\n".join([*lines, *table(["Service", "Name", "What it is"], rows)])


def page(name: str) -> str:
    """The page of a service in Markdown.

    Args:
        name: Id of the service.

    Raises:
        KeyError: There is no such service.
    """
    service = services()[name]
    parts = (_head, _behaviour, _settings, _limits, _prices, _connections)
    return "\n".join(line for part in parts for line in part(service)).rstrip() + "\n"


def _head(service: Service) -> Iterator[str]:
    yield from (f"# {service.title}", "", f'`service = "{service.id}"` · {service.summary}', "")


def _behaviour(service: Service) -> Iterator[str]:
    """What the module says of the service, and what its two functions say of load and bill."""
    said = inspect.cleandoc(sys.modules[service.settings.__module__].__doc__ or "")
    home = inspect.cleandoc(_module_of(service).__doc__ or "")
    yield from ("## What it does", "", home or said, "")
    for head, deed in (("Load", service.lower), ("Bill", service.bill)):
        words = inspect.getdoc(deed)
        if words:
            yield from (f"**{head}.** {words}", "")
    known = service.facts
    if known.availability is not None:
        source = linked(known.availability_source)
        yield from (f"**Availability.** AWS commits to {success(known.availability)} a month ({source}).", "")
    found = [f"* {text}" for text in formulas(service)]
    if found:
        yield from ("## Formulas", "", *found, "")


def _module_of(service: Service) -> Any:
    """The module of a service's pair of files."""
    return (
        sys.modules.get(f"sandbox.catalog.services.{service.id.replace('-', '_')}")
        or sys.modules[f"sandbox.catalog.services.{service.id.replace('-', '_')}_"]
    )


def _settings(service: Service) -> Iterator[str]:
    model = service.settings
    texts = help_of(model)
    rows = []
    for name, info in model.model_fields.items():
        words = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        aws = f" AWS: `{words['aws']}`." if words.get("aws") else ""
        said = f"{texts.get(name, '')}{aws}"
        rows.append((f"`{name}`", _default(info), _range(info), str(words.get("unit", "")), said))
    if rows:
        yield from ("## Settings", "")
        yield from table(["Setting", "Default", "Range", "Unit", "What it is"], rows)
    if model.operations:
        yield from (f"Operations: {', '.join(f'`{each}`' for each in model.operations)}.", "")


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "needed"
    value = info.get_default(call_default_factory=True, validated_data={})
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        f"{value:,.12g}" if isinstance(value, int | float) else f"`{value}`" if isinstance(value, str) else ""
    )


def _range(info: FieldInfo) -> str:
    """Bounds of a number, or the words that a choice has."""
    for kind in (info.annotation, *get_args(info.annotation)):
        if get_origin(kind) is Literal:
            return " ".join(f"`{word}`" for word in get_args(kind) if word is not NoneType)
    low = high = ""
    for rule in info.metadata:
        if (least := getattr(rule, "ge", None)) is not None:
            low = f"{least:,.12g}"
        if (above := getattr(rule, "gt", None)) is not None:
            low = f"above {above:,.12g}"
        if (most := getattr(rule, "le", None)) is not None:
            high = f"{most:,.12g}"
    return f"{low} – {high}" if low and high else f"from {low}" if low and "above" not in low else low or high


def _limits(service: Service) -> Iterator[str]:
    quotas = service.facts.quotas.values()
    if quotas:
        yield from ("## Limits and parameters", "")
        rows = [(q.name, _value(q), q.scope, _raised(q), f"{linked(q.source)}, {q.as_of}") for q in quotas]
        yield from table(["What", "Value", "Scope", "Raised", "Source"], rows)


def _value(fact: QuotaFact) -> str:
    regions = "; ".join(f"{region} {number(value)}" for region, value in fact.regions.items())
    return f"{number(fact.value)} {fact.unit}" + (f" ({regions})" if regions else "")


def _raised(fact: QuotaFact) -> str:
    if fact.setting:
        return f"by AWS: `account.{fact.setting}`"
    return "by AWS" if fact.adjustable else ""


def _prices(service: Service) -> Iterator[str]:
    prices = service.facts.prices.values()
    if prices:
        yield from ("## Prices", "")
        rows = [
            (p.name, _price(p), _free(p), str(len(p.usd)), f"{linked(p.source)}, {p.as_of}") for p in prices
        ]
        yield from table(["What", f"In {HOME}", "Free", "Regions", "Source"], rows)


def _price(fact: PriceFact) -> str:
    """The listed price; where it falls with use, each band with where it ends."""
    region = HOME if HOME in fact.usd else next(iter(fact.usd))
    per = "" if fact.per == 1 else f"{fact.per:,.12g} "
    prices = [_dollars(price) for price in fact.usd[region]]
    bands = [f"{price} up to {edge:,.12g}" for price, edge in zip(prices, fact.bands, strict=False)]
    last = f"{'then ' if bands else ''}{prices[-1]} per {per}{plural(fact.unit) if per else fact.unit}"
    return ", ".join([*bands, last])


def _dollars(price: float) -> str:
    """A listed price with all of its digits.

    >>> _dollars(0.0000166667), _dollars(0.4), _dollars(3.5)
    ('$0.0000166667', '$0.40', '$3.50')
    """
    whole, _, rest = f"{price:.12f}".rstrip("0").partition(".")
    return f"${int(whole):,}.{rest:0<2}"


def _free(fact: PriceFact) -> str:
    if fact.free is None:
        return ""
    time = "always" if fact.free.kind == "always" else "first year"
    return f"{fact.free.amount:,.12g}, {time}"


def _connections(service: Service) -> Iterator[str]:
    """What may lead here, and where it may lead, each with how."""
    ways: dict[tuple[str, str, str], list[str]] = {}
    for way in CONNECTIONS:
        how = way.title or way.kind
        if way.source == service.id:
            ways.setdefault(("to", how, way.role), []).append(f"`{way.target}`")
        if way.target == service.id:
            ways.setdefault(("from", how, way.role), []).append(f"`{way.source}`")
    if ways:
        yield from ("## Connections", "")
        rows = [(way, how, role, " ".join(dict.fromkeys(peers))) for (way, how, role), peers in ways.items()]
        yield from table(["", "What happens", "Role", "Services"], rows)
