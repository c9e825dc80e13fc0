"""A pipe: how it polls, what it calls, what it shares with other pipes, and what it bills."""

import pytest
from bill_cases import load
from flow_designs import chain, edge, evaluated, limit, lines, node
from link_cases import check, link, lowered

SLOW = {"latency_ms": 1000, "latency_cv": 0}


@pytest.mark.parametrize("case", load("pipes"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Items after the filter, by 64 KB."""
    check(case)


@pytest.mark.parametrize(("region", "at_once"), [("us-east-1", 3_000), ("eu-central-1", 1_000)])
def test_all_pipes_share_their_concurrency(region, at_once):
    """3,000 executions at once in the large regions, 1,000 elsewhere (eb-quota.html)."""
    parts = lowered("pipes", {}, (link(kind="polled"),), region=region)

    assert [(pool.id, pool.capacity) for pool in parts.slots] == [("pipes.concurrency", at_once)]


def test_a_batch_is_held_while_enrichment_and_target_are_waited_for():
    """20 messages a second, one a batch, 10 ms + 1 s + 1 s: some forty executions at once (Little)."""
    text = chain(("sqs", {}), ("pipes", {}), ("external", SLOW), rate=20)
    text = text.replace('to = "n1"', 'to = "n1"\nbatch_size = 1')
    more = node("look", "external", **SLOW) + edge("n1", "look", role="enrichment")

    told = evaluated(text + more)

    assert told.nodes["n1"].concurrency == pytest.approx(20 * 2.01)
    assert limit(told, "n1", "pipe executions at once") == pytest.approx((40.2, 3_000))


def test_a_function_gets_the_batch_and_a_queue_its_items():
    """A target that takes JSON gets one request with the whole batch (eb-pipes-batching-concurrency.html)."""
    source, pipe = ("sqs", {}), ("pipes", {})
    window = 'to = "n1"\nbatch_size = 100\nbatch_window_s = 10'

    one = evaluated(chain(source, pipe, ("lambda", {}), rate=50).replace('to = "n1"', window))
    each = evaluated(chain(source, pipe, ("sqs", {}), rate=50).replace('to = "n1"', window))

    batches = one.nodes["n1"].invocations_per_s
    assert batches is not None
    assert batches < 5
    assert one.nodes["n2"].invocations_per_s == pytest.approx(batches)
    assert each.nodes["n2"].accepted_per_s == pytest.approx(50)


def test_what_a_filter_drops_is_not_billed():
    """A tenth passes: a tenth is handed on and paid."""
    text = chain(("sqs", {}), ("pipes", {}), ("sqs", {}), rate=100).replace(
        'to = "n1"', 'to = "n1"\ncalls = 0.1'
    )

    told = evaluated(text)

    assert told.nodes["n2"].accepted_per_s == pytest.approx(10)
    assert lines(told, "n1") == pytest.approx({"Requests": 10 * 2_628_000})


def test_a_stream_is_read_in_as_many_batches_as_it_has_shards():
    """Two shards, a target of a second, batches of ten: 20 records a second, and the rest grows."""
    text = chain(("kinesis", {"shards": 2}), ("pipes", {"latency_ms": 0}), ("external", SLOW), rate=50)

    told = evaluated(text.replace('to = "n1"', 'to = "n1"\nbatch_size = 10'))

    assert told.nodes["n0"].backlog_growth_per_s == pytest.approx(30, rel=0.01)


def test_what_a_pipe_cannot_hand_on_stays_in_its_queue_for_the_next_try():
    """A target that always fails: after five receives the messages are the queue's dead letters."""
    text = chain(("sqs", {}), ("pipes", {}), ("external", {"error_ratio": 1.0}), rate=10)
    dead = node("dead", "sqs") + edge("n0", "dead", role="dead-letter", max_receive_count=5)

    told = evaluated(text + dead)

    assert told.nodes["dead"].accepted_per_s == pytest.approx(10, rel=1e-3)


def test_records_that_are_given_up_go_to_the_dead_letters_of_the_pipe():
    """A stream is not blocked for ever where the pipe says after how many tries it goes on."""
    text = chain(("kinesis", {}), ("pipes", {}), ("external", {"error_ratio": 1.0, "latency_ms": 1}), rate=5)
    text = text.replace('to = "n1"', 'to = "n1"\nmax_attempts = 1')
    dead = node("dead", "sqs") + edge("n1", "dead", role="dead-letter")

    told = evaluated(text + dead)

    assert told.nodes["dead"].accepted_per_s == pytest.approx(5, rel=1e-3)
