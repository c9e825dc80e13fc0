"""A part of a design as the table it is in the file: only what differs from the defaults."""

from collections.abc import Mapping
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sandbox.catalog.connections import operations_of
from sandbox.design.parts import Account, AccountHead, Edge, Node

Table = dict[str, object]


def node_table(node: Node) -> Table:
    """A node's head and settings, in the order they are written."""
    table: Table = {"service": node.service}
    if node.label:
        table["label"] = node.label
    if node.account:
        table["account"] = node.account
    if node.team:
        table["team"] = node.team
    if node.position is not None:
        table["position"] = list(node.position)
    return table | differing(node.settings)


def edge_table(edge: Edge) -> Table:
    """An edge's ends, role and settings, in the order they are written."""
    table: Table = {"from": edge.source, "to": edge.target}
    if edge.role:
        table["role"] = edge.role
    settings = differing(edge.settings)
    operations = operations_of(edge.connection)
    if operations and settings.get("operation") == operations[0]:
        del settings["operation"]
    return table | settings


def account_table(account: Account) -> Table:
    """An account's switches and raised quotas."""
    head = AccountHead(
        free_tier=account.free_tier,
        free_tier_12_month=account.free_tier_12_month,
        preset=account.preset,
    )
    return differing(head) | {key: plain(value) for key, value in account.quotas.items()}


def differing(model: BaseModel) -> Table:
    """Settings that differ from their defaults, as TOML has them.

    A field that says which form a table has (one literal, as in `shape = "spike"`) is kept,
    though it equals its default: without it the table could not be read again.
    """
    table: Table = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is None or (value == field.default and not _names_form(field)):
            continue
        if field.default_factory is not None and value == field.get_default(call_default_factory=True):
            continue
        table[field.alias or name] = plain(value)
    return table | {key: plain(value) for key, value in (model.model_extra or {}).items()}


def plain(value: object) -> object:
    """A value as TOML has it: whole numbers without a point, tuples as lists, models as tables.

    >>> plain(200.0), plain(0.5), plain((1.0, 2.5)), plain(True)
    (200, 0.5, [1, 2.5], True)
    """
    if isinstance(value, BaseModel):
        return differing(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _names_form(field: FieldInfo) -> bool:
    """Whether the field can only have one value: it tells a table's form."""
    return len(get_args(field.annotation)) == 1 and isinstance(get_args(field.annotation)[0], str)
