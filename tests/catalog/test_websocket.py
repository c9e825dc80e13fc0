"""A WebSocket API keeps a stock of connections, and bills messages of both ways and minutes."""

import numpy as np
import pytest
from front_designs import behind, billed, counted, drawn, used

import sandbox
from sandbox.catalog.services.api_gateway_websocket import WebSocketApi
from sandbox.timeline.inputs import given

MINUTES = 43_800
"""Minutes of a month of 730 hours."""
LIMITS = (
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/"
    "apigateway-execution-service-websocket-limits-table.html"
)
WS = {"service": "api-gateway-websocket"}


def test_3_6_million_connections_are_all_that_500_a_second_can_keep_up():
    """AWS: 500 new connections a second that each stay two hours are 3.6 million at once. Source: LIMITS."""
    done = behind({**WS, "connections": 3_600_000}, rate_per_s=1)

    assert used(done)["new WebSocket connections"] == (pytest.approx(500), 500)


def test_connections_beyond_the_quota_are_neither_kept_nor_billed():
    """Twice what can be kept up leaves half of them outside; messages pass all the same."""
    done = behind({**WS, "connections": 7_200_000}, rate_per_s=1)

    minutes = counted(done)["WebSocket connection minutes"]
    assert minutes == pytest.approx(3_600_000 * MINUTES)
    assert done.nodes["door"].throttled_per_s == pytest.approx(0)


@pytest.mark.parametrize(
    ("settings", "rate", "asked"),
    [
        ({}, 1000, 1000),
        ({"replies": 4}, 1000, 5000),
        ({"connections": 72_000, "heartbeat_s": 300}, 1000, 1000 + 240),
        ({"replies": 1, "connections": 600_000, "heartbeat_s": 600}, 500, 1000 + 1000),
    ],
)
def test_messages_of_both_ways_take_of_the_accounts_bucket(settings, rate, asked):
    """Messages in, messages back and heartbeats are requests of the 10,000/s that all APIs share.

    Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    """
    done = behind({**WS, **settings}, rate_per_s=rate)

    assert used(done)["account request rate"] == (pytest.approx(asked), 10_000)
    assert done.nodes["door"].offered_per_s == pytest.approx(rate)


def test_the_bucket_throttles_messages_and_their_replies():
    """3,000 messages a second that each bring four back ask for 15,000: two in three pass."""
    done = behind({**WS, "replies": 4}, rate_per_s=3000)

    assert done.nodes["door"].accepted_per_s == pytest.approx(2000)


def test_the_authorizer_is_asked_once_for_each_connection():
    """7,200 connections of an hour are two new ones a second, whatever they send (the $connect route)."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 300},
        "door": {**WS, "connections": 7200, "connection_s": 3600},
        "work": {"service": "lambda"},
        "check": {"service": "lambda"},
    }
    done = sandbox.evaluate(
        drawn(nodes, "people > door", "door > work", ("door > check", {"role": "authorizer"}))
    )

    assert done.nodes["check"].offered_per_s == pytest.approx(2)
    assert done.nodes["work"].offered_per_s == pytest.approx(300)


def test_what_code_sends_to_clients_goes_no_further():
    """A function that tells ten clients of an event makes ten messages, and is not called by them."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 5},
        "queue": {"service": "sqs"},
        "tell": {"service": "lambda"},
        "door": {**WS},
        "work": {"service": "lambda"},
    }
    edges = ("people > queue", "queue > tell", ("tell > door", {"calls": 10, "item_kb": 40}), "door > work")
    done = sandbox.evaluate(drawn(nodes, *edges))

    assert done.nodes["door"].offered_per_s == pytest.approx(50)
    assert done.nodes["work"].offered_per_s == pytest.approx(0)
    assert counted(done)["WebSocket messages"] == pytest.approx(2 * 50 * 2_628_000)


def test_the_chat_of_awss_pricing_page():
    """1,000 users, 12 h a day, 100 messages sent and 500 received of 3 KB each: 18.00 + 5.40 in 30 days.

    Source: https://aws.amazon.com/api-gateway/pricing/, WebSocket example, 2025-11
    """
    settings = {**WS, "connections": 1000 * 12 * 60 * 30 / MINUTES, "replies": 5, "response_kb": 3}
    traffic = {"requests": {"count": 3_000_000, "per": "month"}, "payload_kb": 3}

    paid = billed(behind(settings, **traffic))

    assert paid["WebSocket messages"] == pytest.approx(18.00, abs=0.005)
    assert paid["WebSocket connection minutes"] == pytest.approx(5.40, abs=0.005)


@pytest.mark.parametrize(
    ("kb", "reply_kb", "pieces"), [(3, 3, 2), (32, 32, 2), (33, 3, 3), (128, 128, 8), (1, 0, 2)]
)
def test_a_message_is_billed_for_each_started_32_kb(kb, reply_kb, pieces):
    """Source: https://aws.amazon.com/api-gateway/pricing/, metered in 32 KB."""
    settings = {**WS, "replies": 1, "response_kb": reply_kb}

    done = behind(settings, requests={"count": 1_000_000, "per": "month"}, payload_kb=kb)

    assert counted(done)["WebSocket messages"] == pytest.approx(1_000_000 * pieces)


def test_messages_to_clients_leave_aws():
    """A million replies of 10 KB are 9.54 GB out; what comes in is free."""
    settings = {**WS, "replies": 1, "response_kb": 10}

    done = behind(settings, requests={"count": 1_000_000, "per": "month"}, payload_kb=100)

    assert counted(done)["Transfer out to the internet"] == pytest.approx(1e7 / 1_048_576)


def test_connections_come_and_go_with_the_load():
    """Half the day's users are half the minutes, and a peak of double the rate has double the connections."""
    users = {"count": 1000, "actions": 100, "per": "day", "hours": "0-12"}
    done = behind({**WS, "connections": 1000}, users=users)
    run = given(
        behind(
            {**WS, "connections": 7200},
            rate_per_s=10,
            profile={"shape": "spike", "factor": 2, "at_s": 5, "for_s": 60},
        ).lowered,
        10,
        1.0,
    )

    assert counted(done)["WebSocket connection minutes"] == pytest.approx(500 * MINUTES)
    assert np.ravel(run.inputs.profiles["door!connections"])[[0, 9]] == pytest.approx([1, 2])


def test_connections_scale_with_the_load_dial():
    """At three times the load there are three times the clients."""
    done = behind({**WS, "connections": 1000}, load=3.0, rate_per_s=1)

    assert counted(done)["WebSocket connection minutes"] == pytest.approx(3000 * MINUTES)


def test_headroom_counts_requests_not_connections():
    """100 messages/s reach the account's 10,000 at a hundred times the load; connections are not counted."""
    first = behind({**WS, "connections": 3600}, rate_per_s=100).headroom[0]

    assert (first.load_multiplier, first.rate_per_s) == pytest.approx((100, 10_000), rel=2e-3)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"authorizer_hit_ratio": 0.5}, "each connection"),
        ({"connection_s": 7201}, "7200"),
        ({"heartbeat_s": 601}, "600"),
        ({"response_kb": 129}, "128"),
        ({"timeout_s": 29.5}, "29"),
        ({"throttle_burst": 5}, "needs throttle_rate_per_s"),
    ],
)
def test_what_aws_refuses_is_refused(settings, words):
    """Two hours, ten minutes, 128 KB, 29 s. Source: LIMITS."""
    with pytest.raises(ValueError, match=words):
        WebSocketApi(**settings)
