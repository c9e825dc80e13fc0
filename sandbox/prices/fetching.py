"""Gets an offer of AWS's price list, over the network or from a file."""

import gzip
import zlib
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from sandbox.catalog.facts import EVERYWHERE
from sandbox.errors import StorageError
from sandbox.prices.bulk import Offer, read_offer

ADDRESS = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/{offer}/current/{place}index.json"
"""AWS's own; anybody may read it. The place is a region, or nothing for the offer in every region."""
PATIENCE_S = 60.0


def offer_from_file(path: str) -> Offer:
    """Read an offer from a file, packed by gzip or not.

    Raises:
        StorageError: The file cannot be read, or is no offer.
    """
    try:
        return _offer(Path(path).read_bytes(), path)
    except OSError as error:
        msg = f"{path}: {(error.strerror or str(error)).lower()}"
        raise StorageError(msg) from None


def offer_from_aws(offer: str, region: str) -> Offer:
    """Ask AWS for an offer.

    Args:
        offer: Its code.
        region: Its part that is wanted; `EVERYWHERE` for all of it, with what has no region.

    Raises:
        StorageError: AWS did not answer, or has no such offer.
    """
    place = "" if region == EVERYWHERE else f"{quote(region)}/"
    address = ADDRESS.format(offer=quote(offer), place=place)
    try:
        request = Request(address, headers={"Accept-Encoding": "gzip"})
        with urlopen(request, timeout=PATIENCE_S) as answer:
            data = answer.read()
    except (URLError, HTTPException, OSError) as error:
        reason = getattr(error, "reason", None) or error
        msg = f"AWS's price list was not read ({reason}): {address}"
        raise StorageError(f"{msg}\nOffline, save that file and say --file FILE") from None
    return _offer(data, address)


def _offer(data: bytes, name: str) -> Offer:
    """Unpack and read an offer."""
    try:
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        msg = f"{name} is not text; expected is an index.json of AWS's bulk price list"
        raise StorageError(msg) from None
    return read_offer(text, name)
