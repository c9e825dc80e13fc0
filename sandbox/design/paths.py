"""Paths of values: which part of a design they lead to, and how a value is laid over a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandbox.design.parts import Edge
from sandbox.design.wording import nearest
from sandbox.errors import Problem

WHOLE = ("name", "description", "region")
SECTIONS = ("nodes", "edges", "account", "accounts", "effort", "faults")


@dataclass(frozen=True)
class Place:
    """Where a path leads."""

    section: str
    """`nodes`, `edges`, `account`, `accounts`, `effort`, `faults`, or nothing for the design's own values."""
    part: str
    """Id of the node, place of the edge or of the fault, or name of the account."""
    keys: tuple[str, ...]
    """Keys within the part's table."""


def find(
    path: str,
    nodes: Mapping[str, object],
    edges: Sequence[Edge],
    accounts: Mapping[str, object],
    faults: Sequence[object] = (),
) -> Place | Problem:
    """Resolve a path, or say what is wrong with it and which name is the nearest."""
    section, *keys = path.split(".")
    if path in WHOLE:
        return Place("", "", (path,))
    inner = section in ("nodes", "edges", "accounts", "faults")
    if section not in SECTIONS or len(keys) < 1 + inner:
        return _lost(path, section)
    if not inner:
        return Place(section, "", tuple(keys))
    part, rest = keys[0], tuple(keys[1:])
    if section == "edges":
        return _edge(path, part, rest, edges)
    if section == "faults":
        return _fault(path, part, rest, faults)
    return _named(path, section, part, rest, nodes if section == "nodes" else accounts)


def lay(table: dict[str, object], keys: Sequence[str], value: object) -> None:
    """Put a value into a table, or take it out where it is None; tables on the way are made."""
    *way, last = keys
    for key in way:
        inner = table.get(key)
        table[key] = inner = dict(inner) if isinstance(inner, Mapping) else {}
        table = inner
    if value is None:
        table.pop(last, None)
    else:
        table[last] = value


def _lost(path: str, section: str) -> Problem:
    """What is wrong with a path that ends before a value, or begins nowhere."""
    if section in SECTIONS:
        return Problem(f"{path} is not a value; a path goes on, as in nodes.ship.duration_ms", path)
    return Problem(f"{path} leads nowhere.{nearest(section, (*SECTIONS, *WHOLE))}", path)


def _edge(path: str, part: str, keys: tuple[str, ...], edges: Sequence[Edge]) -> Place | Problem:
    """An edge by its place (from 0) or by its two ends."""
    if part.isdecimal():
        if int(part) < len(edges):
            return Place("edges", part, keys)
        return Problem(f"{path}: there are {len(edges)} edges, counted from 0", path)
    source, _, target = part.partition(">")
    found = [place for place, edge in enumerate(edges) if (edge.source, edge.target) == (source, target)]
    if len(found) == 1:
        return Place("edges", str(found[0]), keys)
    if found:
        names = ", ".join(f"edges.{place}" for place in found)
        return Problem(f"{path}: {source} and {target} are joined by several edges; say one of {names}", path)
    hint = nearest(part, dict.fromkeys(f"{edge.source}>{edge.target}" for edge in edges))
    return Problem(f"{path}: there is no edge '{part}'.{hint}", path)


def _fault(path: str, part: str, keys: tuple[str, ...], faults: Sequence[object]) -> Place | Problem:
    """A fault by its place (from 0)."""
    if part.isdecimal() and int(part) < len(faults):
        return Place("faults", part, keys)
    return Problem(f"{path}: there are {len(faults)} faults, counted from 0", path)


def _named(
    path: str, section: str, part: str, keys: Sequence[str], known: Mapping[str, object]
) -> Place | Problem:
    """A node or an account by its name."""
    if part in known:
        return Place(section, part, tuple(keys))
    return Problem(f"{path}: there is no {section[:-1]} '{part}'.{nearest(part, known)}", path)
