"""Caches and authorizers of APIs add to or take from the concurrency of what is behind them."""

import pytest
from front_designs import drawn

import sandbox
from sandbox.evaluation import Evaluation

STEADY = {"service": "lambda", "duration_ms": 100, "duration_cv": 0, "init_ms": 0}
REST, HTTP = {"service": "api-gateway-rest"}, {"service": "api-gateway-http"}
CACHED = {**REST, "cache_gb": 0.5}


def guarded(door: dict, check: dict, work: dict | None = None, rate: float = 100) -> Evaluation:
    """Traffic → an API that asks an authorizer `check` before it calls `work`."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": rate},
        "door": door,
        "work": work or STEADY,
        "check": check,
    }
    edges = ("people > door", "door > work", ("door > check", {"role": "authorizer"}))
    return sandbox.evaluate(drawn(nodes, *edges))


@pytest.mark.parametrize(
    ("door", "checked", "worked"),
    [
        (REST, 10, 10),
        (HTTP, 10, 10),
        ({**REST, "authorizer_hit_ratio": 0.9}, 1, 10),
        ({**HTTP, "authorizer_hit_ratio": 1}, 0, 10),
        ({**CACHED, "cache_hit_ratio": 0.8}, 10, 2),
        ({**CACHED, "cache_hit_ratio": 0.8, "authorizer_hit_ratio": 0.5}, 5, 2),
        ({**CACHED, "cache_hit_ratio": 1}, 10, 0),
    ],
)
def test_each_cache_spares_its_own_function(door, checked, worked):
    """100/s × 0.1 s are 10 at once (Little's law), of the function and of its authorizer, less what hits."""
    done = guarded(door, STEADY)

    assert done.nodes["check"].concurrency == pytest.approx(checked)
    assert done.nodes["work"].concurrency == pytest.approx(worked)


def test_both_take_of_the_accounts_concurrency():
    """The authorizer doubles what the API needs: 20 at once, of a pool of 1,000."""
    done = guarded(HTTP, STEADY)

    use = next(use for use in done.nodes["work"].limits if use.name == "account concurrency")
    assert use.demand == pytest.approx(20)


def test_who_is_not_let_in_goes_no_further():
    """An authorizer that throttles 16.8 % of 9/s lets 7.5/s through. Source: Erlang B of 10 slots and 9."""
    check = {**STEADY, "duration_ms": 1000, "reserved_concurrency": 10, "timeout_s": 60}
    done = guarded(HTTP, check, rate=9)

    assert done.flows["people"].success_ratio == pytest.approx(1 - 0.1680, abs=5e-4)
    assert done.nodes["work"].offered_per_s == pytest.approx(9 * (1 - 0.1680), abs=5e-3)


def test_hits_and_misses_are_a_mixture():
    """Of four requests three are answered in the API's own 10 ms, one waits 100 ms more; none waits 35."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 10},
        "door": {**CACHED, "cache_hit_ratio": 0.75},
        "work": STEADY,
    }
    seen = sandbox.evaluate(drawn(nodes, "people > door", "door > work")).nodes["door"].latency

    assert seen.mean == pytest.approx(35)
    assert seen.p50 == pytest.approx(10, rel=0.1)
    assert seen.p95 == pytest.approx(110, rel=0.1)


def test_a_spared_authorizer_is_a_mixture_too():
    """One request in ten is checked in 100 ms, and every one works 100 ms: 110 ms, or 210 ms."""
    seen = guarded({**REST, "authorizer_hit_ratio": 0.9}, STEADY).nodes["door"].latency

    assert seen.mean == pytest.approx(120)
    assert seen.p50 == pytest.approx(110, rel=0.05)
    assert seen.p95 == pytest.approx(210, rel=0.05)


@pytest.mark.parametrize(("hits", "ok"), [(0, 0.0), (0.9, 0.9)])
def test_hits_do_not_wait_for_what_is_too_slow(hits, ok):
    """A function of 40 s behind a REST API of 29 s fails every miss, and no hit."""
    slow = {**STEADY, "duration_ms": 40_000, "timeout_s": 60}
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 1},
        "door": {**CACHED, "cache_hit_ratio": hits},
        "work": slow,
    }
    done = sandbox.evaluate(drawn(nodes, "people > door", "door > work"))

    assert done.flows["people"].success_ratio == pytest.approx(ok)


def test_a_cache_is_paid_by_the_hour_and_spares_calls():
    """0.5 GB at 0.02 an hour are 14.60 a month, and nine in ten of the function's calls are not made."""
    nodes = {"people": {"service": "traffic", "rate_per_s": 40}, "work": STEADY}

    plain, cached = (
        sandbox.evaluate(drawn({**nodes, "door": door}, "people > door", "door > work")).nodes
        for door in (REST, {**CACHED, "cache_hit_ratio": 0.9})
    )

    assert cached["door"].monthly_usd - plain["door"].monthly_usd == pytest.approx(14.60)
    assert cached["work"].monthly_usd == pytest.approx(0.1 * plain["work"].monthly_usd)


@pytest.mark.parametrize(("door", "ok"), [(HTTP, 0.0), (REST, 1.0)])
def test_an_http_api_waits_ten_seconds_for_its_authorizer(door, ok):
    """One that takes 12 s fails every request of an HTTP API, and none of a REST API.

    Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    """
    slow = {**STEADY, "duration_ms": 12_000, "timeout_s": 60}

    assert guarded(door, slow, rate=1).flows["people"].success_ratio == pytest.approx(ok)
