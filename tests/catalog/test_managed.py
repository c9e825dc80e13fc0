"""Functions on managed instances: places that are there before requests come, paid by the instance."""

import pytest
from container_designs import evaluated, monthly_usd
from pydantic import ValidationError

import sandbox
from sandbox.catalog.functions.settings import Lambda, stretch

MANAGED = {"managed_instances": True, "memory_mb": 2048, "cpu_bound": 0}


@pytest.mark.parametrize(
    ("rate", "settings", "environments"),
    [
        (0, {}, 3),
        (960, {}, 3),
        (1500, {}, 5),
        (1500, {"max_environments": 4}, 4),
        (96, {"concurrency_per_environment": 1}, 20),
        (96, {"cpu_bound": 1}, 20),
        (96, {"cpu_bound": 1, "memory_mb": 4096}, 10),
    ],
)
def test_half_of_the_places_are_in_use(rate, settings, environments):
    """1,500/s × 0.1 s = 150 at once need 300 places: five times 64; work that computes fills a vCPU."""
    node = evaluated("lambda", rate, duration_ms=100, **(MANAGED | settings)).nodes["x"]

    assert node.environments == environments


def test_nothing_is_cold_and_the_pool_of_the_account_is_left_alone():
    """20,000/s × 0.1 s are twice the account's concurrency, and all are served warm."""
    told = evaluated("lambda", 20_000, duration_ms=100, **MANAGED)
    node = told.nodes["x"]

    assert node.accepted_per_s == pytest.approx(20_000)
    assert node.cold_start_ratio is None
    assert "account concurrency" not in {limit.name for limit in node.limits}


def test_a_doubling_is_absorbed_and_more_is_throttled():
    """Traffic that doubles at once is served; eight times as much is throttled until more is there."""
    for factor, throttled in ((1.9, False), (8, True)):
        design = sandbox.loads(
            f"""
            schema = 1
            name = "x"
            [nodes.t]
            service = "traffic"
            rate_per_s = 15_000
            profile.shape = "steps"
            profile.steps = [{{at_s = 0, factor = 1}}, {{at_s = 300, factor = {factor}}}]
            [nodes.x]
            service = "lambda"
            managed_instances = true
            memory_mb = 2048
            [[edges]]
            from = "t"
            to = "x"
            """
        )
        told = sandbox.simulate(design, horizon_s=1800).median.nodes["x"]

        refused = told.throttled_per_s / told.offered_per_s
        assert bool(refused[310:500].max() > 0.01) is throttled
        assert refused[-1] < 1e-3


@pytest.mark.parametrize(
    ("why", "settings", "usd"),
    [
        ("three m6i.xlarge and 15 %", {}, 3 * 730 * 0.192 * 1.15),
        ("three m7g.xlarge and 15 %", {"architecture": "arm64"}, 3 * 730 * 0.1632 * 1.15),
        ("seven environments of 8 GB and 4 vCPU, one to an instance of 4 vCPU",
         {"memory_mb": 8192, "min_environments": 7}, 7 * 730 * 0.192 * 1.15),
        ("seven of 8 GB and 2 vCPU, two to an instance",
         {"memory_mb": 8192, "memory_gb_per_vcpu": 4, "min_environments": 7}, 4 * 730 * 0.192 * 1.15),
        ("switched off", {"min_environments": 0}, 0),
    ],
)  # fmt: skip
def test_it_is_paid_by_the_instance(why, settings, usd):
    """Price and fee by the hour, whatever is asked of it."""
    assert monthly_usd("lambda", **(MANAGED | settings)) == pytest.approx(usd, abs=0.01), why


def test_requests_are_paid_and_gigabyte_seconds_are_not():
    """A million requests a month are 0.20 USD more."""
    nothing, some = monthly_usd("lambda", **MANAGED), monthly_usd("lambda", 1e6 / 2_628_000, **MANAGED)

    assert some - nothing == pytest.approx(0.20)


def test_a_thread_has_a_whole_vcpu():
    """What took 400 ms at a quarter of a vCPU takes 100 ms."""
    function = Lambda(**MANAGED | {"cpu_bound": 1, "measured_memory_mb": 442})

    assert stretch(function) == pytest.approx(0.25, rel=0.002)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"memory_mb": 1024}, "less than the 2048"),
        ({"snap_start": True}, "exclude each other"),
        ({"provisioned_concurrency": 1}, "exclude each other"),
        ({"instance_type": "m7g.large"}, "is not x86_64"),
        ({"min_environments": 5, "max_environments": 2}, "less than min_environments"),
    ],
)
def test_what_does_not_go_together_is_refused(settings, says):
    """Each message names the setting."""
    with pytest.raises(ValidationError, match=says):
        Lambda(**MANAGED | settings)
