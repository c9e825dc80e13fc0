"""Amazon RDS: a relational database on instances of a fixed size.

Queries wait for its vCPUs, its storage takes so many operations per second, and every caller keeps
connections, of which its memory allows so many. A standby in another zone takes over, but answers nothing.
"""

from typing import cast

from sandbox.catalog.databases import instances
from sandbox.catalog.databases.bill import bill_rds as bill
from sandbox.catalog.databases.classes import size_of
from sandbox.catalog.databases.connections import allowed
from sandbox.catalog.databases.instances import Instances, Shared, cpu_limit
from sandbox.catalog.databases.rds import STRIPED_FROM_GB, Rds
from sandbox.catalog.facts import Facts, Quotas
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Parts, Service, Settings, Site
from sandbox.engine.network import Demand, Quota


def lower(site: Site) -> Parts:
    """Queries run on the instances' vCPUs and take operations of the storage."""
    rds = cast("Rds", site.settings)
    size, most = size_of(rds.instance_class), allowed(rds)
    groups = [Instances("", 1, size.vcpus, 1.0, most, cpu_limit(rds.instance_class), _allowed())]
    if rds.readers:
        cpu = cpu_limit(rds.instance_class, "readers")
        groups.append(
            Instances("readers", rds.readers, size.vcpus, 1.0, most, cpu, _allowed("reader connections"))
        )
    return instances.lower(site, rds, groups, Shared(quotas=_storage(site, rds)))


def included_iops(rds: Rds, quotas: Quotas) -> float:
    """Storage operations per second that the storage's price includes."""
    return quotas["striped_iops" if rds.storage_gb >= STRIPED_FROM_GB else "iops"]


def _storage(site: Site, rds: Rds) -> list[tuple[Quota, Demand, Limit]]:
    """Operations that the storage takes, where queries need any."""
    if not rds.io_per_query:
        return []
    most = float(rds.iops) if rds.iops is not None else included_iops(rds, site.quotas)
    quota = Quota(f"{site.id}.IOPS", most, burst=most)
    key = "striped_iops" if rds.storage_gb >= STRIPED_FROM_GB else "iops"
    return [(quota, Demand(quota.id, rds.io_per_query), limit("rds", key, raised_by="iops"))]


def _allowed(name: str = "") -> Limit:
    return limit("rds", "connections", name, raised_by="max_connections")


def availability(settings: Settings, known: Facts) -> float | None:
    """AWS commits to more with a standby in another zone."""
    with_standby = known.quotas["multi_az_percent"].value / 100
    return with_standby if cast("Rds", settings).multi_az else known.availability


SERVICE = Service(
    id="rds",
    title="RDS database",
    family="store",
    badge="RDS",
    icon="▦",
    settings=Rds,
    lower=lower,
    bill=bill,
    summary="A relational database on instances; vCPUs and connections are its limits.",
    also_called=("database", "db", "sql", "postgres", "mysql", "relational", "instance"),
    availability=availability,
    counts={"instances": lambda settings: 1.0 + cast("Rds", settings).readers},
)
