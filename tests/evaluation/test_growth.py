"""Growth meets a limit when the sums of what grows at different paces say so."""

from math import log

import pytest

from sandbox.design.reading import loads
from sandbox.engine.growing import months_until
from sandbox.evaluation import evaluate_plain

TILL = 'nodes.till = {service = "traffic", rate_per_s = 100, payload_kb = 1}'
SHOP = """schema = 1
nodes.shop = {service = "traffic", rate_per_s = 100, payload_kb = 1, growth_per_month = 0.1}
nodes.q = {service = "sqs"}
nodes.f = {service = "lambda", duration_ms = 10, timeout_s = 5}
nodes.t = {service = "dynamodb", mode = "provisioned", write_units = 400}
"""
WAYS = '{from = "shop", to = "q"}, {from = "q", to = "f"}, {from = "f", to = "t", operation = "write"}'


def months(text: str) -> float | None:
    """Months until the table's write units are met."""
    rungs = evaluate_plain(loads(text)).headroom
    return next(rung.months for rung in rungs if rung.key == "quota:t.write units")


def test_one_source() -> None:
    """A limit at four times the load is met in ln 4 ÷ ln 1.1 months, through a queue as well."""
    assert months(f"{SHOP}edges = [{WAYS}]") == pytest.approx(log(4) / log(1.1), abs=0.02)


def test_a_source_that_stays() -> None:
    """Beside as much that does not grow, what grows has to come to three times itself."""
    both = f'{SHOP}{TILL}\nedges = [{WAYS}, {{from = "till", to = "f"}}]'

    assert months(both) == pytest.approx(log(3) / log(1.1), abs=0.02)


def test_a_source_elsewhere() -> None:
    """Where nothing that grows asks for a limit, no month is told."""
    apart = SHOP.replace(', {from = "shop"', "") + TILL
    ways = '{from = "shop", to = "q"}, {from = "till", to = "f"}, {from = "f", to = "t", operation = "write"}'

    assert months(f"{apart}\nedges = [{ways}]") is None


def test_nothing_is_said() -> None:
    """Without a growth there is no month."""
    assert months(f"{SHOP.replace(', growth_per_month = 0.1', '')}edges = [{WAYS}]") is None


@pytest.mark.parametrize("parts", [[(1, 0.1), (1e-9, 10.0)], [(1, 1e-6), (1e6, 0.0)], [(3, 0.2), (5, 0.01)]])
@pytest.mark.parametrize("multiplier", [1.001, 2.0, 1e4])
def test_the_months_come_to_the_multiple(parts: list[tuple[float, float]], multiplier: float) -> None:
    """Put into the sum, they give it back, however different the parts are."""
    told = months_until(multiplier, parts)

    grown = sum(size * (1 + growth) ** told for size, growth in parts)
    assert grown == pytest.approx(multiplier * sum(size for size, _ in parts), rel=1e-4)
