"""NAT gateway: calls pass on, ports and bandwidth end, hours and GB are paid; endpoints go past it."""

from typing import Any

import pytest
from pydantic import ValidationError

import sandbox
from sandbox.catalog.connections import connections
from sandbox.catalog.egress.carried import carried
from sandbox.catalog.egress.edges import NatEdge, NatStoreEdge
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Link, Parts, Site, services
from sandbox.catalog.usage import KB_PER_GB, MONTH_S
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from tests.evaluation.designs import design, edge, node

MONTH_OF_100_GB = 100 * KB_PER_GB / MONTH_S
"""KB per second that come to 100 GB in 730 hours."""


def called(target: str = "external", rate: float = 1, *more: str, **said: Any) -> Evaluation:
    """Tasks in private subnets that call something through a gateway, once for each request."""
    return sandbox.evaluate(drawn(target, rate, *more, **said))


def drawn(
    target: str,
    rate: float,
    *more: str,
    nat: dict[str, Any] | None = None,
    to: dict[str, Any] | None = None,
    region: str = "us-east-1",
    **call: object,
) -> Design:
    """The design: the tasks take any number of requests, and an external service answers in 100 ms."""
    answers = {"latency_ms": 100, "latency_cv": 0} if target == "external" else {}
    return design(
        f'region = "{region}"\n'
        + node("users", "traffic", rate_per_s=rate)
        + node("tasks", "fargate", tasks=1000, concurrency_per_task=10_000, duration_ms=1)
        + node("nat", "nat-gateway", **(nat or {}))
        + node("to", target, **{**answers, **(to or {})})
        + edge("users", "tasks")
        + edge("tasks", "nat")
        + edge("nat", "to", **call)
        + "".join(more)
    )


def limits(told: Evaluation) -> dict[str, tuple[float, float]]:
    """Demand and capacity of the gateway's limits, by name."""
    return {limit.name: (limit.demand, limit.capacity) for limit in told.nodes["nat"].limits}


def billed(told: Evaluation) -> dict[str, tuple[float, float]]:
    """Quantity and USD of the gateway's lines."""
    return {line.item: (line.quantity, line.usd) for line in told.lines if line.node == "nat"}


def lowered(*calls: tuple[str, NatEdge], **settings: object) -> Parts:
    """The stations of a gateway with some calls behind it."""
    kind = services()["nat-gateway"].settings
    links = [
        Link(index, "sync", "", f"n{index}", service, call, 2.0, services()[service].settings())
        for index, (service, call) in enumerate(calls)
    ]
    quotas = resolve("nat-gateway", "us-east-1", {})
    return services()["nat-gateway"].lower(Site("nat", kind(**settings), quotas, "", (), links))


def test_a_call_takes_as_long_as_what_is_called():
    """1 ms of its own and 100 ms of the answer: at 50/s 5.05 calls are under way."""
    told = called(rate=50)

    assert told.nodes["nat"].latency.mean == pytest.approx(101, rel=1e-6)
    assert told.nodes["nat"].concurrency == pytest.approx(50 * 0.101, rel=1e-6)
    assert told.nodes["to"].accepted_per_s == pytest.approx(50, rel=1e-9)


def test_ports_end_at_55_000_for_each_address_and_destination():
    """1,000/s that wait 100 s are 100,000 connections; one gateway has 55,000, two have 110,000."""
    slow = {"latency_ms": 100_000}
    one, two = (called(rate=1000, nat={"zones": zones}, to=slow) for zones in (1, 2))

    assert limits(two)["connections to to"] == pytest.approx((100_001, 110_000), rel=1e-6)
    assert two.nodes["nat"].throttled_per_s == 0
    assert limits(one)["connections to to"][1] == 55_000
    assert one.nodes["nat"].accepted_per_s == pytest.approx(550, rel=0.01)
    assert one.nodes["nat"].throttled_per_s == pytest.approx(450, rel=0.01)


@pytest.mark.parametrize(
    ("settings", "call", "most"),
    [
        ({"zones": 1}, {}, 900),
        ({"zones": 1, "addresses": 8}, {}, 7200),
        ({"zones": 3}, {}, 2700),
        ({"zones": 1}, {"destination_addresses": 4}, 3600),
    ],
)
def test_900_connections_a_second_may_be_opened(settings, call, most):
    """About 55,000 a minute for each address and destination, says AWS's guide."""
    told = called(rate=most * 2, nat=settings, reuse_connections=False, **call)

    assert limits(told)["new connections to to"] == pytest.approx((most * 2, most))
    assert told.nodes["nat"].accepted_per_s == pytest.approx(most, rel=1e-3)


def test_connections_that_are_kept_open_are_not_opened():
    """By default a client keeps its connections."""
    told = called(rate=2000, nat={"zones": 1})

    assert set(limits(told)) == {"connections to to", "bandwidth", "packets"}
    assert told.nodes["nat"].throttled_per_s == 0


