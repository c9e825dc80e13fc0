"""OpenSearch: threads that search and index, what grows with the load, and what it bills."""

import pytest
from bill_cases import load
from link_cases import check, link, lowered
from pydantic import ValidationError

import sandbox
from sandbox.catalog.searching.settings import OpenSearch

CASES = [case for case in load("stores") if case["service"] == "opensearch"]
LARGE = {"mode": "nodes", "nodes": 3, "instance_type": "m6g.large.search"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Compute units, nodes and storage are counted as AWS bills them."""
    check(case)


@pytest.mark.parametrize(
    ("settings", "search", "indexing"),
    [
        (LARGE, 3 * 4, 3 * 2 / 2),
        ({**LARGE, "replicas": 0}, 3 * 4, 3 * 2),
        ({**LARGE, "replicas": 9}, 3 * 4, 3 * 2 / 3),
        ({}, 10, 10),
        ({"max_ocu": 4}, 2, 2),
        ({"max_ocu": 4, "storage_gb": 600}, 5, 5),
    ],
)
def test_threads_are_those_of_the_nodes_or_units(settings, search, indexing):
    """Two vCPUs make 2 × 3 / 2 + 1 search threads and 2 that index, each copy taking one.

    A collection has half of its units for each (thread-pool-settings, serverless-scaling).
    """
    parts = lowered("opensearch", settings, (link(0), link(1, operation="write")))

    assert {pool.id: pool.capacity for pool in parts.slots} == {
        "node.search": search,
        "node.indexing": indexing,
    }
    assert [station.slots for station in parts.stations] == [("node.search",), ("node.indexing",)]
    assert set(parts.limits) == {pool.id for pool in parts.slots}


DESIGN = """
schema = 1
account = {{lambda_concurrency = 100000}}
nodes.shop = {{service = "traffic", rate_per_s = {rate}}}
nodes.f = {{service = "lambda", timeout_s = 900}}
nodes.s = {{service = "opensearch", {settings}}}
edges = [{{from = "shop", to = "f"}}, {{from = "f", to = "s", operation = "{operation}"}}]
"""


def evaluated(rate: float, settings: str, operation: str = "query"):
    """The design at so many queries a second."""
    return sandbox.evaluate(sandbox.loads(DESIGN.format(rate=rate, settings=settings, operation=operation)))


def test_queries_wait_for_a_thread_and_then_are_refused():
    """Four threads of 20 ms take 200 queries/s; at 300/s the queue of 1,000 is full and a third refused."""
    node = 'mode = "nodes", nodes = 1'
    calm, full = evaluated(100, node).nodes["s"], evaluated(300, node).nodes["s"]

    assert calm.throttled_per_s == pytest.approx(0, abs=1e-9)
    assert full.throttled_per_s == pytest.approx(100, rel=0.01)
    assert full.latency.mean == pytest.approx(1000 / 200 * 1000 + 20, rel=0.02)


@pytest.mark.parametrize(
    ("rate", "settings", "units"),
    [
        (10, "storage_gb = 1", 2),
        (175, "storage_gb = 1", 6),
        (10_000, "storage_gb = 1", 11),
        (10, "ocu = 0", 1),
    ],
)
def test_a_collection_has_units_for_its_load(rate, settings, units):
    """175 queries/s of 20 ms keep 3.5 threads busy, 70 % of five; one unit indexes, ten search at most."""
    line = next(line for line in evaluated(rate, settings).cost.lines() if line.item == "Compute units")

    assert line.quantity == pytest.approx(units * 730)


def test_a_least_above_the_most_is_refused():
    """The message says which."""
    with pytest.raises(ValidationError, match="ocu = 8 is more than max_ocu = 4"):
        OpenSearch(ocu=8, max_ocu=4)


def test_a_collection_may_scale_to_nothing():
    """Without data and requests nothing is billed."""
    assert evaluated(0, "ocu = 0").nodes["s"].monthly_usd == 0


RISE = """
schema = 1
account = {lambda_concurrency = 100000}
nodes.f = {service = "lambda", timeout_s = 900}
nodes.s = {service = "opensearch", ocu = 0}
edges = [{from = "shop", to = "f"}, {from = "f", to = "s"}]
[nodes.shop]
service = "traffic"
rate_per_s = 100
profile = {shape = "steps", steps = [{at_s = 0, factor = 0}, {at_s = 300, factor = 1}]}
"""


def test_a_collection_comes_back_from_nothing():
    """One unit takes 50 of 100 queries/s until more are there, two minutes later."""
    found = sandbox.simulate(sandbox.loads(RISE), horizon_s=1200, step_s=5).to_dict()["nodes"]["s"]

    assert found["completed_per_s"][70] == pytest.approx(50, rel=0.05)
    assert found["completed_per_s"][-1] == pytest.approx(100, rel=0.01)
    assert found["throttled_per_s"][-1] == pytest.approx(0, abs=1e-6)
