"""One node at a time: add, rename, take away."""

from collections.abc import Mapping
from dataclasses import replace

from sandbox.catalog.usual import BEGINNINGS, short_name
from sandbox.design.building import build_node, check_name
from sandbox.design.edits.following import followed, picked, same
from sandbox.design.model import Design
from sandbox.design.parts import LONGEST_ID
from sandbox.errors import DesignError, Problem


def free_id(design: Design, wanted: str) -> str:
    """An id that no node has yet: the wanted one, or with the next free number.

    >>> free_id(Design(), "queue")
    'queue'
    """
    number, key = 2, wanted
    while key in design.nodes:
        ending = f"-{number}"
        key, number = f"{wanted[: LONGEST_ID - len(ending)]}{ending}", number + 1
    return key


def new_node_id(design: Design, service: str, role: str = "") -> str:
    """A free id for a node of a service, or of what it is there for.

    >>> new_node_id(Design(), "lambda"), new_node_id(Design(), "sqs", "dead-letter")
    ('lambda', 'dead-letters')
    """
    return free_id(design, short_name(service, role))


def add_node(
    design: Design, key: str, service: str, settings: Mapping[str, object] | None = None, label: str = ""
) -> Design:
    """Add a node behind the others.

    Args:
        design: Where to.
        key: Its id, which must be free.
        service: Id of its service.
        settings: What differs from the service's defaults, as TOML has it.
        label: Its name for people, where it differs from the id.

    Raises:
        DesignError: The id is taken, the service is not in the catalogue, or a setting is wrong.
    """
    if key in design.nodes:
        raise DesignError([Problem(f"there is a node '{key}' already", f"nodes.{key}")])
    table = {"service": service, **({"label": label} if label else {}), **(settings or {})}
    node, problems = build_node(key, table, design.accounts)
    if node is None:
        raise DesignError(problems)
    return design.with_node(node)


def new_node(design: Design, service: str, beside: str | None = None, role: str = "") -> tuple[Design, str]:
    """Add a node as it begins: with a short name, and in the account of the node that it is joined to.

    Raises:
        DesignError: The service is not in the catalogue.
    """
    key = new_node_id(design, service, role)
    account = design.node(beside).account if beside is not None else ""
    said = {**BEGINNINGS.get(service, {}), **({"account": account} if account else {})}
    return add_node(design, key, service, said), key


def rename_node(design: Design, old: str, new: str) -> Design:
    """Give a node another id; edges, variants and goals follow.

    Raises:
        UnknownNameError: There is no such node.
        DesignError: The new id is taken, or no id at all.
    """
    node = design.node(old)
    if new == old:
        return design
    problems = check_name(new, f"nodes.{new}")
    if new in design.nodes:
        problems.append(Problem(f"there is a node '{new}' already", f"nodes.{new}"))
    if problems:
        raise DesignError(problems)
    nodes = {new if key == old else key: other for key, other in design.nodes.items()}
    nodes[new] = replace(node, id=new)
    edges = tuple(
        replace(
            edge,
            source=new if edge.source == old else edge.source,
            target=new if edge.target == old else edge.target,
        )
        for edge in design.edges
    )
    return followed(design, replace(design, nodes=nodes, edges=edges), {old: new}, same(design))


def remove_node(design: Design, key: str) -> Design:
    """Take a node away, and its edges with it.

    Raises:
        UnknownNameError: There is no such node.
    """
    design.node(key)
    edges, places = picked(design, lambda _, edge: key not in (edge.source, edge.target))
    nodes = {other: node for other, node in design.nodes.items() if other != key}
    return followed(design, replace(design, nodes=nodes, edges=edges), {key: None}, places)
