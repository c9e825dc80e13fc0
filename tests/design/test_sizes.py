"""How large an item is on each hop, where the edge itself does not say."""

import pytest

from sandbox.catalog.buckets.settings import S3
from sandbox.design.model import Design
from sandbox.design.nominal import nominal_rates
from sandbox.design.sizes import item_sizes
from tests.evaluation.designs import design, edge, node

FOLLOWED = node("users", "traffic", rate_per_s=30, payload_kb=3) + node("fn", "lambda")


def stored(*calls: str, service: str = "dynamodb") -> Design:
    """A function that reads and writes a store, which tells another function of its changes."""
    return design(
        FOLLOWED
        + node("store", service)
        + node("after", "lambda")
        + edge("users", "fn")
        + "".join(calls)
        + edge("store", "after")
    )


def asks(operation: str, **said: object) -> str:
    """One call of the store."""
    return edge("fn", "store", operation=operation, **said)


@pytest.mark.parametrize(
    ("calls", "kb"),
    [
        ([asks("write", item_kb=4)], 4),
        ([asks("read", item_kb=100), asks("write", item_kb=4)], 4),
        ([asks("query", item_kb=900), asks("transact-write", item_kb=7)], 7),
        ([asks("write", item_kb=100, calls=0), asks("write", item_kb=4)], 4),
        ([asks("write", item_kb=10), asks("write", item_kb=4)], 7),
        ([asks("write", item_kb=10, calls=3), asks("write", item_kb=2)], 8),
        ([asks("write", item_kb=10, calls=3), asks("delete", item_kb=2), asks("read", item_kb=400)], 8),
        ([asks("write")], 3),
        ([asks("read", item_kb=100)], 100),
        ([asks("write", item_kb=100, calls=0)], 100),
        ([], 2),
    ],
)
def test_a_stream_has_the_records_that_are_written(calls, kb):
    """Reads leave none, nor does what is never called; several writes count by how often they come."""
    assert item_sizes(stored(*calls))[-1] == pytest.approx(kb)


@pytest.mark.parametrize("put_kb", [20, 4000])
def test_a_bucket_tells_of_objects_by_name(put_kb):
    """A notification names the object; what it weighs is the same, however large the object is."""
    asked = [asks("get", item_kb=500), asks("put", item_kb=put_kb)]

    assert item_sizes(stored(*asked, service="s3"))[-1] == S3.told_kb < 2


def test_writers_count_by_their_rates():
    """30/s of 1 KB from one, 10/s of 9 KB from another that a schedule starts: 3 KB in the mean."""
    drawn = stored(
        asks("write", item_kb=1),
        node("clock", "schedule", every_s=60, events=600),
        node("job", "lambda"),
        edge("clock", "job"),
        edge("job", "store", operation="write", item_kb=9),
    )

    assert item_sizes(drawn)[-1] == pytest.approx(3)


def test_what_is_never_called_has_no_size():
    """A function that one of two ways brings nothing to works on what the other brings."""
    body = (
        node("small", "traffic", payload_kb=1)
        + node("large", "traffic", payload_kb=50)
        + node("fn", "lambda")
        + node("to", "sqs")
        + edge("large", "fn", calls=0)
        + edge("small", "fn")
        + edge("fn", "to")
    )

    assert item_sizes(design(body))[-1] == 1


def test_rates_by_the_designs_own_numbers():
    """A cache lets a fifth of 30/s through; two consumers share a queue; half comes back, again and again."""
    drawn = design(
        FOLLOWED
        + node("cdn", "cloudfront", cache_hit_ratio=0.8)
        + "".join(node(key, "sqs") for key in ("q", "again"))
        + "".join(node(key, "lambda") for key in ("one", "two", "api"))
        + edge("users", "cdn")
        + edge("cdn", "api")
        + edge("api", "q")
        + edge("q", "one")
        + edge("q", "two")
        + edge("two", "again", calls=0.5)
        + edge("again", "two")
    )

    assert nominal_rates(drawn) == pytest.approx((30, 6, 6, 3, 3, 3, 3))


def test_users_send_as_fast_as_they_think():
    """50 users who think for 5 s send 10/s at the most."""
    users = node("users", "traffic", users="loop").replace('"loop"', "{concurrent = 50, think_s = 5}")

    assert nominal_rates(design(users + node("fn", "lambda") + edge("users", "fn"))) == (10,)
