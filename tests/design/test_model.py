"""Looking things up in a design, and changing one value of it."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import HealthCheck, given, settings

from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import DesignError, UnknownNameError
from tests.design.drawing import designs

TEXT = """\
name = "Shop"
account.lambda_concurrency = 3000
[accounts.payments]
lambda_concurrency = 500
[nodes.shoppers]
service = "traffic"
[nodes.intake]
service = "sqs"
[nodes.ship]
service = "lambda"
account = "payments"
[nodes.orders]
service = "dynamodb"
[[edges]]
from = "shoppers"
to = "intake"
[[edges]]
from = "intake"
to = "ship"
[[edges]]
from = "ship"
to = "orders"
[[edges]]
from = "ship"
to = "orders"
operation = "write"
[variants.busy]
"nodes.shoppers.rate_per_s" = 2000
"edges.intake>ship.batch_size" = 5
"""
SHOP = loads(TEXT)

CHANGES = {
    "nodes.ship.duration_ms": 250,
    "nodes.ship.label": "Ship it",
    "nodes.ship.position": [3, 4],
    "nodes.ship.account": "",
    "nodes.shoppers.requests.count": 3,
    "edges.1.batch_size": 5,
    "edges.intake>ship.batch_size": 5,
    "account.lambda_concurrency": 10,
    "account.free_tier": True,
    "accounts.payments.lambda_concurrency": 10,
    "effort.build_hours": 160,
    "region": "eu-west-1",
    "name": "Other",
}

REFUSED = {
    "nodes.ship.durtion_ms": (250, "'duration_ms'"),
    "nodes.shp.duration_ms": (250, "'ship'"),
    "node.ship.duration_ms": (250, "'nodes'"),
    "nodes.ship.duration_ms": (-1, "0 ms"),
    "nodes.ship.service": ("sqs", "another node"),
    "nodes.ship": (1, "a path goes on"),
    "nodes..x": (1, "no node"),
    "edges.9.batch_size": (1, "4 edges"),
    "edges.intake>shop.batch_size": (1, "'intake>ship'"),
    "edges.ship>orders.calls": (1, "edges.2, edges.3"),
    "edges.1.to": ("intake", "sqs cannot"),
    "edges.2.to": ("intake", "ends cannot be changed"),
    "accounts.payment.free_tier": (True, "'payments'"),
    "account.lambda_concurency": (1, "'lambda_concurrency'"),
    "effort.hours": (1, "not a setting of the effort"),
    "region": ("mars", "us-east-1"),
    "": (1, "leads nowhere"),
}


@pytest.mark.parametrize("path", CHANGES)
def test_with_value(path: str) -> None:
    """A value is changed where its path leads, and nothing else; the old design stays as it was."""
    changed = SHOP.with_value(path, CHANGES[path])

    assert changed != SHOP
    assert loads(TEXT) == SHOP
    assert len(set(dumps(changed).splitlines()) ^ set(dumps(SHOP).splitlines())) <= 4


@pytest.mark.parametrize("path", REFUSED)
def test_refused(path: str) -> None:
    """A path that leads nowhere and a value that is wrong say what would be right."""
    value, words = REFUSED[path]

    with pytest.raises(DesignError, match=words):
        SHOP.with_value(path, value)


def test_none_restores_the_default() -> None:
    """Taking a value back leaves a design as if it had never been set."""
    assert SHOP.with_value("nodes.ship.duration_ms", 250).with_value("nodes.ship.duration_ms", None) == SHOP
    assert SHOP.with_value("edges.1.batch_size", 5).with_value("edges.1.batch_size", None) == SHOP


def test_several_values_of_one_node() -> None:
    """Values that are only right together can be laid over a design together."""
    slow = SHOP.with_value("nodes.shoppers.rate_per_s", 5)

    with pytest.raises(DesignError, match="keep one of"):
        slow.with_value("nodes.shoppers.requests.count", 5)
    both = slow.with_values({"nodes.shoppers.rate_per_s": None, "nodes.shoppers.requests.count": 5})

    assert both.nodes["shoppers"].settings.requests.count == 5


def test_variant() -> None:
    """A variant is the design with its values laid over."""
    busy = SHOP.with_variant("busy")

    assert busy.nodes["shoppers"].settings.rate_per_s == 2000
    assert busy.edges[1].settings.batch_size == 5
    with pytest.raises(UnknownNameError, match="'busy'"):
        SHOP.with_variant("bussy")


def test_look_ups() -> None:
    """Nodes by id, edges by their ends, accounts by node."""
    assert [edge.target for edge in SHOP.outflows("ship")] == ["orders", "orders"]
    assert [edge.source for edge in SHOP.inflows("ship")] == ["intake"]
    assert SHOP.inflows("shoppers") == ()
    assert SHOP.account_of("ship").quotas == {"lambda_concurrency": 500}
    assert SHOP.account_of("intake").quotas == {"lambda_concurrency": 3000}
    with pytest.raises(UnknownNameError, match="'ship'"):
        SHOP.node("shp")


def test_the_operation_is_always_known() -> None:
    """An edge to a store says what is done there, the store's first operation where left out."""
    assert [edge.operation for edge in SHOP.outflows("ship")] == ["read", "write"]
    assert "read" not in dumps(SHOP)


def test_a_streams_role_may_be_said() -> None:
    """`role = "stream"` names what is ordinary between a stream and a function."""
    text = '[nodes.k]\nservice = "{}"\n[nodes.f]\nservice = "lambda"\n[[edges]]\nfrom = "k"\nto = "f"\n'
    for service in ("dynamodb", "kinesis"):
        plain = text.format(service)

        assert loads(plain + 'role = "stream"\n') == loads(plain)
        assert loads(plain).edges[0].kind == "stream"


def test_mode_chooses_the_connection() -> None:
    """Two functions are joined synchronously, or by an event where the edge says so."""
    text = '[nodes.a]\nservice = "lambda"\n[nodes.b]\nservice = "lambda"\n[[edges]]\nfrom = "a"\nto = "b"\n'

    assert loads(text).edges[0].kind == "sync"
    assert loads(text + 'mode = "async"\n').edges[0].kind == "async"
    assert loads(text).with_value("edges.0.mode", "async") == loads(text + 'mode = "async"\n')


def test_frozen() -> None:
    """Nothing in a design can be changed in place."""
    with pytest.raises(FrozenInstanceError):
        SHOP.name = "x"
    with pytest.raises(TypeError):
        SHOP.nodes["x"] = SHOP.nodes["ship"]
    with pytest.raises(TypeError):
        SHOP.variants["busy"]["nodes.ship.memory_mb"] = 3
    with pytest.raises(TypeError):
        SHOP.account.quotas["lambda_concurrency"] = 3


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(designs())
def test_variants_of_random_designs(design: Design) -> None:
    """Every variant that a file was read with can be laid over it."""
    again = loads(dumps(design))

    for name in again.variants:
        assert again.with_variant(name).edges is not None
