"""A database as stations: queries wait for vCPUs, and their callers keep connections.

Every edge has a station of its own, because each caller keeps its connections in its own way: a live
environment of a function holds one, busy or not; a task holds a pool; a proxy and the Data API hold what
they lend. What finds no connection fails. What has one waits for a vCPU: no more can wait than connect.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sandbox.catalog.databases.edges import asks_data_api
from sandbox.catalog.databases.settings import Database
from sandbox.catalog.service import Limit, Link, Parts, Settings, Site
from sandbox.engine.network import Demand, Environments, Growing, Quota, Slots, Station

POOLED = "rds-proxy"
LINE = 2.0
"""Queries that may stand in line, as a multiple of the connections."""


@dataclass(frozen=True)
class Instances:
    """Instances that share the same queries: the writer, or the readers together."""

    name: str
    """Nothing for the writer."""
    count: int
    slots: float
    """Queries that one runs at once, one for each vCPU; at least one."""
    speed: float
    """vCPUs that a query gets; below 1 on an instance with less than one."""
    connections: float
    """Connections that one allows."""
    cpu: Limit
    allowed: Limit
    moves: Growing | None = None


@dataclass(frozen=True)
class Shared:
    """What all the instances of a database have in common."""

    quotas: Sequence[tuple[Quota, Demand, Limit]] = ()
    """Further quotas that every query takes of."""
    pause: Environments | None = None
    """What a query starts that meets a paused database."""
    units: Mapping[str, float] = field(default_factory=dict)


def lower(site: Site, settings: Database, groups: Sequence[Instances], shared: Shared) -> Parts:
    """One station for each edge, and slots and connections for each group of instances."""
    stations = tuple(_stations(site, settings, groups, shared))
    pools = {group.name: _pool(site, settings, group) for group in groups}
    connections = [
        Quota(connections_id(site.id, g.name), g.connections * g.count, measure="environments")
        for g in groups
    ]
    limits = {pools[group.name].id: group.cpu for group in groups}
    limits |= {quota.id: group.allowed for quota, group in zip(connections, groups, strict=True)}
    limits |= {quota.id: seen for quota, _, seen in shared.quotas}
    return Parts(
        stations=stations,
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        quotas=(*connections, *(quota for quota, _, _ in shared.quotas)),
        slots=tuple(pools.values()),
        environments=(shared.pause,) if shared.pause else (),
        limits=limits,
        units=shared.units,
    )


def cpu_id(node: str, name: str = "") -> str:
    """Id of the vCPUs of a group of instances.

    >>> cpu_id("db"), cpu_id("db", "readers")
    ('db.vCPU', 'db.readers vCPU')
    """
    return f"{node}.{name} vCPU" if name else f"{node}.vCPU"


def connections_id(node: str, name: str = "") -> str:
    """Id of the connections of a group of instances."""
    return f"{node}.{name} connections" if name else f"{node}.connections"


def cpu_limit(instance_class: str, of: str = "") -> Limit:
    """How the vCPUs of some instances are shown."""
    return Limit(
        f"vCPU of {of or 'the instance'}",
        "queries at once",
        f"per {instance_class}",
        adjustable=False,
        source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html",
        raised_by="readers" if of else "instance_class",
    )


def operation(settings: Database, link: Link) -> str:
    """What is done over an edge; a proxy leads to the writer unless it says that it reads."""
    said = link.operation or ("write" if link.peer_service == POOLED else settings.operations[0])
    return settings.synonyms.get(said, said)


def group_of(settings: Database, groups: Sequence[Instances], link: Link) -> Instances:
    """The instances that an edge's queries go to; the Data API always asks the writer."""
    is_read = operation(settings, link) == "read" and not asks_data_api(link.settings)
    return groups[-1] if is_read else groups[0]


def _stations(
    site: Site, settings: Database, groups: Sequence[Instances], shared: Shared
) -> Iterator[Station]:
    """The station of each edge, or one that nothing leads to."""
    links: dict[str, Link | None] = {f"{site.id}#{link.index}": link for link in site.inflows}
    links = links or {site.id: None}
    for name, link in links.items():
        group = group_of(settings, groups, link) if link else groups[0]
        demands = [demand for _, demand, _ in shared.quotas]
        if link:
            demands.append(_kept(connections_id(site.id, group.name), link))
        yield Station(
            name,
            fixed=settings.query_ms / 1000 / group.speed,
            cv=settings.latency_cv,
            demands=tuple(demands),
            slots=(cpu_id(site.id, group.name),),
            environments=shared.pause.id if shared.pause else None,
        )


def _kept(quota: str, link: Link) -> Demand:
    """The connections that the caller at the other end of an edge keeps."""
    if link.peer_service == POOLED or asks_data_api(link.settings):
        return Demand(quota, measure="slots")
    each = getattr(link.settings, "connections", None)
    if at_once := _at_once(link.peer_settings):
        return Demand(quota, 1.0 if each is None else each / at_once, measure="capacity")
    return Demand(quota, 1.0 if each is None else each)


def _at_once(caller: Settings | None) -> float | None:
    """Requests that each task or server of a caller works on at once; nothing where it has no such."""
    rate = getattr(caller, "requests_per_server_per_s", None)
    if rate is not None:
        return max(float(rate * getattr(caller, "duration_ms", 0.0) / 1000), 1.0)
    return getattr(caller, "concurrency_per_task", None)


def _pool(site: Site, settings: Database, group: Instances) -> Slots:
    """The vCPUs of some instances.

    Their line is longer than connections allow, so that it is always these that refuse, or a pool before it.
    """
    slots = group.slots * group.count
    return Slots(
        cpu_id(site.id, group.name),
        slots,
        places=LINE * group.connections * group.count,
        service_cv=settings.latency_cv,
        moves=group.moves,
    )
