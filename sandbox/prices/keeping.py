"""The file of a person's own prices: read at the start, written by a refresh, never half."""

from datetime import date
from pathlib import Path

import tomli_w

from sandbox.catalog.price_book import PriceBook, read_book
from sandbox.design.files import read_text, save_text
from sandbox.errors import StorageError
from sandbox.places import price_book_path


def load_book(path: Path | None = None) -> PriceBook:
    """Read the book, by default from its usual place; an empty one where there is none.

    Raises:
        StorageError: The file cannot be read, or is no price book.
    """
    path = path or price_book_path()
    return read_book(*read_text(path)) if path.exists() else PriceBook()


def save_book(book: PriceBook, path: Path | None = None) -> Path:
    """Write the book, and say where.

    Raises:
        StorageError: It cannot be written.
    """
    path = path or price_book_path()
    rows = {
        key: {
            region: {"usd": list(price.usd), "source": price.source, "as_of": _day(price.as_of)}
            for region, price in sorted(regions.items())
        }
        for key, regions in sorted(book.prices.items())
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{path.parent} was not made: {(error.strerror or str(error)).lower()}"
        raise StorageError(msg) from None
    save_text(tomli_w.dumps({"price": rows}), path)
    return path


def _day(of: date | str) -> date | str:
    """A day as TOML has it."""
    try:
        return date.fromisoformat(str(of))
    except ValueError:
        return str(of)
