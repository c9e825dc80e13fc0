"""Prices from AWS's price list, a person's own book, and what they change."""

import gzip
import json
from collections import Counter

import pytest
from click.testing import CliRunner

from sandbox.catalog.facts import facts
from sandbox.catalog.price_book import NO_BOOK, PriceBook, read_book, use_book
from sandbox.catalog.pricing import billed_prices
from sandbox.catalog.service import services
from sandbox.cli.root import cli
from sandbox.design.reading import loads
from sandbox.errors import StorageError
from sandbox.evaluate import evaluate
from sandbox.prices.bulk import read_offer
from sandbox.prices.refreshing import listed, refresh

DESIGN = """\
schema = 1
region = "{region}"
[nodes.visitors]
service = "traffic"
requests = {{ count = 10_000_000, per = "month" }}
[nodes.work]
service = "lambda"
[[edges]]
from = "visitors"
to = "work"
"""


@pytest.fixture(autouse=True)
def own_prices(tmp_path, monkeypatch):
    """A price book of the test's own, and none open afterwards."""
    path = tmp_path / "book" / "prices.toml"
    monkeypatch.setenv("SANDBOX_PRICES", str(path))
    yield path
    use_book(NO_BOOK)


def product(usage, region, bands, **attributes):
    """A product and its terms, as AWS's file has them; bands are where each begins and its price."""
    told = {"usagetype": usage, "regionCode": region, **attributes}
    dimensions = {
        f"X.{place}": {
            "unit": "Requests",
            "beginRange": str(begin),
            "endRange": "Inf",
            "pricePerUnit": {"USD": f"{price:.10f}"},
        }
        for place, (begin, price) in enumerate(reversed(bands))  # in no order
    }
    return {"productFamily": attributes.get("family", "Serverless"), "attributes": told}, dimensions


def offer(*products, code="AWSLambda"):
    """An index.json."""
    rows = {f"SKU{place}": (found, dimensions) for place, (found, dimensions) in enumerate(products)}
    return json.dumps(
        {
            "formatVersion": "v1.0",
            "offerCode": code,
            "publicationDate": "2026-11-20T10:00:00Z",
            "products": {sku: {"sku": sku, **found} for sku, (found, _) in rows.items()},
            "terms": {
                "OnDemand": {sku: {f"{sku}.T": {"priceDimensions": row}} for sku, (_, row) in rows.items()}
            },
        }
    )


REQUESTS = product("EUC1-Request", "eu-central-1", [(0, 0.0000003)])
DURATION = product(
    "Lambda-GB-Second", "us-east-1", [(0, 0), (400_000, 2e-05), (6e9, 1.5e-05), (15e9, 1.2e-05)]
)


def test_prices_are_found_by_usage_type_and_region():
    """The region's prefix goes, a free band at the start goes, and prices are for as many units as ours."""
    found = refresh(read_offer(offer(REQUESTS, DURATION, product("Other", "us-east-1", [(0, 1)])), "x"))

    assert [(change.key, change.region, change.after) for change in found.changes] == [
        ("lambda.requests", "eu-central-1", (0.3,)),
        ("lambda.duration_x86", "us-east-1", (2e-05, 1.5e-05, 1.2e-05)),
    ]
    assert all(change.differs for change in found.changes)
    assert found.changes[0].before == facts("lambda").prices["lambda.requests"].usd["eu-central-1"]


@pytest.mark.parametrize(
    ("products", "words"),
    [
        ((product("Request", "us-east-1", [(0, 1), (10, 2)]),), "2 bands, where 1 are known"),
        ((REQUESTS, product("EUC1-Request", "eu-central-1", [(0, 0.5)])), "2 different prices"),
    ],
)
def test_what_does_not_fit_is_told_and_not_taken(products, words):
    """Neither guessed nor left out without a word."""
    found = refresh(read_offer(offer(*products), "x"))
    assert found.changes == ()
    assert words in found.misfits[0]


@pytest.mark.parametrize("pack", [False, True], ids=["plain", "gzip"])
def test_a_refresh_changes_the_bill(tmp_path, own_prices, pack):
    """Ten million requests: 2.00 USD in the list that comes along, 3.00 in the new one, source included."""
    path = tmp_path / "index.json"
    data = offer(REQUESTS).encode()
    path.write_bytes(gzip.compress(data) if pack else data)
    design = loads(DESIGN.format(region="eu-central-1"))
    line = next(row for row in evaluate(design).lines if row.item == "Requests")
    assert line.usd == pytest.approx(2.00)

    ran = CliRunner().invoke(cli, ["prices", "refresh", "--file", str(path)])
    assert "changed  lambda.requests  eu-central-1  $0.2 → $0.3" in ran.stdout
    assert str(own_prices) in ran.stderr

    use_book(read_book(own_prices.read_text(), "prices.toml"))
    line = next(row for row in evaluate(design).lines if row.item == "Requests")
    assert line.usd == pytest.approx(3.00)
    assert line.source == "AWS price list, AWSLambda"
    shown = CliRunner().invoke(cli, ["prices", "show", "lambda", "--region", "eu-central-1"]).stdout
    assert "2026-11-20" in shown


def test_a_dry_run_writes_nothing(tmp_path, own_prices):
    """It only shows."""
    (tmp_path / "index.json").write_text(offer(REQUESTS))
    ran = CliRunner().invoke(cli, ["prices", "refresh", "--file", str(tmp_path / "index.json"), "--dry-run"])
    assert "lambda.requests" in ran.stdout
    assert not own_prices.exists()


