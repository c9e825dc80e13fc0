"""A design over time: profiles, faults and recorded loads do what a hand calculation says."""

import json
from math import isfinite
from pathlib import Path

import pytest

import sandbox
from sandbox.catalog.usage import MONTH_S
from sandbox.design.presets import preset, preset_names
from sandbox.errors import TraceError
from sandbox.simulate import simulate

API = """schema = 1
name = "API"

[nodes.shoppers]
service = "traffic"
rate_per_s = 10

[nodes.place]
service = "lambda"
duration_ms = 100
timeout_s = 29

[nodes.orders]
service = "dynamodb"

[[edges]]
from = "shoppers"
to = "place"

[[edges]]
from = "place"
to = "orders"
operation = "write"
"""


def api(*more: str) -> sandbox.Design:
    """The design above with more of TOML behind it."""
    return sandbox.loads("\n".join((API, *more)))


def test_a_constant_load_is_done_and_billed_like_the_steady_state():
    """10/s for 600 s are 6,000 requests; a month of it costs what the steady state costs."""
    design = api()

    told = simulate(design, 600).summary

    assert told.completed == pytest.approx(6000, rel=1e-3)
    assert (told.throttled, told.lost, told.dead_lettered) == (0, 0, 0)
    assert told.recovered_at_s == 0
    monthly = sandbox.evaluate(design).monthly_usd
    assert told.monthly_usd == pytest.approx(monthly, rel=5e-3)
    assert told.run_usd == pytest.approx(told.monthly_usd * 600 / MONTH_S)


def test_the_last_moment_is_the_steady_state():
    """What every node does at the end of a constant load is what the evaluation says of it."""
    design = api()
    steady = sandbox.evaluate(design)

    last = simulate(design, 600).at(-1)

    for key, node in steady.nodes.items():
        now = last.nodes[key]
        assert now.offered_per_s == pytest.approx(node.offered_per_s, rel=1e-3), key
        assert now.throttled_per_s == pytest.approx(node.throttled_per_s, abs=1e-6), key
        assert (now.concurrency is None) == (node.concurrency is None), key
        if node.concurrency is not None:
            assert now.concurrency == pytest.approx(node.concurrency, rel=2e-3), key
    for now_edge, edge in zip(last.edges, steady.edges, strict=True):
        assert now_edge.items_per_s == pytest.approx(edge.items_per_s, rel=1e-3)


def test_a_fault_spends_the_error_budget():
    """Half of the calls fail for a tenth of the time: 5 % fail where 1 % may, five times the budget."""
    design = api('[[faults]]\nnode = "place"\nfrom_s = 120\nto_s = 180\nfail = 0.5')
    design = design.with_value("nodes.shoppers.success_target", 0.99)

    told = simulate(design, 600)

    assert told.summary.error_budget_spent == pytest.approx(5.0, rel=0.01)
    ratio = told.median.success_ratio["shoppers"]
    assert ratio[told.tick_at(150)] == pytest.approx(0.5, abs=0.01)
    assert ratio[told.tick_at(60)] == pytest.approx(1.0, abs=1e-6)
    assert told.summary.recovered_at_s == pytest.approx(180, abs=3)


def test_a_slower_dependency_raises_the_concurrency_above_it():
    """Five times 100 ms at 10/s: 5 in service where 1 was, and the table's own time beside it."""
    design = api('[[faults]]\nnode = "place"\nfrom_s = 100\nslower = 5')

    busy = simulate(design, 300).median.nodes["place"].concurrency

    assert busy is not None
    assert busy[-1] - busy[90] == pytest.approx(10 * 0.4, rel=0.01)


def test_a_fault_takes_capacity_from_the_nodes_own_limits():
    """A table that may take 20 writes a second takes 5 with a quarter of it; the rest is throttled."""
    design = api('[[faults]]\nnode = "orders"\nfrom_s = 400\ncapacity = 0.25').with_values(
        {
            "nodes.orders.mode": "provisioned",
            "nodes.orders.write_units": 20,
            "edges.1.retries": 0,
            "edges.1.item_kb": 1,
        }
    )

    node = simulate(design, 900).median.nodes["orders"]

    assert node.throttled_per_s[300] == pytest.approx(0, abs=0.05)
    assert node.offered_per_s[-1] - node.throttled_per_s[-1] == pytest.approx(5, rel=0.01)


def test_a_recorded_load_arrives_as_it_was_counted(tmp_path: Path):
    """60, 600 and 0 a minute: the run sends just as many, and says what was assumed."""
    (tmp_path / "trace.csv").write_text("time,count\n0,60\n60,600\n120,0\n")
    design = api().with_value("nodes.shoppers.profile", {"file": "trace.csv"})

    told = simulate(design, 180, folder=tmp_path)

    offered = told.median.nodes["shoppers"].offered_per_s
    assert [offered[at] for at in (30, 90, 150)] == pytest.approx([1, 10, 0], abs=1e-5)
    assert told.run.totals.arrived[told.run.row("shoppers")].sum() == pytest.approx(660)
    assert any("the step is 60 s" in sentence for sentence in told.given.assumed)


def test_a_missing_recording_is_named(tmp_path: Path):
    """With its path, before anything runs."""
    design = api().with_value("nodes.shoppers.profile", {"file": "nowhere.csv"})

    with pytest.raises(TraceError, match=r"nowhere\.csv"):
        simulate(design, 60, folder=tmp_path)


def test_the_same_seed_gives_the_same_run():
    """And another seed another one."""
    first, again, other = (simulate(api(), 120, replicas=5, seed=seed).to_dict() for seed in (7, 7, 8))

    assert first == again
    assert first["nodes"] != other["nodes"]


def test_bands_hold_the_median():
    """Nine of ten replicas lie between the lists; the median is between them too."""
    told = simulate(api(), 120, replicas=40, seed=1)

    for key, node in told.median.nodes.items():
        low, high = told.low.nodes[key].offered_per_s, told.high.nodes[key].offered_per_s
        assert (low <= node.offered_per_s).all()
        assert (node.offered_per_s <= high).all()
    assert set(told.to_dict()["bands"]) == {"p5", "p95"}


SERIES = {
    "offered_per_s", "completed_per_s", "throttled_per_s", "concurrency", "environments", "backlog",
    "oldest_age_s", "lost_per_s", "dead_lettered_per_s", "latency_ms",
}  # fmt: skip
SUMMARY = {
    "completed", "throttled", "lost", "dead_lettered", "recovered_at_s", "run_usd", "monthly_usd",
    "error_budget_spent",
}  # fmt: skip


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_keeps_the_contract(name: str):
    """All names are there, all lists are as long as the times, and nothing is NaN or infinite."""
    design = sandbox.loads(preset(name).text)

    told = json.loads(json.dumps(simulate(design, 120).to_dict(), allow_nan=False))

    assert {"schema", "design", "step_s", "seed", "replicas", "time_s", "nodes", "flows", "summary"} <= set(
        told
    )
    assert set(told["nodes"]) == set(design.nodes)
    for node in told["nodes"].values():
        assert set(node) >= SERIES
        for values in node.values():
            assert values is None or len(values) == len(told["time_s"])
    for flow in told["flows"].values():
        assert all(0 <= ratio <= 1 + 1e-6 for ratio in flow["success_ratio"])
    assert set(told["summary"]) >= SUMMARY
    assert all(isfinite(value) for value in told["summary"].values() if isinstance(value, float))
