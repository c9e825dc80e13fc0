"""Sizes of tasks and instances: what goes together, what fits, and what is refused."""

import pytest
from pydantic import ValidationError

from sandbox.catalog.containers.instances import TYPES, Instance, architecture_of
from sandbox.catalog.containers.sizes import SIZES, refusal
from sandbox.catalog.facts import facts
from sandbox.catalog.services.ec2 import Ec2
from sandbox.catalog.services.ecs_ec2 import EcsOnEc2
from sandbox.catalog.services.eks import Eks
from sandbox.catalog.services.fargate import Fargate


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"vcpu": 1, "memory_gb": 1}, "the nearest is 1 vCPU and 2 GB"),
        ({"vcpu": 3, "memory_gb": 8}, "the nearest is 4 vCPU and 8 GB"),
        ({"vcpu": 8, "memory_gb": 18}, "16 to 60 GB in steps of 4"),
        ({"vcpu": 16, "memory_gb": 40, "tasks": 5, "max_tasks": 2}, "max_tasks = 2 is less"),
    ],
)
def test_a_size_that_fargate_does_not_have_is_refused(settings, says):
    """The message names what goes together, and the nearest."""
    with pytest.raises(ValidationError, match=says):
        Fargate(**settings)


def test_every_size_of_the_page_is_legal():
    """256 CPU units take 512 MiB, 1 or 2 GB; 32 vCPU 60, 120 or 244 GB (fargate-tasks-services, 2026-10)."""
    assert SIZES[0.25] == (0.5, 1, 2)
    assert SIZES[1] == tuple(range(2, 9))
    assert SIZES[4] == tuple(range(8, 31))
    assert SIZES[8] == tuple(range(16, 61, 4))
    assert SIZES[16] == tuple(range(32, 121, 8))
    assert SIZES[32] == (60, 120, 244)
    assert all(refusal(vcpu, memory) is None for vcpu, choices in SIZES.items() for memory in choices)


@pytest.mark.parametrize(
    ("made", "settings", "says"),
    [
        (Ec2, {"instance_type": "m5.huge"}, "'m5.large'"),
        (EcsOnEc2, {"instance_type": "m5.large", "architecture": "arm64"}, "m5.large is x86_64"),
        (Eks, {"vcpu": 4, "memory_gb": 2}, "does not fit on m5.large, which has 2 vCPU and 8 GB"),
        (EcsOnEc2, {"instances": 3, "max_instances": 2}, "max_instances = 2 is less"),
    ],
)
def test_what_fits_no_instance_is_refused(made, settings, says):
    """Unknown types, other processors and tasks that are too large."""
    with pytest.raises(ValidationError, match=says):
        made(**settings)


def test_the_types_are_those_of_the_facts():
    """Names stand in the code, sizes and prices beside them."""
    known = facts("instances")

    assert {f"instances.{name}" for name in TYPES} == known.prices.keys() - {"instances.ebs_gp3"}
    assert {f"{name}.vcpu" for name in TYPES} <= known.quotas.keys()


@pytest.mark.parametrize("name", TYPES)
def test_an_instance_type_has_size_and_price(name):
    """Prices of a family are in proportion to the size."""
    prices = facts("instances").prices
    family, size = name.split(".")
    usd = prices[f"instances.{name}"].unit_usd("us-east-1")[0]

    assert Instance.of(name).vcpu >= 2
    assert architecture_of(name) in ("x86_64", "arm64")
    if size in ("large", "xlarge", "2xlarge", "4xlarge"):
        factor = {"large": 1, "xlarge": 2, "2xlarge": 4, "4xlarge": 8}[size]
        assert usd == pytest.approx(factor * prices[f"instances.{family}.large"].unit_usd("us-east-1")[0])
