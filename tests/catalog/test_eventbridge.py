"""A bus: what it takes, what it delivers and how often, and what it bills."""

import pytest
from bill_cases import load
from flow_designs import chain, edge, evaluated, limit, node
from link_cases import check, link, lowered, most

BUS = ("eventbridge", {})


@pytest.mark.parametrize("case", load("eventbridge"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Events by 64 KB, archives by the GB, deliveries to HTTP endpoints."""
    check(case)


def test_a_mixed_month_costs_what_is_printed():
    """Custom and partner events, an archive and discovery: 17.70 (infracost's golden file)."""
    printed = {case["id"]: case["usd"] for case in load("eventbridge")[:4]}

    assert sum(printed.values()) == pytest.approx(17.70)


@pytest.mark.parametrize(
    ("region", "puts", "invocations"),
    [
        ("us-east-1", 10_000, 18_750),
        ("eu-west-1", 10_000, 18_750),
        ("eu-central-1", 2_400, 4_500),
        ("ap-northeast-1", 1_200, 2_250),
        ("eu-north-1", 400, 750),
    ],
)
def test_the_account_has_two_quotas(region, puts, invocations):
    """PutEvents and invocations a second, by region (eb-quota.html)."""
    parts = lowered("eventbridge", {}, (link(),), (link(1, kind="delivery"),), region=region)

    assert most(parts, 0) == puts
    assert {quota.id: quota.capacity for quota in parts.quotas} == {
        "eventbridge.put_events_per_s": puts,
        "eventbridge.invocations_per_s": invocations,
    }


def test_ten_events_are_one_put():
    """A PutEvents of ten entries takes one of the quota."""
    assert most(lowered("eventbridge", {"events_per_request": 10}, (link(),)), 0) == 100_000


def test_what_is_put_over_the_quota_is_refused():
    """12,000 a second where 10,000 may be put: the caller gets the rest back."""
    told = evaluated(chain(BUS, rate=12_000))

    assert told.nodes["n0"].throttled_per_s == pytest.approx(2_000)


def test_what_is_delivered_over_the_quota_waits():
    """10,000 events for two queues are 20,000 invocations of 18,750: the rest is delayed."""
    two = node("a", "sqs") + node("b", "sqs") + edge("n0", "a") + edge("n0", "b")

    told = evaluated(chain(BUS, more=two, rate=10_000))

    assert told.nodes["n0"].backlog_growth_per_s == pytest.approx(625, rel=1e-6)
    assert told.nodes["a"].accepted_per_s == pytest.approx(9_375, rel=1e-6)
    assert told.nodes["n0"].throttled_per_s == 0


def test_a_filter_shares_events_out():
    """Rules that match a fifth and a half of the events deliver so many, and take so much of the quota."""
    two = node("a", "sqs") + node("b", "sqs") + edge("n0", "a", calls=0.2) + edge("n0", "b", calls=0.5)

    told = evaluated(chain(BUS, more=two, rate=100))

    assert told.nodes["a"].accepted_per_s == pytest.approx(20)
    assert told.nodes["b"].accepted_per_s == pytest.approx(50)
    assert limit(told, "n0", "invocations of targets") == pytest.approx((70, 18_750))


def test_a_target_is_tried_as_often_as_the_rule_says():
    """One of two calls fails: with one retry a quarter is given up, into the dead letters."""
    text = chain(BUS, ("external", {"error_ratio": 0.5}), rate=100)
    text = text.replace('to = "n1"', 'to = "n1"\nmax_attempts = 1')
    dead = node("dead", "sqs") + edge("n0", "dead", role="dead-letter")

    told = evaluated(text + dead)

    assert told.nodes["n1"].offered_per_s == pytest.approx(150)
    assert told.nodes["dead"].accepted_per_s == pytest.approx(25)
    assert told.nodes["n0"].lost_per_s == 0


def test_an_api_destination_is_called_no_faster_than_its_quota():
    """300 a second to one HTTP endpoint (eb-quota.html); the rest waits."""
    told = evaluated(chain(BUS, ("external", {}), rate=400))

    assert told.nodes["n1"].accepted_per_s == pytest.approx(300, rel=1e-6)
    assert told.nodes["n0"].backlog_growth_per_s == pytest.approx(100, rel=1e-6)


def test_a_function_gets_events_through_its_own_queue():
    """Its errors are for Lambda's queue: three executions, then its own destination (invocation-async)."""
    told = evaluated(chain(BUS, ("lambda", {"error_ratio": 1.0}), rate=10))

    assert told.nodes["n1"].offered_per_s == pytest.approx(30)
    assert told.nodes["n1"].lost_per_s == pytest.approx(10)


def test_events_of_a_bucket_take_no_puts():
    """What AWS services publish is not PutEvents, and free."""
    text = chain(("s3", {}), rate=50) + node("bus", "eventbridge") + edge("n0", "bus")
    text = text.replace('to = "n0"', 'to = "n0"\noperation = "put"')

    told = evaluated(text)

    assert told.nodes["bus"].accepted_per_s == pytest.approx(50)
    assert limit(told, "bus", "PutEvents")[0] == 0
    assert told.nodes["bus"].monthly_usd == 0


def test_a_function_sends_what_fails_to_a_bus():
    """An on-failure destination may be a bus: PutEvents, paid as custom events."""
    text = chain(BUS, ("lambda", {"error_ratio": 1.0}), rate=10)
    more = node("failed", "eventbridge") + edge("n1", "failed", role="on-failure")

    told = evaluated(text + more)

    assert told.nodes["failed"].accepted_per_s == pytest.approx(10)
    assert limit(told, "failed", "PutEvents")[0] == pytest.approx(20)
    assert told.nodes["failed"].monthly_usd == pytest.approx(10 * 2.628)