def test_bandwidth_ends_at_100_gbit_in_each_zone():
    """2,000/s of 10,000 KB are 163.84 Gbit/s; one gateway lets 1,220.7/s through."""
    told = called(rate=2000, nat={"zones": 1}, item_kb=10_000)

    assert limits(told)["bandwidth"] == pytest.approx((163.84, 100))
    assert told.nodes["nat"].accepted_per_s == pytest.approx(2000 * 100 / 163.84, rel=1e-6)


def test_each_way_has_a_packet_at_least():
    """2 KB are two packets of 1,460 bytes, and one comes back."""
    told = called(rate=100, item_kb=2)

    assert limits(told)["packets"] == pytest.approx((300, 20_000_000))


def test_bandwidth_begins_at_5_gbit_and_doubles():
    """500/s of 2,500 KB are 10.24 Gbit/s: a minute passes until one gateway carries that."""
    asked = drawn("external", 500, nat={"zones": 1}, item_kb=2500)

    course = sandbox.simulate(asked, horizon_s=120, step_s=1).to_dict()["nodes"]["nat"]

    assert course["throttled_per_s"][5] == pytest.approx(500 * (1 - 5 / 10.24), rel=0.02)
    assert course["throttled_per_s"][-1] == pytest.approx(500 * (1 - 10 / 10.24), rel=0.1)


def test_only_calls_of_a_destination_without_ports_are_refused():
    """Half of 4,000/s open connections, to one of two destinations: 900 of those pass, and all others."""
    other = node("other", "external") + edge("nat", "other", calls=0.5)
    told = called("external", 4000, other, nat={"zones": 1}, calls=0.5, reuse_connections=False)

    assert told.nodes["nat"].throttled_per_s == pytest.approx(2000 - 900, rel=1e-3)


def test_each_of_several_destinations_has_ports_of_its_own():
    """Of 1,000/s a half waits 200 s for one: 100,000 connections of 55,000. The others pass."""
    other = node("other", "external", latency_ms=100, latency_cv=0) + edge("nat", "other", calls=0.5)
    told = called("external", 1000, other, nat={"zones": 1}, to={"latency_ms": 200_000}, calls=0.5)

    assert limits(told)["connections to to"] == pytest.approx((100_000, 55_000), rel=1e-3)
    assert limits(told)["connections to other"] == pytest.approx((50, 55_000), rel=1e-3)
    assert told.nodes["to"].accepted_per_s == pytest.approx(275, rel=1e-3)
    assert told.nodes["other"].accepted_per_s == pytest.approx(500, rel=1e-9)


def test_calls_of_one_service_share_a_destination():
    """Two queues have one endpoint at AWS; a partner's server has its own."""
    parts = lowered(
        ("sqs", NatEdge(calls=0.3)), ("sqs", NatEdge(calls=0.3)), ("external", NatEdge(calls=0.4))
    )

    assert {pool.id for pool in parts.slots} == {"nat.connections sqs", "nat.connections n2"}
    assert {round(demand.share, 9) for demand in parts.stations[0].demands} == {0.6, 0.4}


def test_several_calls_for_each_item_all_see_their_limits():
    """Two calls one after the other: each refusal fails the item."""
    parts = lowered(("external", NatEdge()), ("external", NatEdge(calls=3)))

    assert {demand.share for demand in parts.stations[0].demands} == {1.0}
    assert {demand.part for demand in parts.stations[0].demands} == {""}


def test_a_gateway_endpoint_goes_past_all_of_it():
    """No ports, no bandwidth, no GB; an interface endpoint has a bandwidth of its own."""
    free, paid = (lowered(("s3", NatStoreEdge(endpoint=way))) for way in ("gateway", "interface"))

    assert free.quotas == ()
    assert [(quota.id, quota.capacity) for quota in paid.quotas] == [("nat.endpoint s3", 200)]


@pytest.mark.parametrize(
    ("service", "call", "answer_kb", "there_and_back"),
    [
        ("external", {}, 0, (2, 0)),
        ("external", {}, 30, (2, 30)),
        ("sqs", {"item_kb": 8}, 0, (2, 0)),
        ("s3", {"operation": "put"}, 9, (2, 0)),
        ("s3", {}, 0, (0, 2)),
        ("s3", {}, 9, (0, 9)),
        ("s3", {"operation": "read", "item_kb": 2}, 9, (0, 2)),
        ("dynamodb", {"operation": "query"}, 0, (0, 2)),
        ("dynamodb", {"operation": "delete"}, 0, (2, 0)),
    ],
)
def test_what_a_call_carries(service, call, answer_kb, there_and_back):
    """What is read comes back, what is written goes there; others get the item, and answer."""
    link = Link(0, "sync", "", "to", service, NatEdge(**call), 2.0, None, answer_kb)

    assert carried(link) == there_and_back


