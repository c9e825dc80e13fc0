"""What is added is joined at once with sensible settings, and what may not be joined is not offered."""

import pytest

from sandbox.catalog.connections import CONNECTIONS, connections
from sandbox.catalog.service import services
from sandbox.catalog.usual import BEHIND, FIRST, beginnings
from sandbox.design import edits
from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import DesignError


def drawn(*parts: str) -> Design:
    """Services in a row, each joined to the one before; `service?key=value` gives it a setting."""
    design, key = Design(), None
    for part in parts:
        service, _, setting = part.partition("?")
        design, key = edits.added(design, service, after=key)
        if setting:
            name, _, value = setting.partition("=")
            design = design.with_value(f"nodes.{key}.{name}", {"true": True}.get(value) or float(value))
    return design


def test_a_pipeline_is_drawn_by_adding() -> None:
    """Each service follows the one before it, and every node has a short name."""
    design = drawn("traffic", "api-gateway-http", "lambda", "sqs", "lambda", "dynamodb")

    assert list(design.nodes) == ["traffic", "api", "lambda", "sqs", "lambda-2", "table"]
    assert [edge.kind for edge in design.edges] == ["sync", "sync", "sync", "polled", "sync"]
    assert design.edges[-1].operation == "write"
    assert design.nodes["traffic"].settings.rate_per_s == 10
    assert loads(dumps(design)) == design


@pytest.mark.parametrize("service", services())
def test_followers_are_all_that_is_legal(service: str) -> None:
    """Every legal way out is offered once, the usual ones first, and each can be taken."""
    design, key = edits.added(Design(), service)

    offered = edits.followers(design, key)

    legal = {way for way in CONNECTIONS if way.source == service}
    assert {follower.way.connection for follower in offered} == legal
    assert len(offered) == len(legal)
    usual = [follower.service for follower in offered if not follower.way.connection.is_aside]
    assert usual[: len(BEHIND.get(service, ()))] == list(BEHIND.get(service, ()))
    for follower in offered:
        grown, new = edits.added(design, follower.service, after=key, way=follower.way)
        assert grown.edges[0].connection == follower.way.connection
        assert grown.edges[0].target == new
        assert loads(dumps(grown)) == grown


def test_what_is_usual_is_legal() -> None:
    """The order of what is usual names only services that may follow, and every service can begin."""
    for source, targets in BEHIND.items():
        assert all(connections(source, target) for target in targets)
        assert len(set(targets)) == len(targets)
    assert {*FIRST} <= {*services()}
    assert sorted(beginnings()) == sorted(services())


@pytest.mark.parametrize("target", services())
def test_leaders_can_all_be_put_before(target: str) -> None:
    """Whatever is offered before a node can be added there."""
    design, key = edits.added(Design(), target)
    for leader in edits.leaders(design, key):
        grown, new = edits.added(design, leader.service, before=key)
        assert [(edge.source, edge.target, edge.role) for edge in grown.edges] == [(new, key, "")]


LONG = "sqs?visibility_timeout_s=400"
VISIBILITY = [
    # what is done, and the visibility of the queue after it; AWS: six times the timeout, plus the window
    ("function behind a queue that is there", ("sqs", "lambda"), {}, 30),
    ("its timeout is raised", ("sqs", "lambda"), {"nodes.lambda.timeout_s": 60}, 360),
    ("its timeout stays small", ("sqs", "lambda"), {"nodes.lambda.timeout_s": 4}, 30),
    ("the window is widened", ("sqs", "lambda"), {"edges.sqs>lambda.batch_window_s": 20}, 38),
    (
        "both",
        ("sqs", "lambda"),
        {"nodes.lambda.timeout_s": 30, "edges.0.batch_window_s": 5},
        185,
    ),
    (
        "the edit says the visibility itself",
        ("sqs", "lambda"),
        {"nodes.lambda.timeout_s": 60, "nodes.sqs.visibility_timeout_s": 90},
        90,
    ),
    ("something else is set", (LONG, "lambda"), {"nodes.lambda.memory_mb": 512}, 400),
    ("a long one is long enough", (LONG, "lambda"), {"nodes.lambda.timeout_s": 60}, 400),
]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "values", "wanted"), [v[1:] for v in VISIBILITY], ids=[v[0] for v in VISIBILITY]
)
def test_visibility_follows(parts: tuple[str, ...], values: dict[str, object], wanted: float) -> None:
    """A queue's visibility follows its consumer, in the same edit, and only upwards."""
    design = edits.changed(drawn(*parts), values)

    assert design.nodes["sqs"].settings.visibility_timeout_s == wanted


def test_visibility_follows_wherever_the_queue_comes_from() -> None:
    """A queue that is put before a slow function, or is joined to one, hides its messages long enough."""
    slow = drawn("traffic", "lambda?timeout_s=100")

    split, _ = edits.added(slow, "sqs", into=0)
    before, _ = edits.added(slow, "sqs", before="lambda")
    apart, _ = edits.added(slow, "sqs")
    joined = edits.joined(apart, "sqs", "lambda", edits.ways(apart, "sqs", "lambda")[0])

    assert [d.nodes["sqs"].settings.visibility_timeout_s for d in (split, before, joined)] == [600] * 3


def test_a_setting_that_is_small_on_purpose_stays() -> None:
    """What a person said stays while nothing that it depends on is changed."""
    design = drawn("sqs", "lambda").with_value("nodes.sqs.visibility_timeout_s", 5)

    assert edits.changed(design, {"nodes.lambda.memory_mb": 256}).nodes["sqs"] == design.nodes["sqs"]


