"""A service's prices as a table: what they are, and where each comes from."""

from rich.console import Group, RenderableType
from rich.text import Text

from sandbox.catalog.facts import PriceFact
from sandbox.catalog.pricing import billed_prices
from sandbox.catalog.service import Service
from sandbox.exports.layout import Cell, grid
from sandbox.units import plural


def table(service: Service, region: str) -> RenderableType:
    """Every price that a service is billed by in a region, with its source and date; its own ones first."""
    facts = tuple(billed_prices(service).values())
    if not facts:
        return Text(f"{service.title}: nothing is billed by itself")
    rows = [_row(fact, region, service.id) for fact in facts]
    head = Text.assemble((service.title, "bold"), f"  {region}  USD, without tax\n")
    return Group(head, grid(["Price", "What", "USD", "For", "Free", "As of", "Source"], rows, right=(2,)))


def _row(fact: PriceFact, region: str, service: str) -> tuple[Cell | str, ...]:
    """A price; one that other services share has its book's name."""
    name = fact.key.removeprefix(f"{service}.")
    free = f"{fact.free.amount:,.12g} {fact.free.kind}" if fact.free else ""
    each = f"{fact.per:,.12g} {plural(fact.unit)}" if fact.per != 1 else fact.unit
    if not fact.is_known_in(region):
        return Cell(name, "bold"), fact.name, "unknown here", each, free, "", ""
    prices = [f"{price:.10g}" for price in fact.listed(region)]
    ends = [f" up to {end:,.12g}" for end in fact.bands] + [""]
    bands = "\n".join(f"{price}{end}" for price, end in zip(prices, ends, strict=True))
    return (
        Cell(name, "bold"),
        fact.name,
        bands,
        each,
        free,
        str(fact.as_of_in(region)),
        fact.source_in(region),
    )
