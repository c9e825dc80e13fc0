"""A GraphQL API takes request tokens, runs resolvers, and sends changes on to subscribers."""

import pytest
from front_designs import behind, billed, counted, drawn, used

import sandbox
from sandbox.catalog.services.appsync import AppSync

GRAPHQL = {"service": "appsync"}
STEADY = {"service": "external", "latency_ms": 100, "latency_cv": 0}
QUOTAS = "https://docs.aws.amazon.com/general/latest/gr/appsync.html"
MINUTES = 43_800


@pytest.mark.parametrize(
    ("settings", "calls"),
    [
        ({}, 100),
        ({"resolvers_per_request": 10}, 1000),
        ({"resolvers_per_request": 0.5}, 50),
        ({"resolvers_per_request": 10, "cache_hit_ratio": 0.8}, 200),
        ({"cache_hit_ratio": 1}, 0),
    ],
)
def test_each_resolver_calls_unless_the_cache_answers(settings, calls):
    """A list of ten whose items are each resolved makes ten calls of one request (the N + 1 problem)."""
    done = behind({**GRAPHQL, **settings}, STEADY, rate_per_s=100)

    assert done.nodes["behind"].offered_per_s == pytest.approx(calls)


@pytest.mark.parametrize(("at_once", "ms"), [(1, 1010), (5, 210), (10, 110), (100, 110)])
def test_resolvers_run_one_after_the_other_or_side_by_side(at_once, ms):
    """Ten calls of 100 ms take 1 s in turn, 200 ms five at a time, 100 ms all at once, and its own 10 ms."""
    settings = {"resolvers_per_request": 10, "resolvers_at_once": at_once}
    done = behind({**GRAPHQL, **settings}, STEADY, rate_per_s=1)

    assert done.nodes["door"].latency.mean == pytest.approx(ms)
    assert done.nodes["behind"].offered_per_s == pytest.approx(10)


def test_hits_and_misses_are_a_mixture():
    """Of four requests three take the API's 10 ms, and one 100 ms more."""
    seen = behind({**GRAPHQL, "cache_hit_ratio": 0.75}, STEADY, rate_per_s=1).nodes["door"].latency

    assert seen.mean == pytest.approx(35)
    assert seen.p50 < 20
    assert seen.p95 == pytest.approx(110, rel=0.1)


