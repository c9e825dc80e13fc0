"""Answers that are streamed: beyond 6 MB they hold the function longer and are billed."""

import pytest
from container_designs import evaluated, monthly_usd
from pydantic import ValidationError

from sandbox.catalog.functions.settings import Lambda

MB = 1024


@pytest.mark.parametrize(("response_mb", "seconds"), [(1, 0.1), (6, 0.1), (8, 1.1), (26, 10.1), (200, 97.1)])
def test_what_is_over_six_megabytes_takes_its_time(response_mb, seconds):
    """2 MB/s beyond the first 6 MB, beside 100 ms of work."""
    node = evaluated(
        "lambda", 0.001, response_streaming=True, response_kb=response_mb * MB, timeout_s=900,
        duration_ms=100, duration_cv=0, init_ms=0,
    ).nodes["x"]  # fmt: skip

    assert node.latency is not None
    assert node.latency.p50 == pytest.approx(1000 * seconds)


def test_what_is_over_six_megabytes_is_billed():
    """A thousand answers of 10 MB a month: 4,000 MB at 0.008 USD a GB, 100 GB of which may be free."""
    rate = 1000 / 2_628_000
    told = evaluated("lambda", rate, response_streaming=True, response_kb=10 * MB)
    lines = {line.item: line for line in told.lines}

    assert lines["Streamed answers beyond 6 MB"].usd == pytest.approx(4000 / 1024 * 0.008)
    free = evaluated(
        "lambda", rate, response_streaming=True, response_kb=10 * MB, account={"free_tier": True}
    )
    assert sum(line.usd for line in free.lines if line.item.startswith("Streamed")) == 0


def test_a_small_answer_costs_nothing_more():
    """Up to 6 MB streaming is free."""
    plain, streamed = (
        monthly_usd("lambda", 1, response_kb=6 * MB, response_streaming=on) for on in (False, True)
    )

    assert streamed == pytest.approx(plain)


def test_a_large_answer_must_be_streamed():
    """A buffered answer has 6 MB at most."""
    with pytest.raises(ValidationError, match="set response_streaming"):
        Lambda(response_kb=6145)
