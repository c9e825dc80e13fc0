"""Every number beside a service says what it is, where it is from and when; every charge has a price."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from itertools import product
from types import NoneType
from typing import Any, get_args

import numpy as np
import pytest
from pydantic import ValidationError
from walking import FEW, named

from sandbox.catalog.connections import CONNECTIONS
from sandbox.catalog.facts import facts, resolve
from sandbox.catalog.service import EdgeSettings, Service, Settings, services
from sandbox.catalog.usage import Charge, LinkUse, StationUse, Usage

FOLDER = resources.files("sandbox.catalog.services")
BOOKS = {
    file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
    for file in FOLDER.iterdir()
    if file.name.endswith(".toml")
}
NO_COMMITMENT = {"external", "on-premises", "traffic", "firehose", "pipes", "schedule", "glue", "rds-proxy"}
"""What AWS does not run, and what it publishes no commitment for."""


def _rows(book):
    """Quotas and prices of a book, by their names."""
    for kind in ("quota", "price"):
        for key, row in BOOKS[book].get(kind, {}).items():
            yield f"{kind}.{key}", row


@pytest.mark.parametrize("book", BOOKS)
def test_numbers_have_a_unit_a_source_and_a_date(book):
    """A date is one, or a text with a year in it, or it says that nobody could check."""
    for name, row in _rows(book):
        assert row["name"].strip(), name
        assert row["unit"].strip(), name
        assert row["source"].strip(), name
        dated = isinstance(row["as_of"], date) or re.search(r"\b20\d\d\b|recalled", row["as_of"])
        assert dated, (name, row["as_of"])


@pytest.mark.parametrize("book", BOOKS)
def test_numbers_stand_nowhere_else(book):
    """A book has quotas, prices and an availability, each row dated; no loose numbers."""
    assert set(BOOKS[book]) <= {"quota", "price", "availability", "include", "bills"}


@pytest.mark.parametrize("service", services())
def test_an_availability_is_given_or_there_is_none(service):
    """AWS commits to a share of the month for each of its services, with a source and a date."""
    raw = BOOKS[service.replace("-", "_")].get("availability", {})

    if service in NO_COMMITMENT:
        assert facts(service).availability is None
    else:
        assert 0.9 < facts(service).availability <= 1
        assert raw["source"].strip()
        assert isinstance(raw["as_of"], date)


@pytest.mark.parametrize("book", BOOKS)
def test_only_what_aws_raises_has_a_key_in_the_account(book):
    """A quota that cannot be raised has no setting."""
    for name, row in _rows(book):
        assert row.get("adjustable", True) or "setting" not in row, name


@pytest.mark.parametrize("service", services())
def test_bands_rise(service):
    """Upper ends of the bands rise, prices are not negative, and the base region has every price."""
    for price in facts(service).prices.values():
        assert list(price.bands) == sorted(set(price.bands))
        assert min(price.unit_usd("us-east-1")) >= 0


def test_an_account_key_names_one_quota():
    """Two quotas with one key would be raised together unseen."""
    keys = [row["setting"] for book in BOOKS for _name, row in _rows(book) if "setting" in row]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("service", services())
def test_a_raised_quota_wins_over_the_region(service):
    """What the account says lies over AWS's default for the region."""
    for key, fact in facts(service).quotas.items():
        if fact.setting:
            assert resolve(service, "us-east-1", {fact.setting: 7.5})[key] == 7.5
            assert resolve(service, "us-east-1", {})[key] == fact.regions.get("us-east-1", fact.value)


@pytest.mark.parametrize("service", services())
def test_every_charge_has_a_price(service):
    """Whatever its settings, a service charges only what some book has a price for."""
    for charge in charged(service):
        if charge.unit_usd is None:
            assert charge.price in facts(charge.price.split(".")[0]).prices


@pytest.mark.parametrize("service", services())
def test_shared_books_are_named_where_they_are_billed(service):
    """What a service bills from a book that others share stands in its own, and nothing more."""
    books = {charge.price.split(".")[0] for charge in charged(service) if charge.unit_usd is None}

    assert books - {service} == set(facts(service).bills)


@pytest.mark.parametrize("service", services())
def test_every_price_can_be_charged(service):
    """A price that no settings lead to would be a forgotten one."""
    used = {charge.price for charge in charged(service) if charge.quantity.any()}

    assert set(facts(service).prices) <= used


@cache
def charged(service: str) -> tuple[Charge, ...]:
    """What its settings lead to: one charge of each price and kind, above zero where there is one."""
    sut = services()[service]
    usage = busy(sut)
    found: dict[tuple[str, bool], Charge] = {}
    for settings in variants(sut.settings):
        for charge in sut.bill(settings, usage):
            kind = charge.price, charge.unit_usd is None
            if kind not in found or not found[kind].quantity.any():
                found[kind] = charge
    return tuple(found.values())


def variants(settings: type[Settings]) -> Iterator[Settings]:
    """Every combination of a service's choices, alone, with each number at its most, and with all of them.

    What has many choices (types of instances) is not combined with others of that kind.
    """
    found = {name: options for name, field in settings.model_fields.items() if (options := _choices(field))}
    choices = {name: options for name, options in found.items() if len(options) <= FEW}
    long = [{name: option} for name in found.keys() - choices.keys() for option in found[name]]
    numbers = {name: most for name, field in settings.model_fields.items() if (most := _most(field))}
    for values in product(*choices.values()):
        chosen = dict(zip(choices, values, strict=True))
        for raised in ({}, *({name: most} for name, most in numbers.items()), numbers, *long):
            try:
                yield settings(**{**raised, **chosen})
            except ValidationError:
                continue


def busy(service: Service) -> Usage:
    """A month in which every edge that a service may have was used."""
    one = np.ones(1)
    inflows = [_use(way, way.source, over) for way, over in _edges(service, incoming=True)]
    outflows = [_use(way, way.target, over) for way, over in _edges(service, incoming=False)]
    station = StationUse(one, one, one, one, 0 * one, 0.1 * one, one)
    return Usage({"node": station}, inflows, outflows, one, 0.5 * one, answer_kb=10)


def _edges(service: Service, *, incoming: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each connection, with each operation and with each of its switches on."""
    for way in CONNECTIONS:
        if (way.target if incoming else way.source) != service.id:
            continue
        yield way, {}
        if incoming and "operation" in way.settings.model_fields:
            yield from ((way, {"operation": operation}) for operation in service.settings.operations)
        for extra in ({"enhanced_fan_out": True}, {"provisioned_pollers": 2}, {"endpoint": "interface"}):
            if extra.keys() <= way.settings.model_fields.keys():
                yield way, extra


def _use(way: Any, peer: str, over: dict[str, Any]) -> LinkUse:
    """An edge that carried one item of 2 KB each second."""
    one = np.ones(1)
    edge: EdgeSettings = way.settings(**over)
    other = services()[peer].settings()
    return LinkUse(0, way.kind, way.role, peer, peer, edge, 2.0, one, one, one, one, 5.0, peer_settings=other)


def _choices(field: Any) -> tuple[Any, ...]:
    """What a field may be chosen from, nothing included where it may be left out."""
    found = named(field)
    return (*found, None) if found and NoneType in get_args(field.annotation) else found


def _most(field: Any) -> Any:
    """The most of a number; something where it has no bound."""
    kinds = set(get_args(field.annotation) or (field.annotation,)) - {NoneType}
    if not kinds <= {int, float}:
        return None
    bound = next((rule.le for rule in field.metadata if hasattr(rule, "le")), 1000)
    return int(bound) if kinds == {int} else float(bound)
