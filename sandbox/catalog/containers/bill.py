"""What tasks are charged as: those that scaling comes to, by the hour, on demand and on Spot."""

from collections.abc import Iterator
from typing import cast

import numpy as np

from sandbox.catalog.containers.instances import OnInstances
from sandbox.catalog.containers.lowering import places_of_a_task
from sandbox.catalog.containers.settings import Containers
from sandbox.catalog.facts import Facts
from sandbox.catalog.service import Settings
from sandbox.catalog.usage import HOURS, Array, Charge, Usage


def tasks_there(tasks: Containers, usage: Usage) -> Array:
    """Tasks that are paid for: what target tracking comes to, or as many as there always are."""
    pools = [slots for name, slots in usage.slots.items() if name.endswith(".tasks")]
    if not pools:
        return np.full(1, float(tasks.least))
    return np.asarray(pools[0] / places_of_a_task(tasks))


def availability(settings: Settings, known: Facts) -> float | None:
    """What AWS commits to: several tasks in several zones, or less for a single one."""
    if cast("Containers", settings).least > 1:
        return known.availability
    return known.quotas["single_percent"].value / 100


def on_both(tasks: Containers, price: str, hours: Array, words: str) -> Iterator[Charge]:
    """Hours of one price, on demand and on Spot.

    Args:
        tasks: The settings.
        price: Key of the price.
        hours: Hours of the month.
        words: What they are called on the bill.
    """
    yield Charge(price, hours * (1.0 - tasks.spot_share), words=words)
    yield Charge(price, hours * tasks.spot_share, asked=1.0 - tasks.spot_discount, words=f"{words}, Spot")


def addresses(service: str, tasks: Containers) -> Charge:
    """Public addresses, the whole month."""
    return Charge(f"{service}.public_ipv4", np.full(1, tasks.public_ipv4 * HOURS))


def instance_hours(tasks: OnInstances, usage: Usage) -> Iterator[Charge]:
    """Hours of the instances: the room that tasks take, the room that is left over, and their volumes."""
    there = tasks_there(tasks, usage)
    count = np.maximum(np.ceil(there / tasks.per_instance - 1e-9), float(tasks.instances or 0))
    taken = np.minimum(there * tasks.used_share, count)
    price = f"instances.{tasks.instance_type}"
    yield from on_both(tasks, price, taken * HOURS, f"{tasks.instance_type} instances, used by tasks")
    yield from on_both(
        tasks, price, (count - taken) * HOURS, f"{tasks.instance_type} instances, room left over"
    )
    yield Charge("instances.ebs_gp3", count * tasks.ebs_gb)
