"""An API passes what two token buckets let through, and calls on unless a cache answers."""

import pytest
from bill_cases import banded
from front_designs import behind

from sandbox.catalog.edges import CallEdge
from sandbox.catalog.facts import facts, resolve
from sandbox.catalog.service import Link, Site, services
from sandbox.catalog.services.api_gateway_http import HttpApi
from sandbox.catalog.services.api_gateway_rest import RestApi
from sandbox.catalog.usage import KB_PER_GB
from sandbox.engine.lognormal import quantile

BOTH = [("api-gateway-rest", RestApi), ("api-gateway-http", HttpApi)]


def parts(service, settings, region="us-east-1", account="", raised=None):
    """What an API lowers to."""
    return services()[service].lower(Site("api", settings, resolve(service, region, raised or {}), account))


@pytest.mark.parametrize(("service", "kind"), BOTH)
def test_apis_share_the_accounts_bucket(service, kind):
    """REST and HTTP APIs take from one bucket of 10,000/s that holds 5,000.

    Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    """
    (quota,) = parts(service, kind()).quotas

    assert (quota.id, quota.capacity, quota.burst) == ("api-gateway.rate", 10_000, 5_000)


@pytest.mark.parametrize(
    ("region", "raised", "rate", "burst"),
    [("eu-south-2", {}, 2500, 1250), ("us-east-1", {"api_gateway_rate_per_s": 25_000}, 25_000, 5_000)],
)
def test_the_bucket_depends_on_region_and_account(region, raised, rate, burst):
    """Newer regions start lower, and AWS raises the rate but not the burst."""
    (quota,) = parts("api-gateway-http", HttpApi(), region, "shop/", raised).quotas

    assert (quota.id, quota.capacity, quota.burst) == ("shop/api-gateway.rate", rate, burst)


@pytest.mark.parametrize(("service", "kind"), BOTH)
@pytest.mark.parametrize(
    ("settings", "burst"), [({}, 5000), ({"throttle_burst": 20}, 20), ({"throttle_burst": 0}, 0)]
)
def test_an_own_throttle_comes_first(service, kind, settings, burst):
    """An API with a throttle has a bucket of its own beside the account's; both are shown."""
    found = parts(service, kind(throttle_rate_per_s=50, **settings))

    assert [(quota.id, quota.capacity, quota.burst) for quota in found.quotas] == [
        ("api.throttle", 50, burst),
        ("api-gateway.rate", 10_000, 5_000),
    ]
    assert [demand.quota for demand in found.stations[0].demands] == list(found.limits)


@pytest.mark.parametrize(("service", "kind", "timeout_s"), [(*BOTH[0], 29), (*BOTH[1], 30)])
def test_an_api_waits_as_long_as_aws_lets_it(service, kind, timeout_s):
    """29 s for REST, 30 s for HTTP APIs; its ways out may be alternatives, and its answers leave AWS."""
    (station,) = parts(service, kind()).stations

    assert (station.timeout, station.routes, services()[service].answers) == (timeout_s, True, True)


def test_an_http_api_adds_less_than_ten_milliseconds():
    """AWS: 99 % of requests take less than 10 ms longer, and up to 60 % less than with a REST API.

    Source: https://aws.amazon.com/blogs/compute/building-better-apis-http-apis-now-generally-available/
    """
    http, rest = (parts(service, kind()).stations[0] for service, kind in reversed(BOTH))

    assert 9 < quantile(0.99, http.fixed * 1000, (http.cv * http.fixed * 1000) ** 2) < 10
    assert http.fixed >= 0.4 * rest.fixed


