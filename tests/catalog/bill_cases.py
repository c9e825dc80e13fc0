"""What the tables of bills need: cases from files, a month as `Usage`, and the price of a charge."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from sandbox.catalog.facts import PriceFact, facts
from sandbox.catalog.service import services
from sandbox.catalog.usage import MONTH_S, Charge, LinkUse, StationUse, Usage

CASES = Path(__file__).parent / "cases"


def load(*books: str) -> list[dict[str, Any]]:
    """Every case of some files."""
    return [case for book in books for case in tomllib.loads((CASES / f"{book}.toml").read_text())["case"]]


def month(case: dict[str, Any]) -> Usage:
    """One station and one edge that carried the case's requests, spread over a month."""
    rate = np.array([case.get("requests", 0) / MONTH_S])
    duration = np.array([case.get("duration_ms", 0) / 1000])
    zero = np.zeros(1)
    cold = np.array([float(case.get("cold_ratio", 0))])
    station = StationUse(rate, rate, rate, duration, zero, cold, rate * duration)
    settings = services()[case["service"]].settings()
    link = LinkUse(
        0, case.get("kind", "sync"), "", "caller", "traffic", settings, case.get("item_kb", 2),
        rate, rate, rate, zero, 0.0,
    )  # fmt: skip
    overflow = np.array([float(case.get("overflow", 1))])
    return Usage({"node": station}, [link], [], zero, overflow, case.get("answer_kb", 0))


def charges(case: dict[str, Any]) -> dict[str, Charge]:
    """What a case is charged as, by price."""
    service = services()[case["service"]]
    settings = service.settings(**case.get("settings", {}))
    return {charge.price: charge for charge in service.bill(settings, month(case)) if charge.quantity.any()}


def usd(charge: Charge, region: str, free_kind: str = "") -> float:
    """Price of one charge that has its free amount to itself [USD]."""
    quantity = float(charge.quantity[0])
    if charge.unit_usd is not None:
        return quantity * charge.unit_usd
    price = facts(charge.price.split(".")[0]).prices[charge.price]
    free = price.free if charge.free_tier else None
    return banded(price, region, max(0.0, quantity - (free.amount if free and free.kind == free_kind else 0)))


def banded(price: PriceFact, region: str, quantity: float) -> float:
    """Price of a month's quantity through its bands [USD]."""
    ends = (0.0, *price.bands, float("inf"))
    units = price.unit_usd(region)
    parts = (max(0.0, min(quantity, end) - start) for start, end in pairwise(ends))
    return sum(part * unit for part, unit in zip(parts, units, strict=True))
