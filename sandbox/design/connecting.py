"""A table as an edge: which connection it means, and every problem that keeps it from being one."""

from collections.abc import Mapping
from dataclasses import replace

from sandbox.catalog.connection import Connection
from sandbox.catalog.connections import connections, operations_of, refusal
from sandbox.catalog.service import EdgeSettings, services
from sandbox.design.building import Problems, apart, head_names
from sandbox.design.checking import check
from sandbox.design.parts import Edge, EdgeHead, Node
from sandbox.design.wording import a, nearest, shown
from sandbox.errors import Problem


def build_edge(path: str, table: object, nodes: Mapping[str, object]) -> tuple[Edge | None, Problems]:
    """Build an edge between two nodes that are there.

    Args:
        path: The edge's own path, as in `edges.2`.
        table: What stands under `[[edges]]`.
        nodes: Every node by its id: built, or as its table where something in it is wrong.

    Returns:
        The edge and no problems, or nothing and every problem; nothing of both where the service of
        one of its nodes is unknown, which is the node's own problem.
    """
    if not isinstance(table, Mapping):
        return None, [Problem(f"{path} must be a table", path)]
    head_table, settings_table = apart(table, EdgeHead)
    head, problems = check(EdgeHead, head_table, path, "an edge")
    if head is None:
        return None, problems
    for key, end in (("from", head.source), ("to", head.target)):
        if end not in nodes:
            where = f"{path}.{key}"
            problems.append(Problem(f"{where} = '{end}' is not a node.{nearest(end, nodes)}", where))
    if problems:
        return None, problems
    source, target = _service(nodes[head.source]), _service(nodes[head.target])
    if source is None or target is None:
        return None, []
    edge, problems = _edge_of(path, head, settings_table, (source, target))
    named = f"edges.{head.source}>{head.target}"
    return edge, [replace(problem, message=problem.message.replace(path, named, 1)) for problem in problems]


def _edge_of(
    path: str, head: EdgeHead, settings_table: Mapping[str, object], ends: tuple[str, str]
) -> tuple[Edge | None, Problems]:
    """Resolve an edge's connection, and build its settings."""
    connection, refused = _way(path, head, ends, settings_table.get("mode"))
    if connection is None:
        return None, refused
    subject = f"an edge from {ends[0]} to {ends[1]}" + (f" as {connection.role}" if connection.role else "")
    names = head_names(EdgeHead)
    settings, problems = check(connection.settings, settings_table, path, subject, names)
    if settings is None:
        return None, problems
    done, problems = _operation(path, settings, connection)
    return (None, problems) if problems else (Edge(head.source, head.target, connection, done), [])


def _service(node: object) -> str | None:
    """The service of a node or of a node's table; None where the catalogue has none such."""
    if isinstance(node, Node):
        return node.service
    service = node.get("service") if isinstance(node, Mapping) else None
    return service if isinstance(service, str) and service in services() else None


def _way(
    path: str, head: EdgeHead, ends: tuple[str, str], mode: object
) -> tuple[Connection | None, list[Problem]]:
    """The connection that two services, a role and a mode mean."""
    ways = connections(*ends)
    if not ways:
        return None, [Problem(f"{path}: {refusal(*ends)}", path)]
    ordinary = any(way.kind == "stream" and not way.role for way in ways)
    role = "" if head.role == "stream" and ordinary else head.role
    alike = [way for way in ways if way.role == role]
    if not alike:
        return None, [_unknown_role(path, role, ends, ways)]
    chosen = [way for way in alike if way.mode == (mode or "")]
    chosen = chosen or [way for way in alike if mode == way.kind or mode is None]
    modes = [way.mode for way in alike if way.mode]
    if not chosen and modes:
        where = f"{path}.mode"
        hint = nearest(str(mode), modes)
        return None, [Problem(f"{where} = {shown(mode)} is no mode; there is '{modes[0]}'.{hint}", where)]
    return (chosen or alike)[0], []


def _unknown_role(path: str, role: str, ends: tuple[str, str], ways: tuple[Connection, ...]) -> Problem:
    roles = [way.role for way in ways if way.role]
    where = f"{path}.role"
    start = f"from {ends[0]} to {ends[1]}"
    if not role:
        legal = " or ".join(f'role = "{name}"' for name in roles)
        return Problem(f"{path}: {refusal(*ends)}; {start} only with {legal}", path)
    legal = ", ".join(repr(name) for name in roles) or "none is needed"
    return Problem(f"{where} = '{role}' is no role {start} ({legal}).{nearest(role, roles)}", where)


def _operation(path: str, settings: EdgeSettings, way: Connection) -> tuple[EdgeSettings, Problems]:
    """Fill in what is done at the target; the first of its operations where left out."""
    if "operation" not in type(settings).model_fields:
        return settings, []
    operations = operations_of(way)
    wanted = getattr(settings, "operation", None)
    if wanted is None:
        return (_with_operation(settings, operations[0]) if operations else settings), []
    if wanted in operations:
        return settings, []
    where = f"{path}.operation"
    title = a(services()[way.target].title)
    if not operations:
        return settings, [Problem(f"{where}: {title} has no operations to choose from", where)]
    listed = ", ".join(operations)
    hint = nearest(wanted, operations)
    return settings, [Problem(f"{where} = '{wanted}' is not done at {title}: {listed}.{hint}", where)]


def _with_operation(settings: EdgeSettings, operation: str) -> EdgeSettings:
    return settings.model_copy(update={"operation": operation})
