"""The same design in several regions: each line is traced to the region's own price, or the lack is named."""

from importlib import resources

import pytest

from sandbox.catalog.facts import EVERYWHERE, PriceFact, facts
from sandbox.errors import MissingPriceError
from sandbox.evaluate import evaluate
from sandbox.evaluation import Evaluation
from tests.evaluation.designs import design, edge, node

REGIONS = ("us-east-1", "eu-west-1", "eu-central-1", "ap-northeast-1", "ap-southeast-2")
SHARED = "data-transfer"
"""The book of what services that answer bill beside their own."""
BOOKS = tuple(
    file.name.removesuffix(".toml").replace("_", "-")
    for file in resources.files("sandbox.catalog.services").iterdir()
    if file.name.endswith(".toml")
)
SHOP = (
    node("shoppers", "traffic", rate_per_s=50)
    + node("api", "api-gateway-http")
    + node("place", "lambda", duration_ms=80)
    + node("orders", "dynamodb")
    + node("intake", "sqs", visibility_timeout_s=180)
    + node("ship", "lambda", duration_ms=200)
    + node("shipped", "sns")
    + node("labels", "s3")
    + node("clicks", "kinesis")
    + node("billing", "step-functions")
    + node("events", "eventbridge")
    + node("front", "alb")
    + node("pages", "fargate")
    + edge("shoppers", "api")
    + edge("shoppers", "front")
    + edge("front", "pages")
    + edge("api", "place")
    + edge("place", "orders", operation="write")
    + edge("place", "intake")
    + edge("place", "clicks")
    + edge("place", "events")
    + edge("intake", "ship")
    + edge("ship", "shipped")
    + edge("ship", "labels", operation="put")
    + edge("ship", "billing")
)
NODES = {
    "api",
    "place",
    "orders",
    "intake",
    "ship",
    "labels",
    "clicks",
    "billing",
    "events",
    "front",
    "pages",
}
"""What costs something there."""


def shop(region: str) -> Evaluation:
    """The shop in a region."""
    return evaluate(design(f'region = "{region}"\n{SHOP}'))


@pytest.mark.parametrize("region", REGIONS)
def test_every_line_is_the_regions_own_price(region):
    """A line names its source; its price stands there for this region, in one of the price's bands."""
    evaluation = shop(region)

    assert {line.node for line in evaluation.lines} >= NODES
    for line in evaluation.lines:
        service = evaluation.design.nodes[line.node].service
        prices = [*facts(service).prices.values(), *facts(SHARED).prices.values()]
        mine = [price for price in prices if is_of(price, line.item, line.unit, region)]
        assert mine, line
        units = [unit for price in mine for unit in (0.0, *price.unit_usd(region))]
        assert any(line.unit_usd == pytest.approx(unit) for unit in units), line
        assert line.source in {price.source for price in mine}, line
        assert line.source.startswith("https://") or "@" in line.source, line


def is_of(price: PriceFact, item: str, unit: str, region: str) -> bool:
    """Whether a line may be of a price that stands in its book for this region itself."""
    return price.name == item and price.unit == unit and region in price.usd


def test_regions_differ_as_their_prices_do():
    """The load is the same everywhere, and 50/s are 131.4 million requests in each region's own price."""
    bills = {region: shop(region) for region in REGIONS}
    price = facts("api-gateway-http").prices["api-gateway-http.requests"]

    assert len({round(bill.monthly_usd, 2) for bill in bills.values()}) == len(REGIONS)
    home = {key: told.offered_per_s for key, told in bills["us-east-1"].nodes.items()}
    for region, bill in bills.items():
        assert {key: told.offered_per_s for key, told in bill.nodes.items()} == pytest.approx(home)
        line = next(line for line in bill.lines if line.node == "api" and line.item == price.name)
        assert line.usd == pytest.approx(131.4 * price.listed(region)[0], rel=1e-6)


@pytest.mark.parametrize("book", BOOKS)
def test_a_price_that_a_region_lacks_is_named(book):
    """There is a price above 0 in some band, or the error says which price and which region; never a zero."""
    for key, price in facts(book).prices.items():
        for region in REGIONS:
            if region in price.usd or EVERYWHERE in price.usd:
                assert max(price.unit_usd(region)) > 0, (key, region)
                continue
            with pytest.raises(MissingPriceError) as lacking:
                price.unit_usd(region)
            assert (lacking.value.price, lacking.value.region) == (key, region)
            assert key in str(lacking.value)
            assert region in str(lacking.value)


@pytest.mark.parametrize(
    ("service", "settings", "price"),
    [("qldb", {}, "qldb."), ("glue", {}, "glue.dpu_hours"), ("ec2", {"tasks": 2}, "instances.")],
)
def test_a_design_that_uses_such_a_price_is_refused(service, settings, price):
    """Nothing is evaluated with a price left out: the error names it."""
    begin = "schedule" if service == "glue" else "lambda" if service == "qldb" else "traffic"
    text = (
        'region = "ap-southeast-2"\n'
        + node("from", begin)
        + node("to", service, **settings)
        + edge("from", "to")
    )
    if begin == "lambda":
        text += node("users", "traffic") + edge("users", "from")

    with pytest.raises(MissingPriceError, match=f"ap-southeast-2 has no price for {price}"):
        evaluate(design(text))
