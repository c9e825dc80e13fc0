"""Recorded loads: every shape is recognised, counts are kept, and what is wrong is named with its row."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import TraceError
from sandbox.traces import Bins, Stages, read_trace

SERIES = "timestamp,value\n2026-01-01 00:00:00,300\n2026-01-01 00:05:00,600\n2026-01-01 00:10:00,0\n"
CLOUDWATCH = {
    "MetricDataResults": [
        {
            "Id": "m1",
            "Label": "RequestCount",
            "Timestamps": ["2026-01-01T00:02:00Z", "2026-01-01T00:01:00Z", "2026-01-01T00:04:00Z"],
            "Values": [120.0, 60.0, 240.0],
        }
    ]
}
STATISTICS = {
    "Label": "Invocations",
    "Datapoints": [
        {"Timestamp": "2026-01-01T00:01:00Z", "Sum": 60.0, "Unit": "Count"},
        {"Timestamp": "2026-01-01T00:02:00Z", "Sum": 30.0, "Unit": "Count"},
    ],
}

SHAPES = [
    ("fixed step", "a.csv", SERIES, (1.0, 2.0, 0.0), 300.0),
    ("without a header", "a.csv", SERIES.partition("\n")[2], (1.0, 2.0, 0.0), 300.0),
    ("semicolons", "a.csv", SERIES.replace(",", ";"), (1.0, 2.0, 0.0), 300.0),
    ("milliseconds", "a.csv", "t,n\n1767225600000,60\n1767225660000,120\n", (1.0, 2.0), 60.0),
    ("seconds since the start", "a.csv", "0,10\n10,20\n20,5\n", (1.0, 2.0, 0.5), 10.0),
    ("a rate already", "a.csv", "time,requests_per_s\n0,7\n60,8\n", (7.0, 8.0), 60.0),
    ("a gap had none", "a.csv", "time,count\n0,60\n60,60\n180,60\n240,60\n", (1.0, 1.0, 0.0, 1.0, 1.0), 60.0),
    ("events", "a.csv", "time\n0.2\n2.1\n2.9\n", (1.0, 0.0, 2.0), 1.0),
    ("ends and durations", "a.csv", "end_timestamp,duration\n5.5,5.4\n2.2,0.1\n", (1.0, 0.0, 1.0), 1.0),
    (
        "wide by minute",
        "a.csv",
        "Function,Trigger,1,2,3\nf,http,60,0,6\ng,queue,0,60,0\n",
        (1.0, 1.0, 0.1),
        60.0,
    ),
    ("metric data", "a.json", json.dumps(CLOUDWATCH), (1.0, 2.0, 0.0, 4.0), 60.0),
    ("metric statistics", "a.json", json.dumps(STATISTICS), (1.0, 0.5), 60.0),
]


@pytest.mark.parametrize(
    ("name", "text", "rates", "step_s"), [case[1:] for case in SHAPES], ids=[c[0] for c in SHAPES]
)
def test_a_shape_is_recognised(
    tmp_path: Path, name: str, text: str, rates: tuple[float, ...], step_s: float
) -> None:
    """Counts become rates by their step, whichever way the file is laid out; something is said about it."""
    path = tmp_path / name
    path.write_text(text)

    trace = read_trace(path)

    assert isinstance(trace, Bins)
    assert trace.rates_per_s == pytest.approx(rates)
    assert trace.step_s == step_s
    assert trace.assumed


PLANS = [
    (
        "k6 script",
        "plan.js",
        (
            "export const options = { executor: 'ramping-arrival-rate', startRate: 0, timeUnit: '1m',\n"
            "  stages: [{ duration: '1m', target: 600 }, { target: 600, duration: '30s' }] };"
        ),
        (0, 60, 90),
        (0, 10, 10),
    ),
    (
        "k6 in JSON",
        "plan.json",
        '{"scenarios": {"s": {"startVUs": 0, "stages": [{"duration": "10s", "target": 5}]}}}',
        (0, 10),
        (0, 5),
    ),
    (
        "Artillery",
        "plan.yml",
        (
            "config:\n  phases:\n    - duration: 60\n      arrivalRate: 5\n      rampTo: 50\n"
            "    - pause: 1m\n"
            "    - {duration: 10, arrivalCount: 20}\n"
        ),
        (0, 60, 60, 120, 120, 130),
        (5, 50, 0, 0, 2, 2),
    ),
]


@pytest.mark.parametrize(
    ("name", "text", "times", "rates"), [case[1:] for case in PLANS], ids=[c[0] for c in PLANS]
)
def test_a_plan_is_read(
    tmp_path: Path, name: str, text: str, times: tuple[float, ...], rates: tuple[float, ...]
) -> None:
    """The stages of a load test are knots of the rate."""
    path = tmp_path / name
    path.write_text(text)

    plan = read_trace(path)

    assert isinstance(plan, Stages)
    assert plan.times_s == pytest.approx(times)
    assert plan.rates_per_s == pytest.approx(rates)


WRONG = [
    ("duplicate", b"time,count\n0,1\n60,1\n60,1\n", "row 4: has the same time"),
    ("unsorted", b"time,count\n0,1\n60,1\n30,1\n", "row 4: is earlier"),
    ("no step", b"time,count\n0,1\n60,1\n120,1\n155,1\n", "row 5: comes 35 s after"),
    ("not a number", b"time,count\n0,1\n60,NaN\n120,1\n", "row 3: 'NaN' is no count"),
    ("infinite", b"time,count\n0,1\n60,inf\n", "row 3: 'inf' is no count"),
    ("words", b"time,count\n0,1\n60,many\n", "row 3: 'many' is no number"),
    ("missing", b"time,count\n0,1\n60,\n", "row 3: the count is missing"),
    ("negative", b"time,count\n0,1\n60,-4\n", "row 3: -4 is below 0"),
    ("huge", b"time,count\n0,1\n60,1e300\n", "row 3: 1e+300 is more"),
    ("a year of seconds twice", b"time,count\n0,1\n1,1\n2,1\n3000000000,1\n", "row 5: it would span"),
    ("a date among numbers", b"time,count\n0,1\nyesterday,1\n", "row 3: 'yesterday' is no time"),
    ("a row cut off", b"time,count\n0,1\n60\n", "row 3: has 1 cells where the first row has 2"),
    ("several counts", b"time,reads,writes\n0,1,2\n60,1,2\n", "choose one with column"),
    ("no times", b"name,size,colour\na,1,red\nb,2,blue\n", "no column has times"),
    ("empty", b"", "is empty"),
    ("blank", b" \n\n", "is empty"),
    ("one row", b"time,count\n0,1\n", "row 2: has one row"),
    ("binary", b"\x89PNG\r\n\x1a\n\xff\xd8", "is no text"),
    ("NUL bytes", b"time,count\n0,\x001\n", "row 2: is no text"),
    ("half a JSON", b'{"MetricDataResults": [', "row 1: this is no JSON"),
    ("another JSON", b'{"hello": 1}', "none of the loads"),
    ("a JSON without end", b"[" * 100_000, "nested too deeply"),
    ("a metric that is none", b'{"MetricDataResults": [3]}', "row 1: a metric has Timestamps and Values"),
    ("a metric of nothing", b'{"MetricDataResults": [{"Values": null}]}', "row 1: a metric has Timestamps"),
    ("an open quotation mark", b'time,count\n0,"10\n60,20\n', "row 2: this is no table: a quotation mark"),
    ("only names", b"time,count\n", "only names of columns"),
    ("fractions with a comma", b"time;count\n0;10\n60;20,5\n", "row 3: '20,5' is no number; write fractions"),
    ("a cell without end", b"time,count\n0,1\n60," + b"x" * 5000, "row 3: 'xxxxxxxxxxxxxxxxxxxx"),
    ("not UTF-8", b"zeit,z\xe4hler\n0,1\n60,2\n", "row 1: is no text: byte 6 is 0xe4; save it as UTF-8"),
]


@pytest.mark.parametrize(
    ("content", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_what_is_wrong_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    """A malformed file gets a message with its row, and what would be right."""
    path = tmp_path / "trace.csv"
    path.write_bytes(content)

    with pytest.raises(TraceError) as raised:
        read_trace(path)

    assert message in str(raised.value)
    assert str(raised.value).startswith("trace.csv")
    assert len(str(raised.value)) < 200


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is said as it was written."""
    with pytest.raises(TraceError, match=r"nowhere\.csv: no such file"):
        read_trace(tmp_path / "nowhere.csv")


