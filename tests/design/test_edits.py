"""What a person does to a drawing."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.catalog.service import services
from sandbox.design import edits
from sandbox.design.exercise import Exercise
from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import DesignError, UnknownNameError
from tests.design.drawing import designs

SHOP = loads("""\
[nodes.shoppers]
service = "traffic"
[nodes.intake]
service = "sqs"
[nodes.ship]
service = "lambda"
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
[variants.busy]
"nodes.intake.delay_s" = 3
"edges.intake>ship.batch_size" = 5
"edges.2.calls" = 2
[[goals]]
metric = "flows.shoppers.completion_lag_ms.ship.p95"
at_most = 900
[[goals]]
metric = "nodes.intake.lost_per_s"
at_most = 0
""")


def test_rename() -> None:
    """Edges, variants and goals follow a node's new id, and it keeps its place."""
    renamed = edits.rename_node(edits.rename_node(SHOP, "intake", "inbox"), "ship", "send it")

    assert list(renamed.nodes) == ["shoppers", "inbox", "send it", "orders"]
    assert [(e.source, e.target) for e in renamed.edges][1] == ("inbox", "send it")
    assert dict(renamed.variants["busy"]) == {
        "nodes.inbox.delay_s": 3,
        "edges.inbox>send it.batch_size": 5,
        "edges.send it>orders.calls": 2,
    }
    assert [goal.metric for goal in renamed.goals] == [
        "flows.shoppers.completion_lag_ms.send it.p95",
        "nodes.inbox.lost_per_s",
    ]


def test_locks_follow() -> None:
    """What an exercise locks is renamed with its node, and gone with it: the file can be read again."""
    locked = ("account", "nodes.intake.delay_s", "edges.intake>ship", "edges.ship>orders.calls")
    exercise = replace(SHOP, exercise=Exercise(story="Mend it.", locked=locked))

    renamed = edits.rename_node(exercise, "intake", "inbox")
    rest = edits.remove_node(renamed, "inbox")

    assert renamed.exercise is not None
    assert rest.exercise is not None
    assert renamed.exercise.locked == (
        "account",
        "nodes.inbox.delay_s",
        "edges.inbox>ship",
        "edges.ship>orders.calls",
    )
    assert rest.exercise.locked == ("account", "edges.ship>orders.calls")
    assert loads(dumps(rest)) == rest


@pytest.mark.parametrize(("new", "words"), [("ship", "already"), ("a.b", "letters"), ("", "letters")])
def test_rename_refused(new: str, words: str) -> None:
    """An id that is taken, or none at all, is refused."""
    with pytest.raises(DesignError, match=words):
        edits.rename_node(SHOP, "intake", new)


def test_remove_node() -> None:
    """Its edges go with a node, and what variants and goals said of them."""
    rest = edits.remove_node(SHOP, "intake")

    assert [(e.source, e.target) for e in rest.edges] == [("ship", "orders")]
    assert dict(rest.variants["busy"]) == {"edges.ship>orders.calls": 2}
    assert [goal.metric for goal in rest.goals] == ["flows.shoppers.completion_lag_ms.ship.p95"]
    with pytest.raises(UnknownNameError):
        edits.remove_node(SHOP, "nothing")


def test_a_second_edge_keeps_variants_apart() -> None:
    """A variant that named an edge by its ends means the same edge when there are two."""
    two = edits.add_edge(SHOP, "ship", "orders", settings={"operation": "write", "item_kb": 4})

    assert two.edges[3].operation == "write"
    assert two.with_variant("busy").edges[2].settings.calls == 2
    assert edits.remove_edge(two, 0).with_variant("busy").edges[1].settings.calls == 2
    assert edits.remove_edge(two, 3) == edits.remove_edge(two, 3).with_value("name", None)


