"""Parts of a drawing as text, and text as parts of a drawing: between files, through the clipboard."""

from collections.abc import Collection, Mapping

from sandbox.design.edits.selection import inner, with_copies
from sandbox.design.model import Design
from sandbox.design.reading import Table, located, parsed, read_table
from sandbox.design.writing import dumps_drawing
from sandbox.errors import DesignError, Problem

_FROM = "what was pasted"


def copied(design: Design, keys: Collection[str]) -> str:
    """Nodes and the edges between them as TOML that `pasted` takes.

    Raises:
        UnknownNameError: One of the nodes is not there.
    """
    wanted = {design.node(key).id for key in keys}
    nodes = {key: node for key, node in design.nodes.items() if key in wanted}
    return dumps_drawing(Design(nodes=nodes, edges=inner(design, wanted)))


def pasted(design: Design, text: str) -> tuple[Design, tuple[str, ...]]:
    """Add the nodes of a text, and the edges between them.

    What else a design's text says (accounts, variants, goals) is passed over; a node of an account
    that the design does not have comes to the design's own.

    Args:
        design: Where to.
        text: TOML as `copied` gives it, or a whole design.

    Returns:
        The design with them, and their ids, in the text's order.

    Raises:
        DesignError: The text is not TOML, has no nodes, or something in it is wrong: what, and where.
    """
    text = text.removeprefix("\ufeff")
    table = parsed(text, _FROM)
    nodes = table.get("nodes")
    if not isinstance(nodes, Mapping) or not nodes:
        raise DesignError([Problem("there is no node in it; a node begins with [nodes.NAME]")], _FROM)
    drawing = {"nodes": {key: _at_home(node, design) for key, node in nodes.items()}}
    accounts: Table = {name: {} for name in design.accounts}
    parts, problems = read_table({**drawing, "accounts": accounts, "edges": table.get("edges", [])})
    if problems:
        raise DesignError(located(problems, text), _FROM)
    return with_copies(design, tuple(parts.nodes.values()), parts.edges)


def _at_home(node: object, design: Design) -> object:
    """A node's table, without an account that the design does not have."""
    if not isinstance(node, Mapping):
        return node
    table: Table = node
    known = table.get("account") in design.accounts
    return {key: value for key, value in table.items() if key != "account" or known}