@pytest.mark.parametrize(("operation", "service"), [("put", "s3"), ("get", "s3"), ("", "external")])
def test_a_gateway_for_730_hours_and_100_gb(operation, service):
    """37.35 in us-east-1, as infracost's nat_gateway_test.golden says; and its address, 3.65."""
    said = {"operation": operation} if operation else {}
    lines = billed(called(service, nat={"zones": 1}, item_kb=MONTH_OF_100_GB, **said))

    assert lines["NAT gateway"] == pytest.approx((730, 32.85), abs=1e-6)
    assert lines["Data through the NAT gateway"] == pytest.approx((100, 4.50), abs=1e-6)
    assert lines["Public IPv4 addresses"] == pytest.approx((730, 3.65), abs=1e-6)
    assert lines.keys() == {"NAT gateway", "Data through the NAT gateway", "Public IPv4 addresses"}


def test_both_directions_are_paid():
    """A request of 100 GB a month and an answer of as much: 9.00."""
    told = called(item_kb=MONTH_OF_100_GB, to={"response_kb": MONTH_OF_100_GB})

    assert billed(told)["Data through the NAT gateway"][1] == pytest.approx(9.00)


def test_every_try_is_paid():
    """A call that always fails is tried three times over one gateway: 3 × 4.50, and not nine times."""
    told = called("lambda", item_kb=MONTH_OF_100_GB, to={"error_ratio": 1, "response_kb": 0})

    assert told.edges[2].attempts_per_item == pytest.approx(3)
    assert told.edges[1].attempts_per_item == 1
    assert billed(told)["Data through the NAT gateway"][1] == pytest.approx(13.50)


def test_endpoints_are_paid_by_the_service_and_zone():
    """Two queues and a topic over interface endpoints in two zones: 2 × 2 × 730 h at 0.01, 300 GB at 0.01."""
    said = {"item_kb": MONTH_OF_100_GB, "endpoint": "interface"}
    more = [node(f"{key}-2", key) + edge("nat", f"{key}-2", **said) for key in ("sqs", "sns")]
    lines = billed(called("sqs", 1, *more, **said))

    assert lines["Interface endpoints"] == pytest.approx((2920, 29.20))
    assert lines["Data through interface endpoints"] == pytest.approx((300, 3.00))
    assert "Data through the NAT gateway" not in lines


def test_four_endpoints_in_two_zones_cost_more_than_a_gateway_in_ireland():
    """64.24 against 35.04 a month without data: 8 × 730 h at 0.011, and 730 h at 0.048."""
    others = ("sns", "lambda", "eventbridge")
    more = [node(key, key) + edge("nat", key, endpoint="interface") for key in others]
    lines = billed(called("sqs", 0.001, *more, region="eu-west-1", endpoint="interface"))

    assert lines["Interface endpoints"][1] == pytest.approx(64.24)
    assert lines["NAT gateway"][1] / 2 == pytest.approx(35.04)


@pytest.mark.parametrize(
    ("call", "waits_s"),
    [({}, 350), ({"tcp_keepalive": True}, float("inf")), ({"endpoint": "gateway"}, float("inf"))],
)
def test_silence_ends_a_connection(call, waits_s):
    """After 350 s, unless signs of life are sent (nat-gateway-troubleshooting)."""
    sut = services()["nat-gateway"]
    link = Link(0, "sync", "", "to", "s3", NatStoreEdge(**call), 2.0)

    assert sut.patience(sut.settings(), link) == waits_s


def test_an_answer_after_400_s_never_comes():
    """The gateway has dropped the connection by then."""
    dropped, kept = (called(to={"latency_ms": 400_000}, tcp_keepalive=alive) for alive in (False, True))

    assert dropped.flows["users"].success_ratio == pytest.approx(0, abs=1e-6)
    assert kept.flows["users"].success_ratio == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("target", "retries"), [("s3", 2), ("sqs", 2), ("athena", 2), ("external", 0), ("alb", 0)]
)
def test_the_sdk_tries_again_behind_the_gateway_alone(target, retries):
    """As on a direct call, and once: the way into the gateway has no tries of its own."""
    (into,) = connections("lambda", "nat-gateway")

    assert connections("nat-gateway", target)[0].retries == retries
    assert into.retries == 0
    assert "retries" not in into.settings.model_fields


@pytest.mark.parametrize("settings", [{"zones": 0}, {"zones": 7}, {"addresses": 0}, {"addresses": 9}])
def test_bounds_are_aws_own(settings):
    """One to six zones of a region, and eight addresses at most (amazon-vpc-limits)."""
    with pytest.raises(ValidationError):
        services()["nat-gateway"].settings(**settings)
