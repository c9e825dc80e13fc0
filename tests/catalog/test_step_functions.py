"""A workflow: its starts and transitions, what its tasks take and cost, and what compensates it."""

import pytest
from bill_cases import charges, load, usd
from flow_designs import chain, edge, evaluated, limit, lines, node
from pydantic import ValidationError

import sandbox
from sandbox.catalog.facts import facts
from sandbox.catalog.workflows.settings import StepFunctions

CASES = load("workflows")
STANDARD, EXPRESS = ("step-functions", {}), ("step-functions", {"type": "express"})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_month_costs_what_is_printed(case):
    """Transitions, runs and GB-seconds, to the cent."""
    found = charges(case)
    counted = {price: float(found[price].quantity[0]) for price in case.get("charges", {})}

    total = sum(usd(charge, "us-east-1", "always" if case.get("free") else "") for charge in found.values())

    assert counted == pytest.approx(case.get("charges", {}), rel=1e-9)
    assert total == pytest.approx(case["usd"], abs=0.01, rel=2e-4)


@pytest.mark.parametrize(("seconds", "transitions"), [(1, 0.082), (60, 2.54), (300, 12.54)])
def test_express_is_cheaper_above_so_many_transitions(seconds, transitions):
    """Transitions that cost as much as one express run of 64 MB: (1 + 16.667 × GB × s) / 25."""
    prices = facts("step-functions").prices
    run = prices["step-functions.express_requests"].unit_usd("us-east-1")[0]
    run += prices["step-functions.express_duration"].unit_usd("us-east-1")[0] * 0.0625 * seconds

    each = prices["step-functions.transitions"].unit_usd("us-east-1")[0]

    assert run / each == pytest.approx(transitions, rel=0.02)


def test_starts_over_the_bucket_are_refused():
    """300 starts a second in us-east-1, with a bucket of 1,300 (service-quotas.html)."""
    told = evaluated(chain(STANDARD, rate=400))

    assert told.nodes["n0"].throttled_per_s == pytest.approx(100)
    quota = next(q for q in told.lowered.network.quotas if q.id == "step-functions.start_per_s")
    assert (quota.capacity, quota.burst) == (300, 1_300)


@pytest.mark.parametrize(
    ("region", "starts", "steps"), [("eu-west-1", 300, 5_000), ("eu-central-1", 150, 800)]
)
def test_buckets_differ_by_region(region, starts, steps):
    """Starts and transitions of a standard workflow (service-quotas.html)."""
    told = evaluated(chain(STANDARD, head=f'region = "{region}"', rate=10))

    assert limit(told, "n0", "standard starts") == pytest.approx((10, starts))
    assert limit(told, "n0", "state transitions") == pytest.approx((50, steps))


def test_transitions_over_the_bucket_are_delayed_and_not_lost():
    """250 runs of 40 transitions are 10,000 a second of 5,000: half of the runs wait."""
    told = evaluated(chain(("step-functions", {"transitions": 40}), rate=250))

    assert told.nodes["n0"].backlog_growth_per_s == pytest.approx(125, rel=1e-6)
    assert told.nodes["n0"].throttled_per_s == 0
    assert told.flows["t"].success_ratio == pytest.approx(1)


def test_an_express_workflow_has_no_bucket_of_transitions():
    """Its transitions are unlimited; only its starts are counted, 6,000 a second."""
    told = evaluated(chain(("step-functions", {"type": "express", "transitions": 400}), rate=250))

    assert {use.name for use in told.nodes["n0"].limits} <= {"express starts"}
    assert told.nodes["n0"].backlog_growth_per_s == 0


def test_only_an_express_workflow_is_waited_for():
    """A caller of a standard one has its answer at once; `mode = "async"` goes on as well."""
    text = chain(EXPRESS, rate=10)

    waited = evaluated(text).flows["t"].latency
    started = evaluated(text.replace('to = "n0"', 'to = "n0"\nmode = "async"')).flows["t"].latency
    standard = evaluated(chain(STANDARD, rate=10)).flows["t"].latency

    assert (waited.mean, started.mean, standard.mean) == pytest.approx((1000, 0, 0))


def test_waits_of_its_own_hold_nothing_but_an_open_execution():
    """Ten runs a second that wait an hour are 36,000 open executions, and no function runs meanwhile."""
    text = chain(("step-functions", {"duration_ms": 3_600_000}), ("lambda", {"duration_cv": 0}), rate=10)

    told = evaluated(text)

    assert limit(told, "n0", "open executions")[0] == pytest.approx(36_001, rel=1e-4)
    assert told.nodes["n1"].concurrency == pytest.approx(1, rel=0.01)


def test_retries_are_transitions_too():
    """A task fails half of the time and is tried three times: 1.75 tries are 0.75 transitions more."""
    told = evaluated(chain(STANDARD, ("lambda", {"error_ratio": 0.5}), rate=10))

    assert lines(told, "n0")["State transitions"] == pytest.approx(10 * (5 + 0.75) * 2_628_000, rel=1e-6)
    assert told.nodes["n1"].offered_per_s == pytest.approx(17.5)


