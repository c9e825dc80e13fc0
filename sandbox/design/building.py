"""A table as a part of a design, or every problem that keeps it from being one."""

import re
from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from sandbox.catalog.edges import Connection, connections, refusal
from sandbox.catalog.service import EdgeSettings, Settings, services
from sandbox.design.checking import check
from sandbox.design.fields import by_name
from sandbox.design.parts import (
    ID_PATTERN,
    LONGEST_ID,
    Account,
    AccountHead,
    Edge,
    EdgeHead,
    Node,
    NodeHead,
    account_quotas,
    default_quota,
)
from sandbox.design.wording import a, nearest, shown
from sandbox.errors import Problem

Problems = list[Problem]


def build_node(key: str, table: object, accounts: Mapping[str, object]) -> tuple[Node | None, Problems]:
    """Build a node of a catalogue's service.

    Args:
        key: Its id.
        table: What stands under `[nodes.ID]`.
        accounts: The design's further accounts, by name.

    Returns:
        The node and no problems, or nothing and every problem.
    """
    path = f"nodes.{key}"
    if not isinstance(table, Mapping):
        return None, [Problem(f"{path} must be a table", path)]
    problems = check_name(key, path)
    service = table.get("service")
    if not isinstance(service, str) or service not in services():
        return None, [*problems, _unknown_service(path, table)]
    head_table, settings_table = _apart(table, NodeHead)
    head, wrong_head = check(NodeHead, head_table, path, "a node")
    title = services()[service].title
    settings, wrong = check(
        services()[service].settings, settings_table, path, a(title), head_names(NodeHead)
    )
    problems += [*wrong_head, *wrong]
    if head and head.account and head.account not in accounts:
        where = f"{path}.account"
        hint = nearest(head.account, accounts)
        problems.append(Problem(f"{where} = '{head.account}' is not one of [accounts].{hint}", where))
    if problems or head is None or settings is None:
        return None, problems
    return Node(key, service, settings, head.label, head.account, head.position), []


def build_edge(
    path: str, table: object, nodes: Mapping[str, object], known: Mapping[str, Node]
) -> tuple[Edge | None, Problems]:
    """Build an edge between two nodes that are there.

    Args:
        path: The edge's own path, as in `edges.2`.
        table: What stands under `[[edges]]`.
        nodes: Every node that the file names, whether it could be built or not.
        known: The nodes that could be built.

    Returns:
        The edge and no problems, or nothing and every problem (none where one of its nodes is wrong).
    """
    if not isinstance(table, Mapping):
        return None, [Problem(f"{path} must be a table", path)]
    head_table, settings_table = _apart(table, EdgeHead)
    head, problems = check(EdgeHead, head_table, path, "an edge")
    if head is None:
        return None, problems
    for key, end in (("from", head.source), ("to", head.target)):
        if end not in nodes:
            where = f"{path}.{key}"
            problems.append(Problem(f"{where} = '{end}' is not a node.{nearest(end, nodes)}", where))
    if problems or head.source not in known or head.target not in known:
        return None, problems
    edge, problems = _edge_of(path, head, settings_table, known)
    named = f"edges.{head.source}>{head.target}"
    return edge, [replace(problem, message=problem.message.replace(path, named, 1)) for problem in problems]


def _edge_of(
    path: str, head: EdgeHead, settings_table: Mapping[str, object], known: Mapping[str, Node]
) -> tuple[Edge | None, Problems]:
    """Resolve an edge's connection, and build its settings."""
    ends = known[head.source].service, known[head.target].service
    connection, refused = _way(path, head, ends, settings_table.get("mode"))
    if connection is None:
        return None, refused
    subject = f"an edge from {ends[0]} to {ends[1]}" + (f" as {connection.role}" if connection.role else "")
    names = head_names(EdgeHead)
    settings, problems = check(connection.settings, settings_table, path, subject, names)
    if settings is None:
        return None, problems
    done, problems = _operation(path, settings, known[head.target])
    return (None, problems) if problems else (Edge(head.source, head.target, connection, done), [])


def build_account(path: str, table: object) -> tuple[Account, Problems]:
    """Build an account from its switches and raised quotas; without what is wrong of them."""
    if not isinstance(table, Mapping):
        return Account(), [Problem(f"{path} must be a table", path)]
    head_table, quotas_table = _apart(table, AccountHead)
    head, problems = check(AccountHead, head_table, path, "an account")
    quotas = {}
    for key, value in quotas_table.items():
        where = f"{path}.{key}"
        fact = account_quotas().get(key)
        if fact is None:
            hint = nearest(key, [*account_quotas(), *head_names(AccountHead)])
            problems.append(Problem(f"{where} is not a quota of an account.{hint}", where))
        elif isinstance(value, bool) or not isinstance(value, int | float):
            problems.append(Problem(f"{where} = {shown(value)} must be a number in {fact.unit}", where))
        elif not _countable(value):
            problems.append(Problem(f"{where} = {shown(value)} must be above 0 {fact.unit}", where))
        elif value != default_quota(key):
            quotas[key] = float(value)
    head = head or AccountHead()
    return Account(head.free_tier, head.free_tier_12_month, head.preset, quotas), problems


def check_name(key: str, path: str) -> Problems:
    """What is wrong with a node's id or an account's name."""
    if len(key) > LONGEST_ID:
        return [Problem(f"{path[:60]}… is longer than {LONGEST_ID} letters", path)]
    if re.match(ID_PATTERN, key):
        return []
    allowed = "letters, digits, '_', '-' and spaces between them"
    return [Problem(f"{path}: an id is made of {allowed}", path)]


def head_names(head: type[Settings]) -> tuple[str, ...]:
    """Keys that stand in a part's table beside its settings."""
    return tuple(by_name(head))


def _apart(table: Mapping[str, object], head: type[Settings]) -> tuple[dict[str, object], dict[str, object]]:
    """Split a table into the head's keys and the rest."""
    names = set(head_names(head))
    return (
        {key: value for key, value in table.items() if key in names},
        {key: value for key, value in table.items() if key not in names},
    )


def _unknown_service(path: str, table: Mapping[str, object]) -> Problem:
    where = f"{path}.service"
    if "service" not in table:
        return Problem(f'{where} is missing: say which one, as in service = "lambda"', path)
    service = table["service"]
    if not isinstance(service, str):
        return Problem(f"{where} = {shown(service)} must be text in quotes", where)
    hint = nearest(service, services()) or f" There are {', '.join(services())}."
    return Problem(f"{where} = '{service}' is not in the catalogue.{hint}", where)


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


def _operation(path: str, settings: EdgeSettings, target: Node) -> tuple[EdgeSettings, Problems]:
    """Fill in what is done at the target; the first of its operations where left out."""
    if "operation" not in type(settings).model_fields:
        return settings, []
    operations = target.settings.operations
    wanted = getattr(settings, "operation", None)
    if wanted is None:
        return (_with_operation(settings, operations[0]) if operations else settings), []
    if wanted in operations:
        return settings, []
    where = f"{path}.operation"
    title = a(target.kind.title)
    if not operations:
        return settings, [Problem(f"{where}: {title} has no operations to choose from", where)]
    listed = ", ".join(operations)
    hint = nearest(wanted, operations)
    return settings, [Problem(f"{where} = '{wanted}' is not done at {title}: {listed}.{hint}", where)]


def _with_operation(settings: EdgeSettings, operation: str) -> EdgeSettings:
    return settings.model_copy(update={"operation": operation})


def _countable(value: float) -> bool:
    """Whether a quota's value is finite and above 0."""
    return 0 < value < 1e15 and isfinite(value)
