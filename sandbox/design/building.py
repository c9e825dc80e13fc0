"""A table as a part of a design, or every problem that keeps it from being one."""

import re
from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from sandbox.catalog.account_quotas import account_quotas, fixed_quotas
from sandbox.catalog.service import Settings, services
from sandbox.design.checking import check
from sandbox.design.fields import by_name
from sandbox.design.parts import (
    ID_PATTERN,
    LONGEST_ID,
    Account,
    AccountHead,
    Fault,
    Node,
    NodeHead,
)
from sandbox.design.wording import a, nearest, shown
from sandbox.errors import Problem
from sandbox.units import number

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
    head_table, settings_table = apart(table, NodeHead)
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
    return Node(key, service, settings, head.label, head.account, head.position, head.team), []


def build_account(path: str, table: object) -> tuple[Account, Problems]:
    """Build an account from its switches and raised quotas; without what is wrong of them."""
    if not isinstance(table, Mapping):
        return Account(), [Problem(f"{path} must be a table", path)]
    head_table, quotas_table = apart(table, AccountHead)
    head, problems = check(AccountHead, head_table, path, "an account")
    quotas = {}
    for key, value in quotas_table.items():
        where = f"{path}.{key}"
        fact = account_quotas().get(key)
        if fact is None:
            problems.append(Problem(_no_quota(where, key), where))
        elif isinstance(value, bool) or not isinstance(value, int | float):
            problems.append(Problem(f"{where} = {shown(value)} must be a number in {fact.unit}", where))
        elif not _countable(value):
            problems.append(Problem(f"{where} = {shown(value)} must be above 0 {fact.unit}", where))
        else:
            quotas[key] = float(value)
    head = head or AccountHead()
    account = Account(head.free_tier, head.free_tier_12_month, head.preset)
    said = {key: value for key, value in quotas.items() if value != account.default(key)}
    return replace(account, quotas=said), problems


def _no_quota(where: str, key: str) -> str:
    """Why an account cannot say something: AWS does not raise it, or nobody knows it."""
    fixed = fixed_quotas().get(key)
    if fixed is not None:
        return (
            f"{where} cannot be set: AWS does not raise it; {fixed.name} is "
            f"{number(fixed.value)} {fixed.unit}, {fixed.scope} ({fixed.source})"
        )
    hint = nearest(key, [*account_quotas(), *head_names(AccountHead)])
    return f"{where} is not a quota of an account.{hint}"


def build_fault(place: int, table: object, nodes: Mapping[str, object]) -> tuple[Fault | None, Problems]:
    """Build a fault of one of the nodes, or say everything that keeps it from being one."""
    path = f"faults.{place}"
    if not isinstance(table, Mapping):
        return None, [Problem(f"{path} must be a table", path)]
    fault, problems = check(Fault, table, path, "a fault")
    if fault and fault.node not in nodes:
        where = f"{path}.node"
        hint = nearest(fault.node, nodes)
        return None, [Problem(f"{where} = '{fault.node}': there is no node of that id.{hint}", where)]
    return fault, problems


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


def apart(table: Mapping[str, object], head: type[Settings]) -> tuple[dict[str, object], dict[str, object]]:
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


def _countable(value: float) -> bool:
    """Whether a quota's value is finite and above 0."""
    return 0 < value < 1e15 and isfinite(value)
