"""Tasks and instances: how many there are, what they serve, what they draw on and what they cost."""

import pytest
from container_designs import evaluated

import sandbox
from sandbox.catalog.connections import connections
from sandbox.catalog.practice import Joined, practices
from sandbox.catalog.service import services
from sandbox.catalog.services.fargate import Fargate
from sandbox.catalog.services.sqs import Sqs
from sandbox.catalog.workers import WorkerEdge
from sandbox.why import why

SIZED = {"fargate": {}, "ecs-ec2": {}, "eks": {}, "ec2": {}}


@pytest.mark.parametrize("service", SIZED)
@pytest.mark.parametrize(
    ("rate", "tasks"),
    [(0, 2), (139, 2), (141, 3), (300, 5), (690, 10), (2000, 10)],
)
def test_there_are_as_many_tasks_as_the_target_asks_for(service, rate, tasks):
    """300/s × 0.1 s = 30 at once; at 70 % of 10 each that is 4.3, so five tasks; never below 2 or over 10."""
    limits = {"tasks": 2, "max_tasks": 10}

    told = evaluated(service, rate, duration_ms=100, concurrency_per_task=10, **limits)

    assert told.nodes["x"].environments == pytest.approx(tasks)


@pytest.mark.parametrize("service", SIZED)
def test_a_fixed_number_serves_what_it_can(service):
    """Two tasks of ten places complete 200 requests of 100 ms a second; of 400 half are refused."""
    node = evaluated(service, 400, tasks=2, duration_ms=100, concurrency_per_task=10).nodes["x"]

    assert node.accepted_per_s == pytest.approx(200, rel=0.01)
    assert node.concurrency == pytest.approx(20, rel=0.01)
    assert node.limits[0].capacity == 20


def test_requests_wait_for_a_place():
    """M/M/1 with an even service time of 80 ms at 10/s: the wait is half of D·ρ/(1 − ρ), 160 ms."""
    node = evaluated(
        "fargate", 10, tasks=1, concurrency_per_task=1, duration_ms=80, duration_cv=0, waiting_room=100_000
    ).nodes["x"]

    assert node.latency is not None
    assert node.latency.mean == pytest.approx(80 + 0.5 * 80 * 0.8 / 0.2, rel=1e-3)


def test_who_waits_too_long_leaves():
    """One place, a load of 1 and the patience of one service: a third leaves (M/M/1+D)."""
    node = evaluated(
        "fargate", 10, tasks=1, concurrency_per_task=1, duration_ms=100, duration_cv=1,
        waiting_room=100_000, longest_wait_s=0.1,
    ).nodes["x"]  # fmt: skip

    assert node.accepted_per_s == pytest.approx(10 * 2 / 3, rel=1e-3)


@pytest.mark.parametrize(
    ("service", "account", "tasks", "running"),
    [
        ("fargate", {}, 8, 6),
        ("fargate", {"fargate_vcpu": 8}, 8, 8),
        ("fargate", {"fargate_vcpu": 4}, 2, 2),
        ("ec2", {"ec2_vcpu": 8}, 6, 4),
        ("ecs-ec2", {"ec2_vcpu": 8}, 6, 4),
    ],
)
def test_the_accounts_vcpu_limit_what_starts(service, account, tasks, running):
    """Tasks of 1 vCPU on 6 vCPU of Fargate, instances of 2 vCPU on 8 vCPU of EC2; the rest does not serve."""
    size = {"vcpu": 1, "memory_gb": 2} if service == "fargate" else {}
    node = evaluated(service, 10_000, tasks=tasks, account=account, **size).nodes["x"]

    assert node.accepted_per_s == pytest.approx(running * 10 / 0.1, rel=0.01)


