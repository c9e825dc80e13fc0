"""Reads AWS's bulk price list: one offer (a service) with its products and what they cost.

The format is AWS's own JSON: `products` by SKU with `attributes` such as `usagetype` and `regionCode`
(transfers have `fromRegionCode`; what costs the same everywhere, such as CloudFront, has no region),
and `terms.OnDemand` by SKU with `priceDimensions`, one for each band of use.
Source: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api-fetching-price-list-files-manually.html
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.catalog.facts import EVERYWHERE
from sandbox.errors import StorageError

_NOWHERE = {"", "global", "aws-other"}
"""Regions of products that have none."""
_PREFIX = re.compile(r"^(?:[A-Z]{2,4}\d?)-")
"""Stands before a usage type for the region, as in `EUC1-Lambda-GB-Second`; us-east-1 has none, or USE1."""


@dataclass(frozen=True)
class Product:
    """One product of an offer, priced on demand."""

    usage_type: str
    """Without the region's prefix; whole where it holds everywhere (there a continent stands first)."""
    region: str
    """`EVERYWHERE` where it has none."""
    attributes: Mapping[str, str]
    unit: str
    bands: tuple[tuple[float, float], ...]
    """From which use on, and what one unit costs then [USD]; in ascending order."""

    @property
    def paid(self) -> tuple[float, ...]:
        """Prices of the bands without the free ones at the start; all of them where everything is free."""
        prices = [usd for _, usd in self.bands]
        while len(prices) > 1 and prices[0] == 0:
            prices = prices[1:]
        return tuple(prices)


@dataclass(frozen=True)
class Offer:
    """A service's part of the price list."""

    code: str
    published: str
    """The day it was published, as in `2026-11-01`."""
    products: tuple[Product, ...]


def read_offer(text: str, name: str) -> Offer:
    """Read an offer file.

    Args:
        text: The file's content.
        name: Of the file, for messages.

    Raises:
        StorageError: It is not an offer of AWS's price list.
    """
    try:
        raw = json.loads(text)
    except ValueError as error:
        msg = f"{name} is not JSON ({error}); expected is an index.json of AWS's bulk price list"
        raise StorageError(msg) from None
    table = raw if isinstance(raw, Mapping) else {}
    if not all(isinstance(table.get(part), Mapping) for part in ("products", "terms")):
        msg = f"{name} is not an offer of AWS's bulk price list: it has no products and terms"
        raise StorageError(msg)
    return Offer(
        str(raw.get("offerCode", "")), str(raw.get("publicationDate", ""))[:10], tuple(_products(raw))
    )


def _products(raw: Mapping[str, Any]) -> Iterator[Product]:
    on_demand = raw["terms"].get("OnDemand", {})
    for sku, product in raw["products"].items():
        attributes = {str(k): str(v) for k, v in product.get("attributes", {}).items()}
        attributes["productFamily"] = str(product.get("productFamily", ""))
        region = attributes.get("regionCode") or attributes.get("fromRegionCode") or ""
        region = EVERYWHERE if region in _NOWHERE else region
        usage = attributes.get("usagetype", "")
        own = usage if region == EVERYWHERE else _PREFIX.sub("", usage)
        for term in on_demand.get(sku, {}).values():
            bands, unit = _bands(term)
            if bands and usage:
                yield Product(own, region, attributes, unit, bands)


def _bands(term: Mapping[str, Any]) -> tuple[tuple[tuple[float, float], ...], str]:
    """The bands of a term, by where they begin, and the unit they are in; nothing where not in USD."""
    found, unit = [], ""
    for dimension in term.get("priceDimensions", {}).values():
        price = dimension.get("pricePerUnit", {}).get("USD")
        if price is None:
            return (), ""
        found.append((float(dimension.get("beginRange", 0)), float(price)))
        unit = str(dimension.get("unit", ""))
    return tuple(sorted(found)), unit
