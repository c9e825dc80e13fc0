"""Facts beside a service: quotas, parameters, prices and availability, with source and date.

A fact without unit, source and date is refused when the file is read.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from sandbox.catalog.price_book import BookPrice, open_book
from sandbox.errors import MissingPriceError, StorageError

EVERYWHERE = "global"
"""In place of a region, for what costs the same wherever it is used."""


@dataclass(frozen=True)
class QuotaFact:
    """A limit that AWS sets, or a parameter of a behaviour."""

    key: str
    name: str
    value: float
    unit: str
    scope: str
    adjustable: bool
    """Whether AWS raises it on request."""
    setting: str | None
    """The key of `[account]` that says what this account has."""
    regions: Mapping[str, float]
    """Where the default differs."""
    source: str
    as_of: date | str
    note: str = ""


@dataclass(frozen=True)
class FreeTier:
    """What is free each month."""

    amount: float
    kind: str
    """`always`, or `12-month` for a new account's first year."""
    pool: str
    """Prices of one pool share the amount."""
    in_bands: bool = False
    """Whether what is free fills the first bands; else bands count from the first unit that is paid."""


@dataclass(frozen=True)
class PriceFact:
    """What AWS asks for one billing unit, in bands of monthly use."""

    key: str
    name: str
    unit: str
    per: float
    """The listed price is for so many units."""
    bands: tuple[float, ...]
    """Upper ends of the bands but the last, in units a month, counted from 0."""
    usd: Mapping[str, tuple[float, ...]]
    """By region, a listed price for each band."""
    free: FreeTier | None
    source: str
    as_of: date | str
    note: str = ""

    def unit_usd(self, region: str) -> tuple[float, ...]:
        """Price of one unit in each band [USD].

        Raises:
            MissingPriceError: The region has no such price.
        """
        return tuple(price / self.per for price in self.listed(region))

    def listed(self, region: str) -> tuple[float, ...]:
        """The listed price in each band [USD]: the open price book's, else AWS's as it comes along.

        Raises:
            MissingPriceError: The region has no such price.
            StorageError: The book has prices for other bands.
        """
        own = self._own(region)
        if own is None:
            found = self.usd.get(region) or self.usd.get(EVERYWHERE)
            if found is None:
                raise MissingPriceError(self.key, region)
            return found
        if len(own.usd) != len(self.bands) + 1:
            here, there = len(self.bands) + 1, len(own.usd)
            msg = f"the price book has {there} prices of {self.key} in {region}; it has {here} bands"
            raise StorageError(msg)
        return own.usd

    def is_known_in(self, region: str) -> bool:
        """Whether there is a price in a region."""
        return region in self.usd or EVERYWHERE in self.usd or self._own(region) is not None

    def source_in(self, region: str) -> str:
        """Where the price in a region comes from."""
        own = self._own(region)
        return own.source if own else self.source

    def as_of_in(self, region: str) -> date | str:
        """The day that the price in a region is of."""
        own = self._own(region)
        return own.as_of if own else self.as_of

    def _own(self, region: str) -> BookPrice | None:
        book = open_book().of(self.key)
        return book.get(region) or book.get(EVERYWHERE)


@dataclass(frozen=True)
class Facts:
    """All that is known about one service."""

    quotas: Mapping[str, QuotaFact]
    prices: Mapping[str, PriceFact]
    availability: float | None
    """Monthly uptime AWS commits to, as a share; None where it publishes none."""
    availability_source: str
    bills: tuple[str, ...] = ()
    """Shared books whose prices the service bills too."""


class Quotas(dict[str, float]):
    """Values of a service's quotas and parameters for one account and region."""


@cache
def facts(service: str) -> Facts:
    """Read the facts beside a service's behaviour (`service` is an id of the catalogue, or a shared book).

    `include` names books whose quotas the service has too, `bills` books whose prices it bills too.
    """
    file = resources.files("sandbox.catalog.services") / f"{service.replace('-', '_')}.toml"
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    availability = raw.get("availability", {})
    shared = [facts(book).quotas for book in raw.get("include", ())]
    return Facts(
        quotas={
            **{key: row for book in shared for key, row in book.items()},
            **{key: _quota(key, row) for key, row in raw.get("quota", {}).items()},
        },
        prices={
            f"{service}.{key}": _price(f"{service}.{key}", row) for key, row in raw.get("price", {}).items()
        },
        availability=availability["percent"] / 100 if "percent" in availability else None,
        availability_source=availability.get("source", ""),
        bills=tuple(raw.get("bills", ())),
    )


def resolve(service: str, region: str, raised: Mapping[str, float]) -> Quotas:
    """A service's quotas in a region, with what the account says of them laid over the defaults."""
    found = Quotas(_defaults(service, region))
    if raised:
        for key, fact in facts(service).quotas.items():
            found[key] = raised.get(fact.setting or "", found[key])
    return found


@cache
def _defaults(service: str, region: str) -> Mapping[str, float]:
    """A service's quotas in a region as AWS sets them at first."""
    return {key: fact.regions.get(region, fact.value) for key, fact in facts(service).quotas.items()}


def _quota(key: str, row: dict) -> QuotaFact:  # type: ignore[type-arg]  # as TOML has it
    return QuotaFact(
        key=key,
        name=row["name"],
        value=float(row["value"]),
        unit=row["unit"],
        scope=row["scope"],
        adjustable=row["adjustable"],
        setting=row.get("setting"),
        regions={region: float(value) for region, value in row.get("regions", {}).items()},
        source=row["source"],
        as_of=row["as_of"],
        note=row.get("note", ""),
    )


def _price(key: str, row: dict) -> PriceFact:  # type: ignore[type-arg]  # as TOML has it
    free = row.get("free")
    bands = tuple(float(end) for end in row.get("bands", ()))
    usd = {
        region: tuple(float(p) for p in (price if isinstance(price, list) else [price]))
        for region, price in row["usd"].items()
    }
    for region, prices in usd.items():
        if len(prices) != len(bands) + 1:
            msg = f"{key}: {region} has {len(prices)} prices for {len(bands) + 1} bands"
            raise ValueError(msg)
    return PriceFact(
        key=key,
        name=row["name"],
        unit=row["unit"],
        per=float(row.get("per", 1)),
        bands=bands,
        usd=usd,
        free=_free(key, free) if free else None,
        source=row["source"],
        as_of=row["as_of"],
        note=row.get("note", ""),
    )


def _free(key: str, row: dict) -> FreeTier:  # type: ignore[type-arg]  # as TOML has it
    return FreeTier(float(row["amount"]), row["kind"], row.get("pool", key), row.get("in_bands", False))
