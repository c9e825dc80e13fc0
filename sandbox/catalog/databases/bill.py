"""What a month of a database is charged as: capacity or instances, storage, I/O requests, backups."""

from collections.abc import Iterator, Mapping
from typing import cast

import numpy as np

from sandbox.catalog.databases.aurora import Aurora
from sandbox.catalog.databases.capacity import LEAST_AWAKE_ACU, capacity_of
from sandbox.catalog.databases.classes import key_of, priced, size_of
from sandbox.catalog.databases.edges import asks_data_api
from sandbox.catalog.databases.rds import Rds
from sandbox.catalog.databases.settings import Database
from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings
from sandbox.catalog.usage import HOURS, MONTH_S, Array, Charge, LinkUse, Usage, chunks

ONE = np.ones(1)


def bill_aurora(settings: Settings, usage: Usage) -> list[Charge]:
    """Capacity or instances, storage and I/O at standard or I/O-Optimized prices, Data API requests."""
    aurora = cast("Aurora", settings)
    optimized = "_io_optimized" if aurora.io_optimized else ""
    if aurora.mode == "serverless":
        capacity = Charge(f"aurora.acu_hours{optimized}", acu(aurora, usage) * HOURS)
    else:
        key, units = priced("aurora", aurora.instance_class)
        premium = facts("aurora").quotas["io_optimized_premium"].value if aurora.io_optimized else 1.0
        capacity = Charge(key, ONE * (1 + aurora.readers) * units * HOURS, asked=premium)
    requests = [link for link in usage.inflows if asks_data_api(link.settings)]
    return [
        capacity,
        Charge(f"aurora.storage{optimized}", ONE * aurora.storage_gb),
        Charge("aurora.io_requests", ONE * 0.0 if aurora.io_optimized else _operations(aurora, usage)),
        Charge("aurora.backup", ONE * aurora.backup_gb),
        Charge("aurora.data_api_requests", sum((_requests(link) for link in requests), start=np.zeros(1))),
    ]


def bill_rds(settings: Settings, usage: Usage) -> list[Charge]:
    """Instances with their standby and readers, their storage, what of it was raised, CPU credits."""
    rds = cast("Rds", settings)
    copies = (2 if rds.multi_az else 1) + rds.readers
    known = facts("rds").quotas
    striped = rds.storage_gb >= known["striped_from_gb"].value
    further_iops = max((rds.iops or 0) - known["striped_iops"].value, 0.0) if striped else 0.0
    further_mb = (
        max((rds.throughput_mb_per_s or 0) - known["striped_mb_per_s"].value, 0.0) if striped else 0.0
    )
    return [
        *_instances(rds),
        Charge("rds.gp3_storage", ONE * rds.storage_gb * copies),
        Charge("rds.gp3_iops", ONE * further_iops * (copies - 2 if rds.multi_az else copies)),
        Charge("rds.gp3_iops_multi_az", ONE * further_iops * rds.multi_az),
        Charge("rds.gp3_throughput", ONE * further_mb * copies),
        Charge("rds.backup", ONE * rds.backup_gb),
        Charge("rds.cpu_credits", _credits(rds, usage)),
    ]


def acu(aurora: Aurora, usage: Usage) -> Array:
    """Mean capacity of all serverless instances over the month, pauses taken off [ACU]."""
    there = acu_each(aurora, usage.slots) * (1 + aurora.readers)
    pauses = aurora.min_acu == 0 and bool(usage.environments.any())
    return there * np.minimum(usage.environments, 1.0) if pauses else there


def acu_each(aurora: Aurora, slots: Mapping[str, Array]) -> Array:
    """Mean capacity of one serverless instance while awake [ACU].

    Args:
        aurora: The cluster.
        slots: Slots of its pools that are there; none where unknown, which is the floor.
    """
    if not slots:
        return ONE * max(aurora.min_acu, LEAST_AWAKE_ACU)
    there = sum(slots.values(), start=np.zeros(1)) / capacity_of(aurora, aurora.max_acu).slots_per_acu
    return there / (1 + aurora.readers)


def _instances(rds: Rds) -> Iterator[Charge]:
    """Hours of the instance, with its standby, and of the readers."""
    hours: dict[str, float] = {}
    for count, standby in ((1, rds.multi_az), (rds.readers, False)):
        key, units = priced("rds", rds.instance_class, standby=standby)
        own = f"rds.mysql_{key_of(rds.instance_class)}"
        if rds.engine == "mysql" and own in facts("rds").prices:
            key, units = own, 2.0 if standby else 1.0
        hours[key] = hours.get(key, 0.0) + HOURS * count * units
    yield from (Charge(key, ONE * quantity) for key, quantity in hours.items())


def _operations(database: Database, usage: Usage) -> Array:
    """I/O requests of a month."""
    return usage.accepted * database.io_per_query * MONTH_S


def _requests(link: LinkUse) -> Array:
    """Data API requests of a month: each started 32 KB counts."""
    unit_kb = facts("aurora").quotas["data_api_unit_kb"].value
    return link.accepted * chunks(link.item_kb, unit_kb) * MONTH_S


def _credits(rds: Rds, usage: Usage) -> Array:
    """vCPU-hours that burstable instances use above their baseline."""
    size = size_of(rds.instance_class)
    if size.baseline >= 1.0:
        return np.zeros(1)
    busy = sum((use.load for use in usage.stations.values()), start=np.zeros(1))
    instances = 1 + rds.readers
    above = np.minimum(busy / (size.vcpus * instances), 1.0) - size.baseline
    return np.maximum(above, 0.0) * size.vcpus * instances * HOURS
