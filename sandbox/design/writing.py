"""A design as TOML that reads as if a person had written it.

Only what differs from the defaults, in a stable order; reading it and writing it again
gives the same bytes.
"""

from collections.abc import Mapping

import tomli_w

from sandbox.design.model import Design
from sandbox.design.tables import account_table, differing, edge_table, node_table, plain

WIDEST = 100
"""Columns of a line before a list is broken."""


def dumps(design: Design) -> str:
    """Write a design.

    Returns:
        TOML that `loads` reads back as the same design.
    """
    blocks = [_head(design)]
    blocks += _table("account", account_table(design.account))
    for name, account in design.accounts.items():
        blocks += [block_text(f"[accounts.{key_text(name)}]", account_table(account))]
    if design.effort:
        blocks += [block_text("[effort]", differing(design.effort))]
    blocks += _drawing(design)
    for name, values in design.variants.items():
        blocks += [block_text(f"[variants.{key_text(name)}]", values)]
    blocks += [block_text("[[faults]]", differing(fault)) for fault in design.faults]
    blocks += [block_text("[[goals]]", differing(goal)) for goal in design.goals]
    if design.preset:
        blocks += [block_text("[preset]", differing(design.preset))]
    if design.exercise:
        blocks += [block_text("[exercise]", differing(design.exercise))]
    return "\n".join(blocks)


def dumps_drawing(design: Design) -> str:
    """Write only nodes and edges: a fragment that can be pasted into another design."""
    return "\n".join(_drawing(design))


def _drawing(design: Design) -> list[str]:
    nodes = [block_text(f"[nodes.{key_text(key)}]", node_table(node)) for key, node in design.nodes.items()]
    return [*nodes, *(block_text("[[edges]]", edge_table(edge)) for edge in design.edges)]


def _head(design: Design) -> str:
    head: dict[str, object] = {"schema": design.schema, "name": design.name}
    if design.description:
        head["description"] = design.description
    return _lines(head | {"region": design.region})


def _table(name: str, table: Mapping[str, object]) -> list[str]:
    """A table, unless there is nothing to say in it."""
    return [block_text(f"[{name}]", table)] if table else []


def block_text(header: str, table: Mapping[str, object]) -> str:
    """A header and the lines below it."""
    return f"{header}\n{_lines(table)}"


def _lines(table: Mapping[str, object]) -> str:
    return "".join(f"{key_text(key)} = {value_text(plain(value))}\n" for key, value in table.items())


def key_text(key: str) -> str:
    """A key, in quotes where it needs them.

    >>> key_text("place-order"), key_text("Black Friday")
    ('place-order', '"Black Friday"')
    """
    return tomli_w.dumps({key: 0}).rpartition(" = ")[0]


def value_text(value: object) -> str:
    """A value on one line; texts of several lines and long lists on several."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key_text(key)} = {value_text(item)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        short = f"[{', '.join(map(value_text, value))}]"
        if len(short) <= WIDEST:
            return short
        return "[\n" + "".join(f"    {value_text(item)},\n" for item in value) + "]"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1_000_000:
        return f"{value:_}"
    many_lines = isinstance(value, str) and "\r" not in value
    return tomli_w.dumps({"k": value}, multiline_strings=many_lines).removeprefix("k = ").removesuffix("\n")
