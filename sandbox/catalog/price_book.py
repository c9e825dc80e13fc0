"""A person's own prices, laid over those that come along: from AWS's price list, or an agreement with AWS."""

import re
import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sandbox.errors import StorageError

_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}|global")


@dataclass(frozen=True)
class BookPrice:
    """What one thing costs in one region."""

    usd: tuple[float, ...]
    """A listed price for each band, for as many units as the price that comes along is for [USD]."""
    source: str
    as_of: date | str


@dataclass(frozen=True)
class PriceBook:
    """Prices by their key (`service.price`) and region."""

    prices: Mapping[str, Mapping[str, BookPrice]] = field(default_factory=dict)

    def of(self, key: str) -> Mapping[str, BookPrice]:
        """What it says of one price, by region."""
        return self.prices.get(key, {})

    def with_prices(self, more: Mapping[str, Mapping[str, BookPrice]]) -> "PriceBook":
        """The book with prices added, or in the place of others."""
        keys = [*self.prices, *(key for key in more if key not in self.prices)]
        return PriceBook({key: {**self.of(key), **more.get(key, {})} for key in keys})


NO_BOOK = PriceBook()


def read_book(text: str, name: str) -> PriceBook:
    r"""Read a price book.

    Args:
        text: In TOML: `[price."lambda.requests".eu-west-1]` with `usd`, `source` and `as_of`.
        name: Of the file, for messages.

    Raises:
        StorageError: It is no price book; says where and what would be right.

    >>> text = '[price."sqs.requests".eu-west-1]\nusd = 0.4\nsource = "ours"\nas_of = 2026-11-01'
    >>> read_book(text, "prices.toml").of("sqs.requests")["eu-west-1"].usd
    (0.4,)
    """
    try:
        rows = tomllib.loads(text).get("price", {})
    except tomllib.TOMLDecodeError as error:
        msg = f"{name} is not TOML: {error}"
        raise StorageError(msg) from None
    if not isinstance(rows, Mapping) or not all(isinstance(row, Mapping) for row in rows.values()):
        msg = f'{name} is no price book; a price is a table [price."lambda.requests".eu-west-1]'
        raise StorageError(msg)
    return PriceBook(
        {
            key: {region: _price(name, key, region, row) for region, row in regions.items()}
            for key, regions in rows.items()
        }
    )


def _price(name: str, key: str, region: str, row: Any) -> BookPrice:
    where = f'{name}: [price."{key}".{region}]'
    usd = row.get("usd") if isinstance(row, Mapping) else None
    numbers = usd if isinstance(usd, list) else [usd]
    prices = [float(each) for each in numbers if isinstance(each, int | float) and not isinstance(each, bool)]
    is_right = len(prices) == len(numbers) > 0 and min(prices) >= 0
    if not _REGION.fullmatch(region) or not is_right:
        msg = f"{where} needs a region, and usd = a price of 0 or more, or a list of one for each band"
        raise StorageError(msg)
    if not row.get("source") or not row.get("as_of"):
        msg = f"{where} needs a source and the date that it is as_of"
        raise StorageError(msg)
    return BookPrice(tuple(prices), str(row["source"]), row["as_of"])


_BOOK: ContextVar[PriceBook] = ContextVar("price book")


def open_book() -> PriceBook:
    """The book that is in use; empty unless somebody said otherwise."""
    return _BOOK.get(NO_BOOK)


def use_book(book: PriceBook) -> None:
    """Lay a person's own prices over those that come along, from here on."""
    _BOOK.set(book)
