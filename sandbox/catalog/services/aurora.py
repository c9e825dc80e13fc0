"""Amazon Aurora: a relational database on serverless capacity or on instances, over a common storage.

Serverless capacity follows the load by a share of itself, the larger the faster, down to a floor; with a
floor of 0 it pauses when nobody is connected and resumes with the next query. It allows as many connections
as its LARGEST capacity does. Readers take the reads.
"""

from typing import cast

from sandbox.catalog.databases import instances
from sandbox.catalog.databases.aurora import Aurora
from sandbox.catalog.databases.bill import bill_aurora as bill
from sandbox.catalog.databases.capacity import Capacity, capacity_of, pause
from sandbox.catalog.databases.classes import size_of
from sandbox.catalog.databases.connections import allowed
from sandbox.catalog.databases.instances import Instances, Shared, cpu_id, cpu_limit
from sandbox.catalog.facts import Facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Parts, Service, Settings, Site


def lower(site: Site) -> Parts:
    """Queries run on the writer's vCPUs, reads on the readers' where there are any."""
    aurora = cast("Aurora", site.settings)
    if aurora.mode == "provisioned":
        groups = [_provisioned(aurora, name, count) for name, count in _groups(aurora)]
        return instances.lower(site, aurora, groups, Shared())
    known = capacity_of(aurora, aurora.max_acu)
    groups = [_serverless(aurora, known, name, count) for name, count in _groups(aurora)]
    units = {cpu_id(site.id, group.name): known.slots_per_acu for group in groups}
    resume_s = site.quotas["resume_s"] if aurora.resume_s is None else aurora.resume_s
    paused = pause(site, aurora.pause_after_s, resume_s) if aurora.min_acu == 0 else None
    return instances.lower(site, aurora, groups, Shared(pause=paused, units=units))


def _groups(aurora: Aurora) -> list[tuple[str, int]]:
    """The writer, and the readers where there are any."""
    return [("", 1), ("readers", aurora.readers)] if aurora.readers else [("", 1)]


def _provisioned(aurora: Aurora, name: str, count: int) -> Instances:
    """Instances of a fixed size."""
    vcpus = size_of(aurora.instance_class).vcpus
    cpu = cpu_limit(aurora.instance_class, name)
    return Instances(name, count, vcpus, 1.0, allowed(aurora), cpu, _allowed(name))


def _serverless(aurora: Aurora, known: Capacity, name: str, count: int) -> Instances:
    """Instances whose capacity follows the load."""
    cpu = Limit(
        f"vCPU of {name or 'the writer'}",
        "queries at once",
        f"of {aurora.max_acu:g} ACU{f' × {count}' if count > 1 else ''}",
        adjustable=True,
        source="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html",
        raised_by="max_acu",
    )
    moves = known.moves(count)
    return Instances(name, count, known.slots, known.speed, allowed(aurora), cpu, _allowed(name), moves)


def _allowed(name: str) -> Limit:
    return limit("aurora", "connections", "reader connections" if name else "", raised_by="max_connections")


def availability(settings: Settings, known: Facts) -> float | None:
    """AWS commits to more with instances in two zones."""
    in_two = known.quotas["multi_az_percent"].value / 100
    return in_two if cast("Aurora", settings).multi_az else known.availability


SERVICE = Service(
    id="aurora",
    title="Aurora cluster",
    family="store",
    badge="Aurora",
    icon="▦",
    settings=Aurora,
    lower=lower,
    bill=bill,
    summary="A relational database; serverless capacity or instances, readers, connections.",
    also_called=("database", "db", "sql", "postgres", "mysql", "relational", "acu", "serverless", "cluster"),
    availability=availability,
    counts={"clusters": lambda _: 1.0, "instances": lambda settings: 1.0 + cast("Aurora", settings).readers},
)
