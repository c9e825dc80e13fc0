"""Buses, pipes, workflows and delivery streams come to the same over time as at rest."""

import pytest
from flow_designs import chain, edge, node

import sandbox

HORIZON_S, LAST_S = 500, 200
FAILING = ("lambda", {"error_ratio": 0.4})
TWO_QUEUES = node("a", "sqs") + node("b", "sqs") + edge("n0", "a") + edge("n0", "b")

DESIGNS = {
    "a bus over its quota of invocations": chain(("eventbridge", {}), more=TWO_QUEUES, rate=10_000),
    "a bus with a function that fails": chain(("eventbridge", {}), FAILING, rate=100),
    "a destination over its quota": chain(("eventbridge", {}), ("external", {}), rate=400),
    "transitions over their bucket": chain(("step-functions", {"transitions": 40}), FAILING, rate=250),
    "an express workflow": chain(("step-functions", {"type": "express"}), FAILING, rate=50),
    "a pipe behind a queue": chain(("sqs", {}), ("pipes", {}), ("lambda", {}), rate=300),
    "a delivery stream": chain(("firehose", {}), ("s3", {}), rate=1000).replace(
        'to = "n1"', 'to = "n1"\noperation = "put"'
    ),
}


@pytest.mark.parametrize("text", DESIGNS.values(), ids=DESIGNS)
def test_a_steady_load_comes_to_rest(text):
    """Rates, concurrency and growth of the last minutes are those of the steady state."""
    design = sandbox.loads(text)
    rest = sandbox.evaluate(design).nodes
    run = sandbox.simulate(design, horizon_s=HORIZON_S, step_s=1).to_dict()["nodes"]

    for key, node_ in rest.items():
        last = {name: row[-LAST_S:] for name, row in run[key].items() if isinstance(row, list)}
        assert sum(last["offered_per_s"]) / LAST_S == pytest.approx(node_.offered_per_s, rel=2e-3, abs=1e-3)
        assert sum(last["throttled_per_s"]) / LAST_S == pytest.approx(node_.throttled_per_s, abs=1e-3)
        assert sum(last["lost_per_s"]) / LAST_S == pytest.approx(node_.lost_per_s, rel=2e-3, abs=1e-3)
        if node_.concurrency:
            assert sum(last["concurrency"]) / LAST_S == pytest.approx(node_.concurrency, rel=2e-2, abs=0.05)
        if "backlog" in last:
            grown = (last["backlog"][-1] - last["backlog"][0]) / (LAST_S - 1)
            assert grown == pytest.approx(node_.backlog_growth_per_s, rel=2e-3, abs=1e-3)
