"""What may be joined to what in a drawing: every way there is, or the reason why there is none."""

from dataclasses import dataclass

from sandbox.catalog import usual
from sandbox.catalog.edges import Connection, connections, reason
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
    if source == target:
        return "it cannot lead to itself"
    if any(edge.target == target for edge in design.outflows(source)):
        return "they are joined already, in every way there is"
    role = connections(*ends)[0].role
    return f"{design.nodes[source].title} has its {role} edge already"


def followers(design: Design, key: str) -> tuple[Follower, ...]:
    """Services that may be put behind a node, each way of doing it once, the most usual first.

    What a node can have only once (a consumer of a queue, dead letters) and has already comes last.
    """
    service = design.node(key).service
    found = [Follower(way.target, _first(design, key, way)) for way in usual.ranked(service)]
    return tuple(sorted(found, key=lambda follower: _is_served(design, key, follower.way.connection)))


def leaders(design: Design, key: str) -> tuple[Follower, ...]:
    """Services that may be put before a node, to lead to it in the ordinary way; those that begin first."""
    target = design.node(key).service
    found = []
    for service in usual.beginnings():
        way = next((way for way in connections(service, target) if not way.role), None)
        if way is not None:
            found.append(Follower(service, Way(way, next(iter(usual.operations(way)), ""))))
    return tuple(found)


def _first(design: Design, source: str, connection: Connection) -> Way:
    """A way with what is most usually done at its target."""
    return Way(connection, next(iter(_operations(design, source, connection)), ""))


def _operations(design: Design, source: str, connection: Connection) -> tuple[str, ...]:
    fed = next((edge.kind for edge in design.inflows(source) if not edge.role), "")
    return usual.operations(connection, fed)


def _is_served(design: Design, source: str, way: Connection) -> bool:
    """Whether a node has what it usually has only once."""
    once = way.role or way.kind == "polled"
    return bool(once) and any(edge.connection == way for edge in design.outflows(source))


def _left(design: Design, source: str, target: str) -> list[Way]:
    """The ways that two nodes are not joined by yet."""
    found = []
    ends = design.nodes[source].service, design.nodes[target].service
    for connection in connections(*ends):
        if not _is_free(design, source, target, connection):
            continue
        operations = _operations(design, source, connection)
        found += [Way(connection, operation) for operation in operations or ("",)]
    return found


def _is_free(design: Design, source: str, target: str, way: Connection) -> bool:
    """Whether AWS takes a further edge of a kind: one mapping of each pair, one edge of each role.

    Calls, events and what is done at a store may be drawn as often as they are made.
    """
    if source == target and way.kind != "sync" and not way.mode:
        return False
    there = [edge for edge in design.outflows(source) if edge.role == way.role]
    if way.kind == "dead-letter":
        return not there
    if (way.kind == "sync" or way.mode) and not way.role:
        return True
    return all((edge.target, edge.connection) != (target, way) for edge in there)