def test_services_of_an_account_share_its_vcpu():
    """4 + 4 vCPU of 6: both get three quarters; in an account of its own the other one is not in the way."""
    document = """
    schema = 1
    name = "shared"
    [accounts.other]
    [nodes.t]
    service = "traffic"
    rate_per_s = 2000
    [nodes.a]
    service = "fargate"
    tasks = 4
    vcpu = 1
    memory_gb = 2
    [nodes.b]
    service = "fargate"
    tasks = 4
    vcpu = 1
    memory_gb = 2
    {account}
    [[edges]]
    from = "t"
    to = "a"
    [[edges]]
    from = "t"
    to = "b"
    """
    shared = sandbox.evaluate(sandbox.loads(document.format(account="")))
    apart = sandbox.evaluate(sandbox.loads(document.format(account='account = "other"')))

    assert shared.nodes["a"].accepted_per_s == pytest.approx(300, rel=0.01)
    assert apart.nodes["a"].accepted_per_s == pytest.approx(400, rel=0.01)


def test_what_is_throttled_for_want_of_vcpu_says_so():
    """The account's quota is named, not the number of tasks; raising that number would not help."""
    told = evaluated("fargate", 650, account={}, tasks=8, vcpu=1, memory_gb=2)
    (finding,) = (found for found in told.findings if found.rule == "items-throttled")

    assert "Fargate on demand: 8 vCPU asked for, 6 available" in finding.message
    assert why(told, "nodes.x.throttled_per_s").change == {"account.fargate_vcpu": 7}


def test_the_number_of_tasks_has_a_reason():
    """30 in use ÷ 10 each ÷ 70 % = 4.29, so five; and a full line is a part of the latency."""
    told = evaluated("fargate", 300, tasks=2, max_tasks=10)
    reason = why(told, "nodes.x.environments")

    assert (reason.value, reason.formula) == ("5", "30 ÷ 10 each ÷ 70 % = 4.29")
    late = why(evaluated("fargate", 400), "nodes.x.latency_ms.mean")
    assert late.because[0].text.startswith("waiting for a free place: ")


def test_spot_draws_on_a_quota_of_its_own():
    """Ten tasks of 1 vCPU, four of them on Spot: 6 of 6 vCPU on demand, and 4 of 6 on Spot."""
    node = evaluated(
        "fargate", 1, account={}, tasks=10, vcpu=1, memory_gb=2, spot_share=0.4, spot_interruptions=0
    ).nodes["x"]
    used = {limit.name: limit.demand for limit in node.limits}

    assert used["Fargate on demand"] == pytest.approx(6)
    assert used["Fargate Spot"] == pytest.approx(4)


def test_instances_draw_whether_tasks_use_them_or_not():
    """Nine tasks of half a vCPU are three instances of two; a least of five instances is ten vCPU."""
    for least, vcpu in ((None, 6), (5, 10)):
        settings = {"tasks": 9, "vcpu": 0.5, "memory_gb": 1} | ({"instances": least} if least else {})
        node = evaluated("ecs-ec2", 1, **settings).nodes["x"]

        assert next(each for each in node.limits if each.name.startswith("EC2")).demand == pytest.approx(vcpu)


def test_a_cluster_has_so_many_nodes():
    """Thirty groups of 450 nodes, unless AWS has raised it."""
    node = evaluated("eks", 1, tasks=9, vcpu=0.5, memory_gb=1).nodes["x"]
    nodes = next(limit for limit in node.limits if limit.unit == "instances")

    assert (nodes.demand, nodes.capacity) == (pytest.approx(3), 13_500)


def test_256_vcpu_are_32_or_16_instances():
    """AWS: a quota of 256 vCPU is 32 m5.2xlarge or 16 c5.4xlarge (ec2-on-demand-instances)."""
    for kind, count in (("m5.2xlarge", 32), ("c5.4xlarge", 16)):
        node = evaluated("ec2", 1, instances=count, instance_type=kind, account={"ec2_vcpu": 256}).nodes["x"]
        used = next(limit for limit in node.limits if limit.name.startswith("EC2 on demand"))

        assert used.utilisation == pytest.approx(1.0)


def test_time_begins_with_the_least_and_follows():
    """Three minutes above the target and one to start: then more tasks, in the end as many as at rest."""
    told = evaluated("fargate", 300, tasks=2, max_tasks=10)
    timeline = sandbox.simulate(told.design, horizon_s=1800)
    tasks = timeline.median.nodes["x"].environments

    assert tasks[60] == pytest.approx(2)
    assert tasks[300] == pytest.approx(3)
    assert tasks[-1] == pytest.approx(5)