def test_faults_follow() -> None:
    """A fault follows its node's id and goes with it; a variant that named it by its place finds it again."""
    faults = '[[faults]]\nnode = "intake"\n[[faults]]\nnode = "ship"\n[variants.v]\n"faults.1.slower" = 3\n'
    design = loads(dumps(SHOP).split("[variants")[0] + faults)

    renamed = edits.rename_node(design, "ship", "send")
    left = edits.remove_node(design, "intake")

    assert [fault.node for fault in renamed.faults] == ["intake", "send"]
    assert [fault.node for fault in left.faults] == ["ship"]
    assert dict(left.variants["v"]) == {"faults.0.slower": 3}
    assert loads(dumps(left)) == left


def test_add_and_wire() -> None:
    """A pipeline is drawn from nothing, each node with a free id."""
    design = Design()
    for service in ("traffic", "sqs", "lambda", "lambda"):
        design = edits.add_node(design, edits.new_node_id(design, service), service)

    ids = list(design.nodes)
    for pair in ((ids[0], ids[1]), (ids[1], ids[2])):
        design = edits.add_edge(design, *pair)

    assert len(set(ids)) == 4
    assert [edge.kind for edge in design.edges] == ["sync", "polled"]


def test_refused_edges() -> None:
    """An edge that AWS does not have says why and what there is."""
    with pytest.raises(DesignError, match="a queue waits to be polled"):
        edits.add_edge(SHOP, "intake", "orders")
    with pytest.raises(DesignError, match="there is a node 'ship' already"):
        edits.add_node(SHOP, "ship", "sqs")


def test_reconnect() -> None:
    """An edge's end can be moved; its settings stay where the new connection has them."""
    design = SHOP.with_value("edges.0.item_kb", 7)

    moved = edits.reconnect_edge(design, 0, "shoppers", "ship")

    assert (moved.edges[0].target, moved.edges[0].settings.item_kb) == ("ship", 7)
    assert edits.reconnect_edge(design, 1, "shoppers", "ship").edges[1].kind == "sync"


def test_duplicate_and_move() -> None:
    """A copy of one node stands below its original with the settings and without the edges."""
    design = edits.move_node(SHOP.with_value("nodes.ship.memory_mb", 512), "ship", (3, 4))

    twice, ids = edits.duplicated(design, ["ship"])

    assert ids == ("ship-2",)
    assert list(twice.nodes) == ["shoppers", "intake", "ship", "orders", "ship-2"]
    assert twice.nodes["ship-2"].settings == twice.nodes["ship"].settings
    assert twice.nodes["ship-2"].position == (3, 5)
    assert twice.edges == design.edges
    assert edits.move_node(twice, "ship", None).nodes["ship"].position is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(designs(), st.data())
def test_any_edit_can_be_saved(design: Design, data: st.DataObject) -> None:
    """Whatever is done to a drawing, its file can be read again."""
    for _ in range(3):
        design = _edited(design, data)

    assert loads(dumps(design)) == design


def _edited(design: Design, data: st.DataObject) -> Design:
    ids = list(design.nodes)
    service = data.draw(st.sampled_from(sorted(services())))
    if not ids:
        return edits.add_node(design, edits.new_node_id(design, service), service)
    key = data.draw(st.sampled_from(ids))
    mine = [edge for edge in design.edges if key in (edge.source, edge.target)]
    ways = [
        lambda: edits.rename_node(design, key, edits.free_id(design, "new name")),
        lambda: edits.remove_node(design, key),
        lambda: edits.duplicated(design, [key])[0],
        lambda: edits.move_node(design, key, (1, 2)),
    ]
    if mine:
        edge = data.draw(st.sampled_from(mine))
        mode = {"mode": edge.connection.mode} if edge.connection.mode else {}
        ways += [
            lambda: edits.remove_edge(design, design.edges.index(edge)),
            lambda: edits.add_edge(design, edge.source, edge.target, edge.role, mode),
        ]
    return data.draw(st.sampled_from(ways))()
