"""A distribution answers from its caches, asks its origin for the rest, and bills where viewers are."""

from itertools import pairwise

import pytest
from front_designs import behind, billed, counted, drawn, used

import sandbox
from sandbox.catalog.facts import facts
from sandbox.catalog.services.cloudfront import CloudFront, zone

CDN = {"service": "cloudfront"}
STEADY = {"service": "external", "latency_ms": 500, "latency_cv": 0}
TB = 1024.0
PRICING = "https://aws.amazon.com/cloudfront/pricing/"


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        ({}, 100),
        ({"cache_hit_ratio": 0}, 1000),
        ({"cache_hit_ratio": 1}, 0),
        ({"cache_hit_ratio": 0.99}, 10),
        ({"ttl_s": 60, "object_requests_per_s": 0.15}, 100),
        ({"ttl_s": 0, "object_requests_per_s": 5}, 1000),
        ({"ttl_s": 3600, "object_requests_per_s": 1}, 1000 / 3601),
    ],
)
def test_only_misses_reach_the_origin(settings, asked):
    """Of 1,000/s; with a time to live T and random requests λ for an object a share λT/(1 + λT) hits."""
    done = behind({**CDN, **settings}, STEADY, rate_per_s=1000)

    assert done.nodes["behind"].offered_per_s == pytest.approx(asked)


def test_hits_and_misses_are_a_mixture():
    """Nine in ten take the cache's 5 ms, the others half a second more: no percentile lies between."""
    seen = behind(CDN, STEADY, rate_per_s=10).nodes["door"].latency

    assert seen.mean == pytest.approx(0.9 * 5 + 0.1 * 505)
    assert seen.p50 < 10
    assert 490 < seen.p95 < 530
    assert 490 < seen.p99 < 530


def test_hits_do_not_feel_a_broken_origin():
    """An origin that always fails fails one request in ten."""
    broken = {"service": "external", "error_ratio": 1}

    assert behind(CDN, broken, rate_per_s=10).flows["people"].success_ratio == pytest.approx(0.9)


def test_it_waits_30_s_for_an_origin():
    """Misses of an origin that takes 40 s fail, until the timeout is raised (OriginReadTimeout)."""
    slow = {"service": "external", "latency_ms": 40_000, "latency_cv": 0}

    waits = [behind({**CDN, **told}, slow, rate_per_s=1) for told in ({}, {"timeout_s": 60})]

    assert [done.flows["people"].success_ratio for done in waits] == pytest.approx([0.9, 1.0])


@pytest.mark.parametrize(
    ("response_kb", "rate", "limit", "most"),
    [
        (0.1, 500_000, "requests of a distribution", 250_000),
        (1024, 500_000, "data of a distribution", 17_881.4),
    ],
)
def test_a_distribution_has_quotas_of_requests_and_data(response_kb, rate, limit, most):
    """250,000 requests/s and 150 Gbit/s: 17,881/s of a mebibyte each.

    Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
    """
    done = behind({**CDN, "response_kb": response_kb}, STEADY, rate_per_s=rate)

    demand, capacity = used(done)[limit]
    assert demand / capacity == pytest.approx(rate / most, rel=1e-4)
    assert done.nodes["door"].accepted_per_s == pytest.approx(most, rel=1e-4)


def test_the_account_raises_its_quotas():
    """AWS raises both on request."""
    nodes = {"people": {"service": "traffic", "rate_per_s": 400_000}, "door": {**CDN, "response_kb": 1}}
    raised = drawn(nodes, "people > door", account={"cloudfront_requests_per_s": 500_000})

    assert sandbox.evaluate(raised).nodes["door"].accepted_per_s == pytest.approx(400_000)


@pytest.mark.parametrize(
    ("viewers", "terabytes", "usd"),
    [
        ("us", 10, 10 * TB * 0.085),
        ("us", 100, 10 * TB * 0.085 + 40 * TB * 0.080 + 50 * TB * 0.060),
        ("eu", 200, 10 * TB * 0.085 + 40 * TB * 0.080 + 100 * TB * 0.060 + 50 * TB * 0.040),
        ("jp", 60, 10 * TB * 0.114 + 40 * TB * 0.089 + 10 * TB * 0.086),
        ("au", 1, TB * 0.114),
        ("in", 1, TB * 0.109),
        ("sa", 1, TB * 0.110),
    ],
)
def test_data_is_billed_where_viewers_are(viewers, terabytes, usd):
    """Bands of 10, 50, 150, 500, 1,024 and 5,120 TB. Source: PRICING, 2026-09."""
    requests = {"count": 1_000_000, "per": "month"}
    front = {**CDN, "viewers": viewers, "response_kb": terabytes * 1024**3 / 1e6}

    paid = billed(behind(front, STEADY, requests=requests))

    assert sum(usd for item, usd in paid.items() if item.startswith("Data to viewers")) == pytest.approx(usd)