@pytest.mark.parametrize(("service", "most"), [("sqs", 20 / 0.1), ("kinesis", 4 / 0.1)])
def test_containers_fetch_what_waits(service, most):
    """Two tasks of ten places are 20 loops at a queue; a stream of four shards has four readers."""
    shards = "shards = 4" if service == "kinesis" else ""
    design = sandbox.loads(f"""
    schema = 1
    name = "workers"
    [nodes.t]
    service = "traffic"
    rate_per_s = 30
    [nodes.q]
    service = "{service}"
    {shards}
    [nodes.w]
    service = "fargate"
    duration_ms = 100
    [[edges]]
    from = "t"
    to = "q"
    [[edges]]
    from = "q"
    to = "w"
    """)
    told = sandbox.evaluate(design)
    reader = next(limit for limit in told.nodes["q"].limits if limit.name.startswith("throughput"))

    assert told.nodes["w"].accepted_per_s == pytest.approx(30)
    assert told.nodes["w"].concurrency == pytest.approx(3, rel=0.01)
    assert reader.capacity == pytest.approx(most, rel=0.01)
    behind = sandbox.evaluate(design, load=20).nodes
    assert behind["q"].backlog_growth_per_s == pytest.approx(30 * 20 - most, rel=0.02)
    assert behind["w"].throttled_per_s == pytest.approx(0, abs=1e-6)


def test_a_single_task_has_a_lower_commitment():
    """AWS commits to 99.99 % for tasks in several zones, and to 99.5 % for one."""
    assert evaluated("fargate", 1, tasks=2).flows["t"].availability == pytest.approx(0.9999)
    assert evaluated("fargate", 1, tasks=1).flows["t"].availability == pytest.approx(0.995)


def test_spot_takes_tasks_away_for_a_while():
    """Interrupted a hundred times a month, each task is away 6,000 of 2,628,000 seconds."""
    often = {"tasks": 10, "spot_share": 1, "spot_interruptions": 100, "startup_s": 60}

    capacity = evaluated("fargate", 1, **often).nodes["x"].limits
    places = next(limit for limit in capacity if limit.name == "places in its tasks").capacity

    assert places == pytest.approx(100 * (1 - 6000 / 2_628_000))


def test_a_long_request_does_not_survive_an_interruption():
    """Of 10 min, 8 lie beyond the warning: 1,000 interruptions a month cut 480,000 of 2,628,000 of them."""
    node = evaluated(
        "fargate", 0.01, tasks=2, spot_share=1, spot_interruptions=1000, startup_s=0, duration_ms=600_000
    ).nodes["x"]

    assert node.failed_per_s / node.accepted_per_s == pytest.approx(480_000 / 2_628_000, rel=1e-3)


def test_accounts_raise_what_aws_raises():
    """Every quota of the account has a key, and what AWS never raises has none."""
    for service in ("fargate", "ec2", "ecs-ec2", "eks"):
        for key, fact in services()[service].facts.quotas.items():
            assert bool(fact.setting) == fact.adjustable, key


@pytest.mark.parametrize(
    ("tasks", "edge", "wanted"),
    [
        (Fargate(), WorkerEdge(), None),
        (Fargate(duration_ms=1000), WorkerEdge(), 60),
        (Fargate(timeout_s=20), WorkerEdge(batch_size=3), 60),
        (Fargate(duration_ms=86_400_000), WorkerEdge(), 43_200),
    ],
)
def test_a_message_is_hidden_while_it_is_worked_off(tasks, edge, wanted):
    """The batch times the timeout, or six times the mean where there is none; 12 hours at most."""
    (advised,) = practices(connections("sqs", "fargate")[0])
    found = dict(advised.advise(Joined(Sqs(), tasks, edge)))

    assert found.get(("source", "visibility_timeout_s")) == wanted