@pytest.mark.parametrize("text", ["[", "{}", "[]", '{"products": 1, "terms": {}}'])
def test_other_files_are_refused(text):
    """The message names the file and what is expected."""
    with pytest.raises(StorageError, match=r"x\.json.*price list"):
        read_offer(text, "x.json")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[price", "not TOML"),
        ("price = 1", "no price book"),
        ('[price."a".eu-west-1]\nusd = -1\nsource = "x"\nas_of = 2026-01-01', "0 or more"),
        ('[price."a".eu-west-1]\nusd = []\nsource = "x"\nas_of = 2026-01-01', "0 or more"),
        ('[price."a".nowhere]\nusd = 1\nsource = "x"\nas_of = 2026-01-01', "needs a region"),
        ('[price."a".eu-west-1]\nusd = 1', "needs a source"),
    ],
)
def test_wrong_books_are_refused(text, words):
    """The message says where and what would be right."""
    with pytest.raises(StorageError, match=words):
        read_book(text, "prices.toml")


def test_a_book_with_other_bands_is_refused():
    """Two prices for a price of one band would be taken wrongly."""
    text = '[price."lambda.requests".us-east-1]\nusd = [1, 2]\nsource = "x"\nas_of = 2026-01-01'
    use_book(read_book(text, "prices.toml"))
    with pytest.raises(StorageError, match=r"prices of lambda\.requests in us-east-1"):
        evaluate(loads(DESIGN.format(region="us-east-1")))


def test_every_place_in_the_list_is_of_a_price():
    """No place is told for a price that no service is billed by, and none twice."""
    keys = [row.key for row in listed()]
    known = {key for service in services().values() for key in billed_prices(service)}
    assert set(keys) <= known
    assert len(keys) == len(set(keys))


def test_no_two_prices_stand_in_one_place():
    """What a product costs is one price of one service; an address or a byte is the same for several."""
    places = Counter(
        (row.offer, usage, *sorted(row.attributes.items())) for row in listed() for usage in row.usage_types
    )
    assert {place[:2] for place, count in places.items() if count > 1} <= {
        ("AmazonVPC", "PublicIPv4:InUseAddress")
    }


@pytest.mark.parametrize(
    ("code", "one", "key", "region", "after"),
    [
        (
            "AmazonCloudFront",
            product("EU-Requests-Tier2-HTTPS", "", [(0, 1.2e-06)]),
            "cloudfront.https_eu",
            "global",
            (0.012,),
        ),
        (
            "AmazonCloudFront",
            product("Executions-CloudFrontFunctions", "aws-other", [(0, 1e-07)]),
            "cloudfront.functions",
            "global",
            (0.1,),
        ),
        (
            "AmazonEC2",
            product(
                "EUC1-BoxUsage:t3.micro",
                "eu-central-1",
                [(0, 0.012)],
                operatingSystem="Linux",
                tenancy="Shared",
                preInstalledSw="NA",
                capacitystatus="Used",
            ),
            "instances.t3.micro",
            "eu-central-1",
            (0.012,),
        ),
        (
            "AWSEvents",
            product("EU-Event-64K-Chunks", "eu-west-1", [(0, 1e-06)], eventType="Partner Event"),
            "eventbridge.partner_events",
            "eu-west-1",
            (1.0,),
        ),
        (
            "AWSDataTransfer",
            product(
                "APS2-DataTransfer-Out-Bytes",
                "",
                [(0, 0), (100, 0.114), (10240, 0.098), (51200, 0.094), (153600, 0.092)],
                fromRegionCode="ap-southeast-2",
                transferType="AWS Outbound",
                toLocation="External",
            ),
            "data-transfer.internet_out",
            "ap-southeast-2",
            (0.114, 0.098, 0.094, 0.092),
        ),
    ],
    ids=["of a continent", "everywhere", "of a kind", "of several tables", "from a region"],
)
def test_prices_are_found_wherever_they_stand(code, one, key, region, after):
    """By a continent, by nothing, by attributes; what has no region holds everywhere."""
    found = refresh(read_offer(offer(one, code=code), "x"))

    assert found.misfits == ()
    assert [(change.key, change.region, change.after) for change in found.changes] == [(key, region, after)]
    assert found.prices()[key][region].usd == after


def test_another_kind_of_the_same_usage_is_not_taken():
    """A box with Windows has the same usage type as one with Linux."""
    windows = product("BoxUsage:t3.micro", "us-east-1", [(0, 0.02)], operatingSystem="Windows")
    assert refresh(read_offer(offer(windows, code="AmazonEC2"), "x")).changes == ()


def test_a_refreshed_price_that_holds_everywhere_is_used_in_every_region(own_prices):
    """It is shown with its source wherever somebody asks."""
    one = product("EU-Requests-Tier2-HTTPS", "", [(0, 2e-06)])
    found = refresh(read_offer(offer(one, code="AmazonCloudFront"), "x"))
    assert found.changes[0].before == facts("cloudfront").prices["cloudfront.https_eu"].usd["global"]
    use_book(PriceBook().with_prices(found.prices()))

    for region in ("us-east-1", "ap-southeast-2"):
        shown = CliRunner().invoke(cli, ["prices", "show", "cloudfront", "--region", region]).stdout
        assert facts("cloudfront").prices["cloudfront.https_eu"].listed(region) == (0.02,)
        assert "unknown here" not in shown
        assert "AmazonCloudFront" in shown


@pytest.mark.parametrize(
    ("service", "shared"),
    [("ec2", "instances.t3.micro"), ("eks", "instances.ebs_gp3"), ("alb", "data-transfer.internet_out")],
)
def test_shared_prices_are_shown_where_they_are_billed(service, shared):
    """They have their book's name; a service's own ones have none."""
    shown = CliRunner().invoke(cli, ["prices", "show", service]).stdout
    assert shared in shown
    assert f"{service}." not in shown
