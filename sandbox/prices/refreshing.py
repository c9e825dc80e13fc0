"""Finds the prices of the catalogue in an offer of AWS's price list, and what has changed."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import isclose

from sandbox.catalog.facts import PriceFact
from sandbox.catalog.price_book import BookPrice
from sandbox.catalog.pricing import price_fact
from sandbox.prices.bulk import Offer, Product


@dataclass(frozen=True)
class Listed:
    """Where a price of the catalogue stands in AWS's price list."""

    key: str
    offer: str
    usage_types: tuple[str, ...]
    attributes: Mapping[str, str]

    def fits(self, product: Product) -> bool:
        """Whether a product is the one that is meant."""
        return product.usage_type in self.usage_types and all(
            product.attributes.get(name) == value for name, value in self.attributes.items()
        )


@dataclass(frozen=True)
class Change:
    """What the list says of one price in one region."""

    key: str
    region: str
    before: tuple[float, ...] | None
    """Listed prices known until now, one for each band; None where there was none."""
    after: tuple[float, ...]

    @property
    def is_new(self) -> bool:
        """Whether the region had no such price."""
        return self.before is None

    @property
    def differs(self) -> bool:
        """Whether a known price has changed, beyond the digits that AWS lists."""
        known = self.before
        return known is not None and not all(
            isclose(old, new, rel_tol=1e-6) for old, new in zip(known, self.after, strict=True)
        )


@dataclass(frozen=True)
class Refreshed:
    """What came of reading an offer."""

    offer: Offer
    changes: tuple[Change, ...]
    misfits: tuple[str, ...]
    """Prices that could not be taken, and why."""

    def prices(self) -> Mapping[str, Mapping[str, BookPrice]]:
        """All that was read, for the book."""
        source = f"AWS price list, {self.offer.code}"
        found: dict[str, dict[str, BookPrice]] = {}
        for change in self.changes:
            row = BookPrice(change.after, source, self.offer.published)
            found.setdefault(change.key, {})[change.region] = row
        return found


@cache
def listed() -> tuple[Listed, ...]:
    """Every price whose place in AWS's list is known."""
    file = resources.files("sandbox.catalog") / "price_list.toml"
    rows = []
    for offer, tables in tomllib.loads(file.read_text(encoding="utf-8"))["offer"].items():
        for table in tables if isinstance(tables, list) else [tables]:
            attributes = table.get("attributes", {})
            for key, usage in table["usage"].items():
                types = (usage,) if isinstance(usage, str) else tuple(usage)
                rows.append(Listed(key, offer, types, attributes))
    return tuple(rows)


def refresh(offer: Offer) -> Refreshed:
    """Find what an offer says of the catalogue's prices."""
    changes, misfits = [], []
    for row in listed():
        if row.offer != offer.code:
            continue
        for found in _compared(price_fact(row.key), row, offer):
            if isinstance(found, Change):
                changes.append(found)
            else:
                misfits.append(found)
    return Refreshed(offer, tuple(changes), tuple(misfits))


def _compared(fact: PriceFact, row: Listed, offer: Offer) -> Iterator[Change | str]:
    """What the list says in each region, or why that cannot be taken."""
    by_region: dict[str, set[tuple[float, ...]]] = {}
    for product in offer.products:
        if row.fits(product):
            by_region.setdefault(product.region, set()).add(product.paid)
    for region, found in sorted(by_region.items()):
        after = tuple(round(usd * fact.per, 12) for usd in max(found))
        if len(found) > 1:
            yield f"{row.key}, {region}: {len(found)} different prices"
        elif len(after) != len(fact.bands) + 1:
            yield f"{row.key}, {region}: {len(after)} bands, where {len(fact.bands) + 1} are known"
        else:
            yield Change(row.key, region, fact.listed(region) if fact.is_known_in(region) else None, after)