def test_dead_letters_are_kept_longer() -> None:
    """A dead-letter queue keeps longer than its source, and five receives come before it."""
    design, dead = edits.added(drawn("sqs"), "sqs", after="sqs")

    assert dead == "dead-letters"
    assert design.edges[0].settings.max_receive_count == 5
    assert design.nodes[dead].settings.retention_s == 14 * 86_400
    assert design.nodes["sqs"].settings.retention_s == 4 * 86_400


def test_dead_letters_of_a_fifo_queue() -> None:
    """The new dead-letter queue of a FIFO queue is a FIFO queue, whose clock starts anew."""
    design, dead = edits.added(drawn("sqs?fifo=true"), "sqs", after="sqs")

    assert design.nodes[dead].settings.fifo
    assert design.nodes[dead].settings.retention_s == 4 * 86_400


def test_a_bad_record_does_not_hold_up_a_stream() -> None:
    """A new mapping of a stream splits bad batches and gives them up, as AWS's own constructs do."""
    settings = drawn("kinesis", "lambda").edges[0].settings

    assert (settings.bisect_on_error, settings.max_attempts, settings.max_record_age_s) == (True, 500, 86_400)


@pytest.mark.parametrize(
    ("source", "target", "titles"),
    [
        ("traffic", "lambda", ["send requests", "asynchronous call"]),
        ("api-gateway-rest", "lambda", ["pass requests on", "asynchronous call", "authorizer"]),
        ("lambda", "sqs", ["call and wait", "on-failure destination", "dead letters"]),
        ("sqs", "lambda", ["process in batches"]),
        ("sqs", "sqs", ["dead letters"]),
        ("lambda", "s3", ["get", "put", "list", "select", "delete", "on-failure destination"]),
    ],
)
def test_ways(source: str, target: str, titles: list[str]) -> None:
    """Every way of joining two nodes has a title of its own, the ordinary one first."""
    design, one = edits.added(Design(), source)
    design, other = edits.added(design, target)

    offered = edits.ways(design, one, other)

    assert [way.title for way in offered] == titles
    assert edits.hindrance(design, one, other) is None
    for way in offered:
        edge = edits.joined(design, one, other, way).edges[0]
        assert (edge.connection, edge.operation) == (way.connection, way.operation)


def _apart(*parts: str) -> Design:
    """Services side by side, as a, b, c."""
    design = Design()
    for key, part in zip("abc", parts, strict=False):
        service, _, setting = part.partition("?")
        design = edits.add_node(design, key, service, {setting: True} if setting else None)
    return design


@pytest.mark.parametrize(
    ("design", "words"),
    [
        (_apart("sqs", "dynamodb"), "a queue waits to be polled"),
        (_apart("lambda", "traffic"), "traffic only sends"),
        (_apart("sqs?fifo", "sqs"), "FIFO queue"),
        (_apart("sns?fifo", "lambda"), "put a queue between"),
        (_apart("sns", "sqs?fifo"), "standard topic"),
        (_apart("s3", "sqs?fifo"), "bucket"),
        (edits.add_edge(_apart("sqs", "lambda"), "a", "b"), "joined"),
    ],
)
def test_hindrances(design: Design, words: str) -> None:
    """Two nodes that cannot be joined say why, and offer no way."""
    assert words in (edits.hindrance(design, "a", "b") or "")
    assert edits.ways(design, "a", "b") == ()
    way = edits.Way(connections("traffic", "sqs")[0])
    with pytest.raises(DesignError, match="a cannot lead to b"):
        edits.joined(design, "a", "b", way)


def test_one_queue_for_dead_letters() -> None:
    """A queue has one dead-letter queue; a second is neither offered nor drawn."""
    design, _ = edits.added(drawn("sqs"), "sqs", after="sqs")
    design = edits.add_node(design, "more", "sqs")

    assert "sqs" not in [follower.service for follower in edits.followers(design, "sqs")]
    assert edits.hindrance(design, "sqs", "more") == "sqs has its dead letters already"
    assert edits.hindrance(design, "more", "more") == "it cannot lead to itself"


def test_a_new_node_is_in_the_account_of_the_one_it_is_joined_to() -> None:
    """What grows out of a node of a further account belongs there; what stands alone is at home."""
    design = loads('[accounts.pay]\n[nodes.f]\nservice="lambda"\naccount="pay"\n')
    design, queue = edits.added(design, "sqs", after="f")
    design, between = edits.added(design, "sns", into=0)
    design, before = edits.added(design, "traffic", before="f")
    design, alone = edits.added(design, "sqs")

    assert [design.nodes[key].account for key in (queue, between, before, alone)] == ["pay"] * 3 + [""]


def test_refused_additions() -> None:
    """What may not stand somewhere says why."""
    design = drawn("sqs", "lambda")
    for place, words in (
        ({"after": "sqs"}, "a queue waits to be polled"),
        ({"before": "sqs"}, "a table only emits"),
        ({"into": 0}, "a queue waits to be polled"),
    ):
        with pytest.raises(DesignError, match=words):
            edits.added(design, "dynamodb", **place)


def test_changes_that_break_a_variant() -> None:
    """A value under which a variant no longer fits is refused: the file could not be read again."""
    design = loads('[nodes.f]\nservice="lambda"\n[variants.v]\n"nodes.f.reserved_concurrency"=2\n')

    with pytest.raises(DesignError, match=r"variant 'v'.*provisioned_concurrency"):
        edits.changed(design, {"nodes.f.provisioned_concurrency": 5})
