"""Charges → amounts: free units first, then bands from 0, for a whole account at once.

AWS counts tiers and free amounts per account and region over all resources; the amount
is shared out to the nodes by use.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sandbox.catalog.facts import FreeTier, PriceFact, facts
from sandbox.catalog.service import Service
from sandbox.catalog.usage import Array, Charge

TRANSFER_OUT = "data-transfer.internet_out"
"""The price of what services that answer send out of AWS."""


@dataclass(frozen=True)
class Terms:
    """Which prices and free amounts an account has."""

    region: str
    always_free: bool = False
    first_year_free: bool = False

    def counts(self, free: FreeTier | None) -> bool:
        """Whether a free amount applies."""
        if free is None:
            return False
        return self.first_year_free if free.kind == "12-month" else self.always_free


@dataclass(frozen=True)
class Band:
    """So many units of a charge at one price: arrays over the scenarios."""

    quantity: Array
    unit_usd: float

    @property
    def usd(self) -> Array:
        """Amount [USD]."""
        return self.quantity * self.unit_usd


@dataclass(frozen=True)
class Priced:
    """One node's charge for one price, band by band, the free band first."""

    node: str
    item: str
    unit: str
    source: str
    bands: tuple[Band, ...]

    @property
    def usd(self) -> Array:
        """Amount over all bands [USD]."""
        return sum((band.usd for band in self.bands), start=np.zeros(1))


def price_fact(key: str) -> PriceFact:
    """The fact behind a charge's price, `service.key`."""
    return facts(key.split(".", maxsplit=1)[0]).prices[key]


def billed_prices(service: Service) -> Mapping[str, PriceFact]:
    """Every price that a service may be billed by: its own, and those of the books that it shares.

    >>> from sandbox.catalog.service import services
    >>> "instances.t3.micro" in billed_prices(services()["ec2"])
    True
    """
    shared = [*service.facts.bills, *([TRANSFER_OUT.split(".", maxsplit=1)[0]] if service.answers else [])]
    books = [service.facts, *(facts(book) for book in dict.fromkeys(shared))]
    return {key: fact for book in books for key, fact in book.prices.items()}


def price(charges: Iterable[tuple[str, Charge]], terms: Terms) -> list[Priced]:
    """Price the charges of one account.

    Args:
        charges: Node and charge, quantities over the month.
        terms: Region and free tiers of the account.

    Raises:
        MissingPriceError: The region has no price for something that is used.
    """
    by_price: dict[str, list[tuple[str, Charge]]] = {}
    priced = []
    for node, charge in charges:
        if not charge.quantity.any() and not charge.least:
            continue
        if charge.unit_usd is not None:
            band = Band(charge.quantity, charge.unit_usd)
            priced.append(Priced(node, charge.words, charge.unit, "the design itself", (band,)))
        else:
            by_price.setdefault(charge.price, []).append((node, charge))
    left = _free_shares(by_price, terms)
    for key, rows in by_price.items():
        priced += _one_price(price_fact(key), rows, left[key], terms)
    return priced


def _free_shares(by_price: Mapping[str, Sequence[tuple[str, Charge]]], terms: Terms) -> dict[str, Array]:
    """The share of each price's eligible use that is free; prices of one pool share its amount by use."""
    pools: dict[str, Array] = {}
    amounts: dict[str, float] = {}
    for key, rows in by_price.items():
        free = price_fact(key).free
        if free is not None and terms.counts(free):
            used = sum((c.quantity for _, c in rows if c.free_tier), start=np.zeros(1))
            pools[free.pool] = pools.get(free.pool, np.zeros(1)) + used
            amounts[free.pool] = max(free.amount, amounts.get(free.pool, 0.0))
    shares = {pool: np.minimum(1.0, amounts[pool] / np.maximum(used, 1e-300)) for pool, used in pools.items()}
    none = np.zeros(1)
    result = {}
    for key in by_price:
        free = price_fact(key).free
        result[key] = shares.get(free.pool, none) if free is not None and terms.counts(free) else none
    return result


def _one_price(
    fact: PriceFact, rows: Sequence[tuple[str, Charge]], free: Array, terms: Terms
) -> list[Priced]:
    """Cut the account's paid use of one price into bands, and share them out by use."""
    unit_usd = (0.0, *fact.unit_usd(terms.region))
    asked = np.stack(np.broadcast_arrays(free, *(charge.quantity for _, charge in rows))[1:])
    asked = _with_least(asked, max(charge.least for _, charge in rows))
    counts = np.array([[charge.free_tier] for _, charge in rows])
    paid = np.where(counts, asked * (1.0 - free), asked)
    total = paid.sum(axis=0)
    edges = (0.0, *fact.bands, np.inf)
    start = (asked - paid).sum(axis=0) if fact.free and fact.free.in_bands else np.zeros(1)
    in_band = np.stack([_between(low, high, start, start + total) for low, high in pairwise(edges)])
    share = np.divide(paid, total, out=np.zeros_like(paid), where=total > 0)
    quantities = np.concatenate([(asked - paid)[:, None], in_band * share[:, None]], axis=1)
    used: list[list[bool]] = quantities.any(axis=-1).tolist()  # type: ignore[assignment]  # two axes are left
    result = []
    for (node, charge), mine, wanted in zip(rows, quantities, used, strict=True):
        priced = zip(mine, unit_usd, wanted, strict=True)
        bands = tuple(Band(quantity, usd * charge.asked) for quantity, usd, is_used in priced if is_used)
        result.append(Priced(node, charge.words or fact.name, fact.unit, fact.source_in(terms.region), bands))
    return result


def _with_least(asked: Array, least: float) -> Array:
    """What the account has committed to and nobody used is shared out by use; evenly where nothing was used.

    >>> _with_least(np.array([[3.0], [1.0]]), 8.0).tolist()
    [[6.0], [2.0]]
    """
    if least <= 0:
        return asked
    total = asked.sum(axis=0)
    even = np.full_like(asked, 1.0 / len(asked))
    share = np.divide(asked, total, out=even, where=total > 0)
    return np.asarray(asked + share * np.maximum(least - total, 0.0))


def _between(low: float, high: float, first: Array, last: Array) -> Array:
    """How many of the units from the first to the last lie in one band.

    >>> _between(0.0, 100.0, np.array([10.0]), np.array([150.0])).tolist()
    [90.0]
    """
    return np.clip(last - low, 0.0, high - low) - np.clip(first - low, 0.0, high - low)
