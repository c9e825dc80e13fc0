"""Whether what an exercise locks is as it was given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox.design.model import Design
from sandbox.design.tables import Table, account_table, differing, edge_table, node_table
from sandbox.design.wording import shown


@dataclass(frozen=True)
class Breach:
    """Something that may not be changed, and was."""

    path: str
    """As in `nodes.shop.rate_per_s`."""
    given: object
    """As TOML has it; None for what was not there, or at its default."""
    now: object

    @property
    def words(self) -> str:
        """What was done, in a sentence.

        >>> Breach("nodes.shop.rate_per_s", 200, 20).words
        'nodes.shop.rate_per_s may not be changed: 200 as given, 20 now'
        """
        if self.given is None and isinstance(self.now, Mapping):
            return f"{self.path} may not be added"
        if self.now is None and isinstance(self.given, Mapping):
            return f"{self.path} may not be taken away"
        return f"{self.path} may not be changed: {_said(self.given)} as given, {_said(self.now)} now"


def breaches(design: Design, given: Design) -> Iterator[Breach]:
    """All that may not be changed, and was.

    Args:
        design: What was handed in.
        given: The exercise as it was given; what it locks counts.
    """
    exercise = given.exercise
    if exercise is None:
        return
    was, now = _tables(given), _tables(design)
    told: set[str] = set()
    for lock in exercise.locked:
        for breach in _differences(lock, was, now):
            if breach.path not in told and exercise.locks(breach.path):
                told.add(breach.path)
                yield breach
    for key, node in design.nodes.items():
        is_new = key not in given.nodes and f"nodes.{key}" not in told
        if is_new and not exercise.may_join(node.service):
            yield Breach(f"nodes.{key}", None, {})
    for key in given.nodes if not exercise.may_remove else ():
        if key not in design.nodes and f"nodes.{key}" not in told:
            yield Breach(f"nodes.{key}", {}, None)


def _tables(design: Design) -> Table:
    """A design as tables by the paths that can be locked, each with what differs from its defaults."""
    ways: dict[str, list[Table]] = {}
    for edge in design.edges:
        ways.setdefault(f"{edge.source}>{edge.target}", []).append(_without(edge_table(edge), "from", "to"))
    return {
        "region": design.region,
        "account": account_table(design.account),
        "accounts": {name: account_table(account) for name, account in design.accounts.items()},
        "effort": differing(design.effort) if design.effort else {},
        "faults": {str(place): differing(fault) for place, fault in enumerate(design.faults)},
        "nodes": {key: _without(node_table(node), "label", "position") for key, node in design.nodes.items()},
        "edges": {ends: _joined(tables) for ends, tables in ways.items()},
    }


def _joined(tables: list[Table]) -> Table:
    """The edges between two nodes: the table of the only one, or each by its number."""
    return tables[0] if len(tables) == 1 else {str(place): table for place, table in enumerate(tables, 1)}


def _without(table: Table, *keys: str) -> Table:
    """A part's table without what is said elsewhere, or is free."""
    return {key: value for key, value in table.items() if key not in keys}


def _differences(lock: str, was: object, now: object) -> Iterator[Breach]:
    """What differs under a path, value by value where both are tables."""
    path = ""
    for key in lock.split("."):
        path = f"{path}.{key}".lstrip(".")
        was, now = _inner(was, key), _inner(now, key)
        if isinstance(was, Mapping) and now is None:
            break  # the part itself is gone
    yield from _apart(path, was, now)


def _apart(path: str, was: object, now: object) -> Iterator[Breach]:
    if was == now:
        return
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*was, *now)):
            yield from _apart(f"{path}.{key}", was.get(key), now.get(key))
    else:
        yield Breach(path, was, now)


def _inner(table: object, key: str) -> object:
    """What stands under a key; a part that is not there has no values."""
    return table.get(key) if isinstance(table, Mapping) else None


def _said(value: object) -> str:
    return "the default" if value is None else shown(value)
