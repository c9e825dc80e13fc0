"""A design becomes the stations and arcs that behave like it."""

import pytest

from sandbox.engine.network import ArcKind
from sandbox.lower import lower

from .designs import design, edge, node, pipeline


def arcs(lowered, kind: ArcKind) -> set[tuple[str, str]]:
    """Arcs of one kind by their ends."""
    return {(arc.source, arc.target) for arc in lowered.network.arcs if arc.kind is kind}


def test_queue_is_a_send_a_poller_and_a_function():
    """What is sent is handed to the poller, which drives the function and gives up into a queue."""
    lowered = lower(pipeline())

    poller = lowered.edges[3].holding
    assert ("intake", poller) in arcs(lowered, ArcKind.HANDOFF)
    assert (poller, "ship#3") in arcs(lowered, ArcKind.DRIVE)
    assert (poller, "failed") in arcs(lowered, ArcKind.DEAD_LETTER)
    assert {("shoppers", "api"), ("api", "place"), ("place", "intake")} <= arcs(lowered, ArcKind.SYNC)


def test_reservations_leave_the_pool():
    """A reservation is taken out of what the other functions share."""
    (account,) = [pool for pool in lower(pipeline()).network.slots if pool.id == "lambda.concurrency"]

    assert account.capacity == 980


def test_accounts_do_not_compete():
    """Functions in different accounts have pools of their own."""
    lowered = lower(
        design(
            "[accounts.payments]\nlambda_concurrency = 500\n"
            + node("a", "lambda")
            + node("b", "lambda", account="payments")
        )
    )

    assert {pool.id: pool.capacity for pool in lowered.network.slots} == {
        "lambda.concurrency": 1000,
        "payments/lambda.concurrency": 500,
    }


ROUTES = ((0.4, 0.6, True), (0.4, 0.4, True), (1.0, 1.0, False), (0.7, 0.4, False))


@pytest.mark.parametrize(("first", "second", "routed"), ROUTES)
def test_ways_out_are_routes_or_a_sequence(first: float, second: float, routed: bool):
    """A front door's ways whose calls sum to at most 1 are alternatives, else they are called in turn."""
    lowered = lower(
        design(
            node("api", "api-gateway-http")
            + node("a", "lambda")
            + node("b", "lambda")
            + edge("api", "a", calls=first)
            + edge("api", "b", calls=second)
        )
    )

    (api,) = [station for station in lowered.network.stations if station.id == "api"]
    assert api.routes is routed


def test_authorizer_comes_before_the_routes():
    """Every request asks the authorizer, unless its cache answers, and then takes one of the routes."""
    lowered = lower(
        design(
            node("api", "api-gateway-rest", authorizer_hit_ratio=0.9)
            + node("a", "lambda")
            + node("guard", "lambda")
            + edge("api", "a")
            + edge("api", "guard", role="authorizer")
        )
    )

    calls = [(arc.source, arc.target, round(arc.gain, 9)) for arc in lowered.network.arcs]
    assert calls == [("api", "guard", 0.1), ("api", "api!routes", 1.0), ("api!routes", "a", 1.0)]


def test_rivals_share_a_queue():
    """Two consumers of one queue each get a part of its messages; readers of a stream each see all."""
    queue = lower(
        design(node("q", "sqs") + node("a", "lambda") + node("b", "lambda") + edge("q", "a") + edge("q", "b"))
    )
    stream = lower(
        design(
            node("t", "traffic")
            + node("q", "kinesis")
            + node("a", "lambda")
            + node("b", "lambda")
            + edge("t", "q")
            + edge("q", "a")
            + edge("q", "b")
        )
    )

    assert [arc.gain for arc in queue.network.arcs if arc.kind is ArcKind.HANDOFF] == [0.5, 0.5]
    assert [arc.gain for arc in stream.network.arcs if arc.kind is ArcKind.HANDOFF] == [1.0, 1.0]