def test_one_column_of_several_is_chosen(tmp_path: Path) -> None:
    """By name, and by number where there is no header."""
    path = tmp_path / "trace.csv"
    path.write_text("time,reads,writes\n0,60,120\n60,60,120\n")
    bare = tmp_path / "bare.csv"
    bare.write_text("0,60,120\n60,60,120\n")

    assert read_trace(path, "writes").mean_per_s == pytest.approx(2)
    assert read_trace(bare, "3").mean_per_s == pytest.approx(2)
    with pytest.raises(TraceError, match="there is no column 'deletes'; it has time, reads, writes"):
        read_trace(path, "deletes")


@given(
    st.lists(st.integers(0, 10_000), min_size=2, max_size=60), st.sampled_from([1, 60, 300]), st.floats(1, 20)
)
def test_counts_are_kept(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int], step: int, peak: float
) -> None:
    """Whatever the step and the peaks inside a bin, as many arrive in a bin as were counted there."""
    path = tmp_path_factory.mktemp("traces") / "trace.csv"
    path.write_text("time,count\n" + "".join(f"{row * step},{count}\n" for row, count in enumerate(counts)))
    trace = read_trace(path)

    arrived = trace.course(peak).integral(np.arange(len(counts) + 1) * float(step))

    assert [b - a for a, b in pairwise(arrived)] == pytest.approx(counts, abs=1e-6)
