"""Months of tasks and instances, as printed and as counted by hand."""

import pytest
from container_designs import evaluated, monthly_usd


@pytest.mark.parametrize(
    ("why", "service", "settings", "usd"),
    [
        (
            "4 arm tasks of 2 vCPU and 4 GB in Frankfurt, 217.54 + 47.77 (AWS Pricing Calculator, 2026)",
            "fargate",
            {"region": "eu-central-1", "tasks": 4, "vcpu": 2, "memory_gb": 4, "architecture": "arm64"},
            265.31,
        ),
        (
            "one task of 1 vCPU and 2 GB: 730 × (0.04048 + 2 × 0.004445) (infra.furybee.org, 2025)",
            "fargate",
            {"tasks": 1, "vcpu": 1, "memory_gb": 2},
            36.04,
        ),
        ("30 GB beyond the free 20 for 730 h", "fargate", {"tasks": 1, "ephemeral_gb": 50}, 9.01 + 2.4309),
        ("two addresses", "fargate", {"tasks": 0, "public_ipv4": 2}, 7.30),
        ("a task on Spot: 0.0127 and 0.0014 (recalled)", "fargate",
         {"tasks": 1, "vcpu": 1, "memory_gb": 2, "spot_share": 1}, 730 * (0.0127 + 2 * 0.0014)),
        ("two m7g.large", "ec2", {"instances": 2, "instance_type": "m7g.large"}, 119.136),
        ("two m5.large with 100 GB of gp3 each", "ec2", {"ebs_gb": 100}, 140.16 + 16),
        ("nine tasks of 0.5 vCPU and 1 GB: four to an instance, so three instances", "ecs-ec2",
         {"tasks": 9, "vcpu": 0.5, "memory_gb": 1}, 3 * 730 * 0.096),
        ("memory decides: 3 GB each, two to an instance", "ecs-ec2",
         {"tasks": 4, "vcpu": 0.25, "memory_gb": 3}, 2 * 730 * 0.096),
        ("instances that are there whether needed or not", "ecs-ec2",
         {"tasks": 1, "vcpu": 0.5, "memory_gb": 1, "instances": 3}, 3 * 730 * 0.096),
        ("a cluster and an instance", "eks", {"tasks": 1}, 73 + 70.08),
        ("a cluster in extended support", "eks", {"tasks": 0, "control_plane": "extended"}, 438),
        ("a cluster that another node pays for", "eks", {"tasks": 1, "control_plane": "shared"}, 70.08),
    ],
)  # fmt: skip
def test_a_month_costs(why, service, settings, usd):
    """Printed and hand-computed bills, to the cent."""
    tolerance = {"rel": 2e-3} if "recalled" in why else {"abs": 0.0100001}

    assert monthly_usd(service, **settings) == pytest.approx(usd, **tolerance), why


def test_what_scaling_comes_to_is_what_is_billed():
    """300/s need five tasks, whatever the least and the most are."""
    scaled = monthly_usd("fargate", 300, tasks=2, max_tasks=50)

    assert scaled == pytest.approx(monthly_usd("fargate", 300, tasks=5))


def test_room_left_over_is_shown():
    """Three tasks of half a vCPU on two instances of two vCPU: 0.75 instances used, 1.25 left over."""
    told = evaluated("ecs-ec2", tasks=5, vcpu=0.5, memory_gb=1)
    hours = {line.item: line.quantity / 730 for line in told.lines if line.node == "x"}

    assert hours["m5.large instances, used by tasks"] == pytest.approx(1.25)
    assert hours["m5.large instances, room left over"] == pytest.approx(0.75)
