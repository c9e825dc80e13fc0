"""What may be joined to what in a drawing: every way there is, or the reason why there is none."""

from dataclasses import dataclass

from sandbox.catalog import usual
from sandbox.catalog.connection import Connection
from sandbox.catalog.connections import connections, reason
from sandbox.catalog.refusals import refused
from sandbox.catalog.service import services
from sandbox.design.model import Design


@dataclass(frozen=True)
class Way:
    """One way of joining two nodes."""

    connection: Connection
    operation: str = ""
    """What is done at the target; nothing where there is only one thing to do."""

    @property
    def role(self) -> str:
        """`dead-letter`, `on-failure`, `authorizer`; nothing for the ordinary flow."""
        return self.connection.role

    @property
    def title(self) -> str:
        """What happens, in a few words to choose by."""
        return self.operation.replace("-", " ") or self.connection.title

    @property
    def settings(self) -> dict[str, object]:
        """What the edge must say to go this way, as TOML has it."""
        said = {"mode": self.connection.mode, "operation": self.operation}
        return {key: value for key, value in said.items() if value}


@dataclass(frozen=True)
class Follower:
    """A service that may be put behind a node, or before it, or into an edge."""

    service: str
    way: Way
    """How it would be joined."""

    @property
    def title(self) -> str:
        """The service's name, with its part where it has a special one."""
        told = services()[self.service].title
        return f"{told} ({self.way.title})" if self.way.role or self.way.connection.mode else told


def ways(design: Design, source: str, target: str) -> tuple[Way, ...]:
    """Every way of joining two nodes by another edge, the most usual first.

    There is none where `hindrance` says why.

    Args:
        design: The drawing.
        source: Id of the node that the edge would leave.
        target: Id of the node that it would reach.

    Raises:
        UnknownNameError: One of the nodes is not there.
    """
    return () if hindrance(design, source, target) else tuple(_left(design, source, target))


def hindrance(design: Design, source: str, target: str) -> str | None:
    """Why two nodes cannot be joined by another edge, in one clause; None where they can.

    Raises:
        UnknownNameError: One of the nodes is not there.
    """
    ends = design.node(source).service, design.node(target).service
    if not connections(*ends):
        return reason(*ends)
    if _left(design, source, target):
        return None
    return next(filter(None, (_stopped(design, source, target, way) for way in connections(*ends))))


def followers(design: Design, key: str) -> tuple[Follower, ...]:
    """Services that may be put behind a node, each way of doing it once, the most usual first.

    A second consumer of a queue comes last, since its messages would be shared between the two.
    """
    node = design.node(key)
    there = [edge.connection for edge in design.outflows(key)]
    roles = {way.role for way in there if way.kind == "dead-letter"}
    found = [
        Follower(way.target, _first(design, key, way))
        for way in usual.ranked(node.service)
        if way.role not in roles and not refused(way, node.settings, None)
    ]
    polled = {way for way in there if way.kind == "polled"}
    return tuple(sorted(found, key=lambda follower: follower.way.connection in polled))


def leaders(design: Design, key: str) -> tuple[Follower, ...]:
    """Services that may be put before a node, to lead to it in the ordinary way; those that begin first."""
    target = design.node(key)
    found = []
    for service in usual.beginnings():
        new = services()[service].settings()
        for way in connections(service, target.service)[:1]:
            if not way.role and not refused(way, new, target.settings):
                found.append(Follower(service, Way(way, next(iter(usual.operations(way)), ""))))
    return tuple(found)


def _first(design: Design, source: str, connection: Connection) -> Way:
    """A way with what is most usually done at its target."""
    return Way(connection, next(iter(_operations(design, source, connection)), ""))


def _operations(design: Design, source: str, connection: Connection) -> tuple[str, ...]:
    fed = next((edge.kind for edge in design.inflows(source) if not edge.role), "")
    return usual.operations(connection, fed)


def _left(design: Design, source: str, target: str) -> list[Way]:
    """The ways that two nodes are not joined by yet."""
    found = []
    ends = design.nodes[source].service, design.nodes[target].service
    for connection in sorted(connections(*ends), key=lambda way: bool(way.role)):
        if not _stopped(design, source, target, connection):
            operations = _operations(design, source, connection)
            found += [Way(connection, operation) for operation in operations or ("",)]
    return found


def _stopped(design: Design, source: str, target: str, way: Connection) -> str | None:
    """Why AWS takes no further edge of a kind: one mapping of each pair, one edge for what has failed.

    Calls, events and what is done at a store may be drawn as often as they are made.
    """
    if source == target and way.kind != "sync" and not way.mode:
        return "it cannot lead to itself"
    there = [edge for edge in design.outflows(source) if edge.role == way.role]
    if way.kind == "dead-letter" and there:
        return f"{design.nodes[source].title} has its {way.title} already"
    repeats = (way.kind == "sync" or way.mode) and not way.role
    if not repeats and any((edge.target, edge.connection) == (target, way) for edge in there):
        return "they are joined so already"
    return refused(way, design.nodes[source].settings, design.nodes[target].settings)