@pytest.mark.parametrize(
    ("region", "tokens", "capacity", "accepted"),
    [("us-east-1", 1, 10_000, 10_000), ("us-east-1", 4, 10_000, 2500), ("eu-north-1", 1, 5000, 5000)],
)
def test_request_tokens_are_shared_by_the_account(region, tokens, capacity, accepted):
    """10,000 tokens a second in eleven regions, 5,000 in the others. Source: QUOTAS."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 20_000, "payload_kb": 1},
        "door": {**GRAPHQL, "tokens_per_request": tokens},
    }
    design = drawn(nodes, "people > door", region=region)
    lowered = sandbox.evaluate(design) if region == "us-east-1" else None
    quota = design.nodes["door"].kind.facts.quotas["request_tokens"]

    assert quota.regions.get(region, quota.value) == capacity
    if lowered:
        assert used(lowered)["GraphQL request tokens"] == (pytest.approx(20_000 * tokens), capacity)
        assert lowered.nodes["door"].accepted_per_s == pytest.approx(accepted)


@pytest.mark.parametrize(
    ("settings", "limit", "asked"),
    [
        ({"mutation_ratio": 0.5, "subscriptions": 1000}, "updates delivered", 100 * 0.5 * 1000),
        (
            {"mutation_ratio": 0.5, "subscriptions": 1000, "update_kb": 6},
            "updates delivered",
            100 * 0.5 * 1000 * 2,
        ),
        (
            {"mutation_ratio": 1, "subscriptions": 1e6, "subscribers_per_mutation": 20},
            "updates delivered",
            100 * 20,
        ),
        ({"mutation_ratio": 0.5, "subscriptions": 1000}, "updates published", 50),
        ({"subscriptions": 172_800_000, "connection_s": 86_400}, "new connections of subscribers", 2000),
    ],
)
def test_changes_are_sent_to_those_who_subscribe(settings, limit, asked):
    """10,000 messages/s in, a million of 5 KB out, 2,000 new connections/s. Source: QUOTAS."""
    done = behind({**GRAPHQL, **settings}, STEADY, rate_per_s=100)

    assert used(done)[limit][0] == pytest.approx(asked)


def test_an_api_without_subscribers_has_only_tokens():
    """What nobody uses is no limit."""
    assert set(used(behind(GRAPHQL, STEADY, rate_per_s=1))) == {"GraphQL request tokens"}


def test_a_request_has_thirty_seconds():
    """Resolvers that take longer fail it. Source: QUOTAS."""
    slow = {"service": "external", "latency_ms": 31_000, "latency_cv": 0}

    assert behind(GRAPHQL, slow, rate_per_s=1).flows["people"].success_ratio == pytest.approx(0)


def test_a_month_is_operations_updates_and_minutes():
    """10 million requests, a tenth of them changes that 50 of 1,000 subscribers get: 40 + 100 + 3.50 USD.

    A client that stays a day connects 30.42 times a month. Source: https://aws.amazon.com/appsync/pricing/
    """
    settings = {"subscriptions": 1000, "mutation_ratio": 0.1, "subscribers_per_mutation": 50}
    paid = behind({**GRAPHQL, **settings}, STEADY, requests={"count": 10_000_000, "per": "month"})

    assert billed(paid)["Query and data modification operations"] == pytest.approx(40.0)
    assert counted(paid)["Real-time updates"] == pytest.approx(50_000_000 + 1000 * 2_628_000 / 86_400)
    assert billed(paid)["Real-time updates"] == pytest.approx(100.06, abs=0.005)
    assert billed(paid)["Connection minutes"] == pytest.approx(1000 * MINUTES * 0.08e-6)
    assert counted(paid)["Transfer out to the internet"] == pytest.approx(50_000_000 * 2 / 1_048_576)


def test_an_operation_is_one_however_many_resolvers_it_runs():
    """Four USD a million. Source: https://aws.amazon.com/appsync/pricing/."""
    asked = {"count": 1_000_000, "per": "month"}
    paid = billed(behind({**GRAPHQL, "resolvers_per_request": 20, "response_kb": 0}, STEADY, requests=asked))

    assert paid == pytest.approx({"Query and data modification operations": 4.0})


def test_the_cache_costs_what_the_design_says():
    """730 hours of what AWS asks for the instance."""
    front = {**GRAPHQL, "cache_hit_ratio": 0.5, "cache_usd_per_hour": 0.2, "response_kb": 0}

    assert billed(behind(front, STEADY, rate_per_s=0))["Cache"] == pytest.approx(146.0)


def test_authorizers_come_first_and_may_be_spared():
    """An authorizer whose answers are kept is asked for one request in ten, however many resolvers run."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 100},
        "door": {**GRAPHQL, "resolvers_per_request": 3, "authorizer_hit_ratio": 0.9},
        "table": {"service": "dynamodb"},
        "check": {"service": "lambda"},
    }
    edges = ("people > door", "door > table", ("door > check", {"role": "authorizer"}))
    done = sandbox.evaluate(drawn(nodes, *edges))

    assert done.nodes["check"].offered_per_s == pytest.approx(10)
    assert done.nodes["table"].offered_per_s == pytest.approx(300)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"subscribers_per_mutation": 5, "subscriptions": 4}, "more than"),
        ({"timeout_s": 31}, "30"),
        ({"resolvers_per_request": 10_001}, "10000"),
        ({"update_kb": 241}, "240"),
    ],
)
def test_what_aws_refuses_is_refused(settings, words):
    """The message says what does not fit."""
    with pytest.raises(ValueError, match=words):
        AppSync(**settings)
