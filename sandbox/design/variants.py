"""Variants of a design: what stands where their values go, and what the description says of them."""

import re
from collections.abc import Iterable, Mapping

from sandbox.design.model import Design
from sandbox.design.paths import Place, find
from sandbox.design.tables import account_table, differing, edge_table, node_table

_POINT = re.compile(r"^[*-] ", re.MULTILINE)
_SIGNS = re.compile(r"\*\*|`|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")


def values_at(design: Design, paths: Iterable[str]) -> dict[str, object]:
    r"""What stands at each path, as TOML has it; None where it is the default.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.ship]\nservice="lambda"\ntimeout_s=30\n', "shop")
    >>> values_at(shop, ["nodes.ship.timeout_s", "nodes.ship.reserved_concurrency"])
    {'nodes.ship.timeout_s': 30, 'nodes.ship.reserved_concurrency': None}
    """
    return {path: _value(design, path) for path in paths}


def told_of(description: str, variant: str) -> str:
    r"""What a description says of a variant: the point of its list that names it, without Markdown's signs.

    >>> told_of("Try:\n* **Variant “Busy”** (twice as much):\n  it *fails*.\n* Rest.\n", "Busy")
    'Variant “Busy” (twice as much): it fails.'
    """
    points = _POINT.split(description)[1:]
    told = next((point for point in points if f"“{variant}”" in " ".join(point.split())), "")
    return plain(told.partition("\n\n")[0])


def plain(text: str) -> str:
    r"""A paragraph of Markdown on one line, without its signs.

    >>> plain("Turn `load` to **×2**:\n  it *fails*.")
    'Turn load to ×2: it fails.'
    """
    return " ".join(_SIGNS.sub("", text).split())


def _value(design: Design, path: str) -> object:
    place = find(path, design.nodes, design.edges, design.accounts, design.faults)
    value: object = _table(design, place) if isinstance(place, Place) else None
    for key in place.keys if isinstance(place, Place) else ():
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _table(design: Design, place: Place) -> Mapping[str, object]:
    """The part that a path leads to, as it is in the file."""
    match place.section:
        case "nodes":
            return node_table(design.nodes[place.part])
        case "edges":
            return edge_table(design.edges[int(place.part)])
        case "effort":
            return differing(design.effort) if design.effort else {}
        case "faults":
            return differing(design.faults[int(place.part)])
        case "":
            return {"name": design.name, "description": design.description, "region": design.region}
    return account_table(design.accounts[place.part] if place.part else design.account)