@pytest.mark.parametrize(
    ("kind", "settings", "role", "gain"),
    [
        (RestApi, {}, "", 2),
        (RestApi, {"cache_gb": 0.5, "cache_hit_ratio": 0.75}, "", 0.5),
        (RestApi, {"cache_gb": 0.5, "cache_hit_ratio": 0.75}, "authorizer", 2),
        (RestApi, {"authorizer_hit_ratio": 0.9}, "authorizer", 0.2),
        (RestApi, {"authorizer_hit_ratio": 0.9}, "", 2),
        (HttpApi, {"authorizer_hit_ratio": 0.9}, "authorizer", 0.2),
        (HttpApi, {"authorizer_hit_ratio": 0.9}, "", 2),
    ],
)
def test_caches_spare_what_is_behind_them(kind, settings, role, gain):
    """A hit of the cache spares the integration, a hit of the authorizer's cache the authorizer."""
    service = next(name for name, model in BOTH if model is kind)
    link = Link(0, "sync", role, "f", "lambda", CallEdge(calls=2), 2)

    assert services()[service].gain(kind(**settings), link) == pytest.approx(gain)


@pytest.mark.parametrize(
    ("kind", "settings", "words"),
    [
        (RestApi, {"cache_gb": 2}, "not a size that AWS has"),
        (RestApi, {"cache_hit_ratio": 0.5}, "needs a cache"),
        (HttpApi, {"cache_gb": 0.5}, "cache_gb"),
        (HttpApi, {"throttle_burst": 5}, "needs throttle_rate_per_s"),
        (HttpApi, {"timeout_s": 31}, "30"),
        (RestApi, {"timeout_s": 0.04}, "0.05"),
        (RestApi, {"timeout_s": 301}, "300"),
    ],
)
def test_what_aws_refuses_is_refused(kind, settings, words):
    """The message says what does not fit."""
    with pytest.raises(ValueError, match=words):
        kind(**settings)


def test_every_size_of_a_cache_has_a_price():
    """All eight of AWS's sizes can be billed."""
    sizes = [size for size in RestApi.model_fields["cache_gb"].json_schema_extra["enum"] if size]
    priced = {f"api-gateway-rest.cache_{size:g}gb" for size in sizes}

    assert len(sizes) == 8
    assert priced <= set(facts("api-gateway-rest").prices)


@pytest.mark.parametrize(
    ("gb", "region", "printed", "why"),
    [
        (5e6 * 3 / KB_PER_GB, "us-east-1", 1.29, "AWS's REST example: 5 million answers of 3 KB are 14.3 GB"),
        (51_200, "us-east-1", 10_240 * 0.09 + 40_960 * 0.085, "two bands"),
        (
            200_000,
            "ap-southeast-2",
            10_240 * 0.114 + 40_960 * 0.098 + 102_400 * 0.094 + 46_400 * 0.092,
            "four",
        ),
    ],
)
def test_transfer_out(gb, region, printed, why):
    """Binary gigabytes through cumulative bands; source: https://aws.amazon.com/ec2/pricing/on-demand/."""
    price = facts("data-transfer").prices["data-transfer.internet_out"]

    assert banded(price, region, gb) == pytest.approx(printed, abs=0.005), why


def test_an_api_lets_through_more_than_functions_can_take():
    """AWS's typical mismatch: 10,000/s pass the API, and a function of 200 ms takes half of them.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    """
    target = {"service": "lambda", "duration_ms": 200, "duration_cv": 0, "init_ms": 0}
    done = behind({"service": "api-gateway-http"}, target, rate_per_s=10_000)

    assert done.nodes["door"].throttled_per_s == pytest.approx(0)
    assert done.nodes["behind"].accepted_per_s == pytest.approx(5000, rel=0.01)


def test_the_rest_example_with_its_transfer():
    """5 million calls and 14.3 GB of answers: 17.50 + 1.29 = 18.79.

    Source: https://aws.amazon.com/api-gateway/pricing/, REST API example, 2025-11
    """
    target = {"service": "lambda", "response_kb": 3}
    done = behind({"service": "api-gateway-rest"}, target, requests={"count": 5_000_000, "per": "month"})

    assert done.nodes["door"].monthly_usd == pytest.approx(18.79, abs=0.005)