@pytest.mark.parametrize(
    ("settings", "usd"),
    [
        ({"viewers": "us"}, 100.0),
        ({"viewers": "eu"}, 120.0),
        ({"viewers": "sa"}, 220.0),
        ({"viewers": "au"}, 125.0),
        ({"viewers": "us", "https": False}, 75.0),
        ({"viewers": "sa", "https": False}, 160.0),
    ],
)
def test_requests_are_billed_by_geography_and_protocol(settings, usd):
    """A hundred million a month, at so much for ten thousand. Source: PRICING; infracost's golden file."""
    front = {**CDN, "response_kb": 0, **settings}

    paid = billed(behind(front, STEADY, requests={"count": 100_000_000, "per": "month"}))

    assert sum(paid.values()) == pytest.approx(usd)


def test_a_terabyte_and_ten_million_requests_are_free():
    """Over all geographies: 2 TB are paid as one, 15 million requests as five. Source: PRICING."""
    nodes = {"people": {"service": "traffic", "requests": {"count": 15_000_000, "per": "month"}}}
    nodes["door"] = {**CDN, "response_kb": 2 * 1024**3 / 15e6, "cache_hit_ratio": 1}
    done = sandbox.evaluate(drawn(nodes, "people > door", account={"free_tier": True}))

    assert billed(done) == pytest.approx(
        {"Data to viewers, US, Mexico": TB * 0.085, "HTTPS requests, US, Mexico": 5.0}
    )


def test_what_comes_from_the_origin_is_free():
    """A balancer behind a distribution pays no transfer out; only what viewers get is billed, once."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 100},
        "door": {**CDN, "cache_hit_ratio": 0},
        "balancer": {"service": "alb"},
        "work": {"service": "lambda", "response_kb": 50},
    }
    done = sandbox.evaluate(drawn(nodes, "people > door", "door > balancer", "balancer > work"))

    items = {line.item for line in done.cost.lines()}
    assert "Transfer out to the internet" not in items
    assert "Data to viewers, US, Mexico" in items


def test_uploads_functions_and_invalidations_are_billed():
    """10 KB of each request to the origin at 0.02/GB, two functions at 0.10/million, 3,000 paths at 0.005."""
    front = {**CDN, "upload_kb": 10, "edge_functions": 2, "invalidated_paths": 3000, "viewers": "us"}

    paid = billed(behind(front, STEADY, requests={"count": 1_000_000, "per": "month"}))

    assert paid["Data to the origin, US, Mexico"] == pytest.approx(1e7 / 1_048_576 * 0.02)
    assert paid["CloudFront Functions"] == pytest.approx(0.20)
    assert paid["Invalidated paths"] == pytest.approx(15.0)


NEAR = {
    "us": ("us-west-2", "mx-central-1"),
    "ca": ("ca-central-1",),
    "eu": ("eu-north-1", "il-central-1"),
    "jp": ("ap-northeast-1", "ap-northeast-3"),
    "ap": ("ap-northeast-2", "ap-southeast-1", "ap-east-1"),
    "au": ("ap-southeast-2",),
    "in": ("ap-south-1",),
    "sa": ("sa-east-1",),
    "me": ("me-south-1",),
    "za": ("af-south-1",),
}
"""Regions of each geography of the price list."""


@pytest.mark.parametrize(
    ("region", "place"), [(region, place) for place, regions in NEAR.items() for region in regions]
)
def test_viewers_are_near_the_region_unless_said(region, place):
    """The geography of the region's own edge locations. Source: PRICING, the list of geographies."""
    assert zone(None, region) == place
    assert zone("jp", region) == "jp"


def test_the_regions_geography_is_billed():
    """In Tokyo a gigabyte to viewers is 0.114."""
    nodes = {"people": {"service": "traffic", "requests": {"count": 1_048_576, "per": "month"}}}
    nodes["door"] = {**CDN, "response_kb": 1, "cache_hit_ratio": 1}
    done = sandbox.evaluate(drawn(nodes, "people > door", region="ap-northeast-1"))

    assert billed(done)["Data to viewers, Japan"] == pytest.approx(0.114)
    assert counted(done)["Data to viewers, Japan"] == pytest.approx(1.0)


def test_bands_get_cheaper_everywhere():
    """More data is never dearer in any geography."""
    for key, price in facts("cloudfront").prices.items():
        if key.startswith("cloudfront.data_"):
            assert all(later <= sooner for sooner, later in pairwise(price.unit_usd("us-east-1")))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"ttl_s": 60}, "go together"),
        ({"object_requests_per_s": 1}, "go together"),
        ({"timeout_s": 121}, "120"),
        ({"cache_hit_ratio": 1.1}, "1"),
        ({"viewers": "mars"}, "us"),
    ],
)
def test_what_does_not_fit_is_refused(settings, words):
    """The message says what does not fit."""
    with pytest.raises(ValueError, match=words):
        CloudFront(**settings)
