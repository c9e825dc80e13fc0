"""Loads at which one way of running a program becomes cheaper than another, as published and here.

Each claim was recomputed by hand from the list prices of us-east-1; what comes out of whole designs must be
within 2 % of that.
"""

import pytest
from container_designs import evaluated, monthly_usd
from crossing import crossing

from sandbox.catalog.usage import MONTH_S

MILLION = 1e6
TASK = {"tasks": 1, "vcpu": 1, "memory_gb": 2}
"""1 vCPU and 2 GB: 36.04 USD a month."""


def per_s(millions_a_month: float) -> float:
    """A rate from requests a month."""
    return millions_a_month * MILLION / MONTH_S


def lambda_usd(millions: float, duration_ms: float, memory_mb: int) -> float:
    """A function that never starts cold: what AWS bills for the work itself."""
    return monthly_usd(
        "lambda", per_s(millions), duration_ms=duration_ms, memory_mb=memory_mb, duration_cv=0, init_ms=0,
        timeout_s=900,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "duration_ms", "memory_mb", "beside", "millions"),
    [
        ("fortem.dev: 6 to 8 million at 200 ms with an HTTP API", 200, 1024, 1.00, 7.95),
        ("the same at 512 MB", 200, 512, 1.00, 12.57),
        ("fortem.dev: about a million at 2 s", 2000, 1024, 0.0, 1.075),
        ("the same at 512 MB", 2000, 512, 0.0, 2.136),
        ("leanopstech.com: about 15 million below a second", 200, 512, 0.0, 19.3),
        ("the same at 1 GB", 200, 1024, 0.0, 10.2),
    ],
)
def test_lambda_and_a_fargate_task(source, duration_ms, memory_mb, beside, millions):
    """36.04 / (0.20 + GB × s × 16.6667 + what an HTTP API takes for a million)."""
    task = monthly_usd("fargate", **TASK)

    found = crossing(lambda m: lambda_usd(m, duration_ms, memory_mb) + beside * m, lambda _: task, 0.1, 50)

    assert found == pytest.approx(millions, rel=0.02), source


def test_what_an_http_api_takes():
    """The dollar for a million that the claim above counts is the API's own."""
    assert evaluated("api-gateway-http", per_s(1)).nodes["x"].monthly_usd == pytest.approx(1.00, rel=1e-3)


def test_a_task_a_month():
    """730 × (0.04048 + 2 × 0.004445) = 36.04 (infra.furybee.org)."""
    assert monthly_usd("fargate", **TASK) == pytest.approx(36.04, abs=0.005)


def test_environments_kept_ready_pay_off():
    """At 60 % of their time in use: 4.1667 / (16.6667 − 9.7222) of list prices."""
    ready, memory = 100, 1024
    settings = {"memory_mb": memory, "duration_ms": 1000, "duration_cv": 0, "init_ms": 0, "timeout_s": 30}

    def on_demand(used: float) -> float:
        return monthly_usd("lambda", used * ready, **settings)

    def kept_ready(used: float) -> float:
        return monthly_usd("lambda", used * ready, provisioned_concurrency=ready, **settings)

    assert crossing(on_demand, kept_ready, 0.1, 0.75) == pytest.approx(0.6, rel=0.02)


def test_fargate_and_instances():
    """Four tasks of 0.5 vCPU and 2 GB fill an m5.large: 0.096 against 0.11652 USD an hour, so 82.4 % used."""
    size = {"vcpu": 0.5, "memory_gb": 2}
    instance = monthly_usd("ecs-ec2", tasks=4, instance_type="m5.large", **size)

    assert instance / monthly_usd("fargate", tasks=4, **size) == pytest.approx(0.096 / 0.11652, rel=1e-3)
    assert monthly_usd("ecs-ec2", tasks=3, instance_type="m5.large", **size) == pytest.approx(instance)
    assert instance > monthly_usd("fargate", tasks=3, **size)
