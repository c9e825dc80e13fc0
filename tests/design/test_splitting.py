"""A node that is put into an edge takes over its place: the settings stay where they are valid."""

import pytest

from sandbox.catalog.connection import Connection
from sandbox.catalog.connections import CONNECTIONS, connections
from sandbox.catalog.service import services
from sandbox.design import edits
from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import DesignError


def _pair(source: str, target: str, role: str = "", **settings: object) -> Design:
    design = edits.add_node(edits.add_node(Design(), "a", source), "b", target)
    return edits.add_edge(design, "a", "b", role, settings)


@pytest.mark.parametrize(
    ("design", "service", "first", "second"),
    [
        (
            _pair("lambda", "dynamodb", operation="write", calls=2, item_kb=4),
            "lambda", {"calls": 2, "item_kb": 4}, {"operation": "write"},
        ),
        (_pair("traffic", "lambda", calls=0.25, parallel=True), "sqs", {"calls": 0.25, "parallel": True}, {}),
        (_pair("sqs", "lambda", batch_size=5, calls=0.5), "lambda", {"batch_size": 5, "calls": 0.5}, {}),
        (_pair("sns", "lambda", calls=0.5, retries=1), "sqs", {"calls": 0.5}, {}),
        (_pair("lambda", "lambda", mode="async", calls=3), "sqs", {"calls": 3}, {}),
        (_pair("lambda", "lambda", mode="async", calls=3), "lambda", {"mode": "async", "calls": 3}, {}),
        (_pair("lambda", "sqs", "on-failure"), "sns", {}, {}),
    ],
)  # fmt: skip
def test_settings_stay(design: Design, service: str, first: dict, second: dict) -> None:
    """Each setting of the old edge is on one half only: amounts are not taken twice."""
    grown, key = edits.added(design, service, into=0)

    one, other = grown.edges
    assert (one.source, one.target, other.source, other.target) == ("a", key, key, "b")
    assert (one.role, other.role) == (design.edges[0].role, "")
    for edge, told in ((one, first), (other, second)):
        said = {name: getattr(edge.settings, name) for name in told}
        assert said == told
    assert one.settings.calls * other.settings.calls == design.edges[0].settings.calls
    assert loads(dumps(grown)) == grown


@pytest.mark.slow
@pytest.mark.parametrize("source", services())
def test_whatever_is_offered_can_be_put_in(source: str) -> None:
    """On every way from every service."""
    for way in CONNECTIONS:
        if way.source == source:
            _put_in_all(way)


@pytest.mark.parametrize("pair", [("lambda", "dynamodb"), ("sqs", "lambda"), ("traffic", "api-gateway-rest")])
def test_what_is_offered_can_be_put_in(pair: tuple[str, str]) -> None:
    """On some of the ways that people draw most."""
    for way in connections(*pair):
        _put_in_all(way)


def _put_in_all(way: Connection) -> None:
    """Whatever is offered for an edge splits it into two legal halves."""
    ends = ("a", "b")
    design = edits.add_node(edits.add_node(Design(), "a", way.source), "b", way.target)
    design = edits.add_edge(design, *ends, way.role, {"mode": way.mode} if way.mode else {})
    for follower in edits.insertable(design, 0):
        grown, _ = edits.added(design, follower.service, into=0)
        assert len(grown.edges) == 2
        assert grown.edges[0].role == way.role
        assert loads(dumps(grown)) == grown


def test_what_cannot_stand_between() -> None:
    """A service that cannot is not offered, and says which half is not there."""
    design = _pair("lambda", "dynamodb")

    assert "sqs" not in [follower.service for follower in edits.insertable(design, 0)]
    with pytest.raises(DesignError, match="sqs cannot lead to dynamodb"):
        edits.added(design, "sqs", into=0)


def test_dead_letters_go_straight_to_their_queue() -> None:
    """Nothing stands between a queue and its dead-letter queue."""
    design = _pair("sqs", "sqs", "dead-letter")

    assert edits.insertable(design, 0) == ()
    with pytest.raises(DesignError, match="cannot"):
        edits.added(design, "lambda", into=0)


def test_variants_and_goals_follow_a_split_edge() -> None:
    """A variant's values go to the half that has them; edges behind it keep theirs, by their new places."""
    design = loads("""\
[nodes.a]
service = "lambda"
[nodes.b]
service = "dynamodb"
[nodes.c]
service = "sqs"
[[edges]]
from = "a"
to = "b"
[[edges]]
from = "a"
to = "c"
[variants.v]
"edges.a>b.operation" = "write"
"edges.a>b.calls" = 3
"edges.1.calls" = 2
[[goals]]
metric = "edges.1.items_per_s"
at_most = 0
""")

    grown, _ = edits.added(design, "lambda", into=0)

    assert dict(grown.variants["v"]) == {
        "edges.lambda>b.operation": "write",
        "edges.a>lambda.calls": 3,
        "edges.a>c.calls": 2,
    }
    assert [goal.metric for goal in grown.goals] == ["edges.2.items_per_s"]
    assert loads(dumps(grown)) == grown