def test_runs_that_fail_are_compensated():
    """A task that fails half of the time, tried three times, fails one run in eight."""
    undo = node("undo", "lambda") + edge("n0", "undo", role="on-failure")

    told = evaluated(chain(STANDARD, ("lambda", {"error_ratio": 0.5}), rate=16, more=undo))

    assert told.nodes["undo"].invocations_per_s == pytest.approx(2)
    assert told.nodes["n0"].lost_per_s == 0
    assert told.flows["t"].success_ratio == pytest.approx(1)


def test_a_map_runs_so_many_at_a_time():
    """100 calls of a second, 40 at once, take 2.5 s, and make 100 calls."""
    text = chain(
        ("step-functions", {"duration_ms": 0}), ("external", {"latency_ms": 1000, "latency_cv": 0}), rate=1
    )

    told = evaluated(text.replace('to = "n1"', 'to = "n1"\ncalls = 100\nmap_concurrency = 40'))

    assert told.nodes["n0"].latency.mean == pytest.approx(2_500)
    assert told.nodes["n1"].accepted_per_s == pytest.approx(100)
    assert told.nodes["n1"].concurrency == pytest.approx(100)


def test_a_task_may_be_cut():
    """A task that always takes two seconds and may take one fails each of its tries."""
    slow = ("external", {"latency_ms": 2000, "latency_cv": 0})
    text = chain(("step-functions", {"duration_ms": 0}), slow, rate=1)

    told = evaluated(text.replace('to = "n1"', 'to = "n1"\ntimeout_s = 1'))

    assert told.nodes["n0"].failed_per_s == pytest.approx(1, rel=1e-3)


def test_an_express_run_ends_after_five_minutes():
    """What it waits for longer than that fails, and a longer timeout is refused."""
    told = evaluated(chain(("step-functions", {"type": "express", "duration_ms": 400_000}), rate=1))

    assert told.nodes["n0"].failed_per_s == pytest.approx(1)
    with pytest.raises(ValidationError, match="an express workflow runs at most 300 s"):
        StepFunctions(type="express", timeout_s=301)


def test_a_workflow_waits_for_the_one_it_calls():
    """A nested run is a part of the outer one."""
    text = chain(("step-functions", {"duration_ms": 500}), ("step-functions", {"duration_ms": 2000}), rate=1)

    assert evaluated(text).nodes["n0"].latency.mean == pytest.approx(2_500)


def test_all_workflows_of_an_account_share_its_buckets():
    """Two of 200 starts a second ask for 400 of 300; in another account the second has its own 300."""
    two = node("b", "step-functions") + node("u", "traffic", rate_per_s=200) + edge("u", "b")
    apart = two.replace('service = "step-functions"', 'service = "step-functions"\naccount = "other"')

    shared = evaluated(chain(STANDARD, rate=200, more=two))
    own = evaluated(chain(STANDARD, rate=200, more=apart, head="[accounts.other]"))

    assert [shared.nodes[key].throttled_per_s for key in ("n0", "b")] == pytest.approx([50, 50], rel=0.01)
    assert [own.nodes[key].throttled_per_s for key in ("n0", "b")] == [0, 0]


def test_a_raised_bucket_holds():
    """`[account]` raises what AWS raises."""
    told = evaluated(chain(STANDARD, rate=400, head="[account]\nstep_functions_starts_per_s = 500"))

    assert limit(told, "n0", "standard starts") == pytest.approx((400, 500))
    assert told.nodes["n0"].throttled_per_s == 0


def test_a_burst_of_starts_passes_until_the_bucket_is_empty():
    """1,300 starts and 300 more each second: at 1,300/s the bucket is empty after 1.3 s."""
    told = sandbox.simulate(sandbox.loads(chain(STANDARD, rate=1_300)), horizon_s=20, step_s=1).to_dict()

    passed = [
        offered - refused
        for offered, refused in zip(
            told["nodes"]["n0"]["offered_per_s"], told["nodes"]["n0"]["throttled_per_s"], strict=True
        )
    ]
    assert sum(passed[:3]) == pytest.approx(1_300 + 3 * 300, rel=0.05)
    assert passed[-1] == pytest.approx(300, rel=1e-6)


def test_runs_that_fail_are_compensated_over_time_too():
    """One run in eight fails for good, and something is called for each."""
    undo = node("undo", "lambda") + edge("n0", "undo", role="on-failure")
    text = chain(STANDARD, ("lambda", {"error_ratio": 0.5}), rate=16, more=undo)

    told = sandbox.simulate(sandbox.loads(text), horizon_s=300, step_s=1).to_dict()

    assert told["nodes"]["undo"]["offered_per_s"][-1] == pytest.approx(2, rel=0.01)
    assert told["nodes"]["n0"]["dead_lettered_per_s"][-1] == pytest.approx(2, rel=0.01)
