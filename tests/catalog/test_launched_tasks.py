"""Tasks that are launched for one item each: their time, their limits and what they cost."""

import pytest

import sandbox
from sandbox.engine.network import Arc, Demand, Network, Quota, Station
from sandbox.engine.timeline.run import run

MONTH_S = 2_628_000


def launched(per_hour: float, account: str = "", **settings: object) -> sandbox.Design:
    """A function that launches a task for each of its calls."""
    told = "\n".join(f"{name} = {value}" for name, value in settings.items())
    return sandbox.loads(f"""
    schema = 1
    name = "jobs"
    [account]
    {account}
    [nodes.t]
    service = "traffic"
    rate_per_s = {per_hour / 3600}
    [nodes.f]
    service = "lambda"
    [nodes.x]
    service = "fargate"
    response_kb = 0
    {told}
    [[edges]]
    from = "t"
    to = "f"
    [[edges]]
    from = "f"
    to = "x"
    mode = "async"
    """)


def test_a_task_starts_works_and_ends():
    """One every minute that starts for 60 s and works for 240 s: five at a time, and none stands by."""
    node = sandbox.evaluate(launched(60, startup_s=60, duration_ms=240_000)).nodes["x"]

    assert node.concurrency == pytest.approx(5, rel=1e-6)
    assert node.accepted_per_s == pytest.approx(1 / 60)
    assert node.environments is None


@pytest.mark.parametrize(
    ("startup_s", "duration_ms", "billed_s"), [(30, 90_000, 120), (5, 10_000, 60), (0, 90_200, 91)]
)
def test_it_is_billed_by_the_second_and_a_minute_at_least(startup_s, duration_ms, billed_s):
    """From the pull of the image on (https://aws.amazon.com/fargate/pricing/)."""
    design = launched(
        3600, startup_s=startup_s, duration_ms=duration_ms, duration_cv=0, vcpu=1, memory_gb=2,
        account="fargate_vcpu = 1000",
    )  # fmt: skip
    hours = billed_s * MONTH_S / 3600

    assert sandbox.evaluate(design).nodes["x"].monthly_usd == pytest.approx(hours * (0.04048 + 2 * 0.004445))


def test_the_accounts_vcpu_limit_how_many_run():
    """Six tasks of 1 vCPU for 100 s each complete 0.06 a second; of 0.1 the rest waits."""
    node = sandbox.evaluate(launched(360, startup_s=0, duration_ms=100_000, vcpu=1, memory_gb=2)).nodes["x"]

    assert node.concurrency == pytest.approx(6, rel=0.02)
    assert node.backlog_growth_per_s == pytest.approx(0.04, rel=0.05)


def test_a_hundred_start_at_once_and_twenty_a_second():
    """AWS: a burst of 100 tasks, then 20/s; ten calls of ten tasks are 100 tasks in one second."""
    rate = sandbox.evaluate(launched(60)).lowered.network.quotas
    quota = next(each for each in rate if each.id == "fargate.launches")
    network = Network(
        (Station("t", arrivals=1000.0), Station("x", demands=(Demand("q"),))), (Arc("t", "x"),),
        (Quota("q", quota.capacity, quota.burst),),
    )  # fmt: skip

    told = run(network, horizon_s=30)

    assert told.totals.completed[1, 0] == pytest.approx(100 + 30 * 20)


def test_a_service_may_be_asked_and_launch_too():
    """Two tasks that stand by, and one at a time beside them."""
    design = sandbox.loads("""
    schema = 1
    name = "both"
    nodes.t = {service = "traffic", rate_per_s = 0.016666666666666666}
    nodes.u = {service = "traffic", rate_per_s = 0.001}
    nodes.f = {service = "lambda"}
    edges = [{from = "t", to = "f"}, {from = "f", to = "x", mode = "async"}, {from = "u", to = "x"}]
    [nodes.x]
    service = "fargate"
    startup_s = 0
    duration_ms = 60000
    duration_cv = 0
    vcpu = 1
    memory_gb = 2
    """)
    lines = {line.item: line.quantity for line in sandbox.evaluate(design).lines if line.node == "x"}

    assert lines["vCPU, x86"] == pytest.approx(730 * 3, rel=1e-6)
