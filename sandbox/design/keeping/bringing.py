"""The changes to a text that make it say another design."""

import tomllib
from collections.abc import Iterable, Mapping
from itertools import pairwise

from pydantic import BaseModel

from sandbox.design.keeping.extents import Extent
from sandbox.design.keeping.matching import Alike, matched, origins, split
from sandbox.design.keeping.patch import Patch, Table, dotted
from sandbox.design.model import Design
from sandbox.design.scanning import Path
from sandbox.design.tables import plain
from sandbox.design.writing import dumps

ORDER = (
    *("", "account", "accounts", "effort", "nodes", "edges", "variants", "faults", "goals"),
    *("preset", "exercise"),
)
"""Sections of a file as they are written; the head has no name."""
ALIKE: Mapping[str, tuple[Alike, ...]] = {
    "edges": (
        lambda t: (t["from"], t["to"], t.get("role"), t.get("operation")),
        lambda t: (t["from"], t["to"], t.get("role")),
        lambda t: (t["from"], t["to"]),
    ),
    "faults": (lambda t: t["node"], lambda _: 0),
    "goals": (lambda t: t["metric"], lambda _: 0),
}
"""What tells entries of a list that are the same though a value of theirs is changed."""


class Bringing:
    """A patch of a text, from the design that it says to another one."""

    def __init__(
        self, patch: Patch, before: Design, after: Design, names: Mapping[str, str], *, keep_defaults: bool
    ) -> None:
        self._patch = patch
        self._before, self._after = before, after
        self._old, self._new = tomllib.loads(dumps(before)), tomllib.loads(dumps(after))
        self._origins = origins(before, after, names)
        self._split = split(before, after, self._origins)
        self._keep_defaults = keep_defaults
        for key in dict.fromkeys((*self._old, *self._new)):
            self._section(key, self._old.get(key), self._new.get(key))

    def _section(self, key: str, old: object, new: object) -> None:
        """Bring one key of the file up to date."""
        if old == new and key != "nodes":
            return
        if isinstance(old, list) or isinstance(new, list):
            self._list(key, _tables(old), _tables(new))
        elif key in ("nodes", "accounts", "variants"):
            self._named(key, _table(old), _table(new))
        elif isinstance(new, dict) or isinstance(old, dict):
            self._part((key,), _table(old), _table(new), {})
        else:
            self._pairs((), {key: old}, {} if new is None else {key: new}, {})

    def _named(self, section: str, old: Table, new: Table) -> None:
        """Bring the tables of a section up to date, each found by its name."""
        was = self._origins if section == "nodes" else {name: name for name in new if name in old}
        for name in old:
            if name not in was.values():
                self._patch.drop((section, name))
        before: list[Path] = []
        for name in new:
            path = (section, was.get(name, name))
            if name not in was:
                self._add((section, name), _table(new[name]), before)
                continue
            if section == "variants":
                self._variant(path, _table(old[was[name]]), _table(new[name]))
            else:
                spare = _defaults(self._after.nodes[name].settings) if section == "nodes" else {}
                self._part(path, _table(old[was[name]]), _table(new[name]), spare)
            if was[name] != name:
                self._patch.rename(path, name)
            before.append(path)

    def _list(self, section: str, old: list[Table], new: list[Table]) -> None:
        """Bring the entries of a list up to date, each found by what it is about."""
        known = [self._followed(table) for table in old]
        places = matched(known, new, ALIKE.get(section, (lambda _: 0,)))
        for now, place in enumerate(places):
            if place is not None:
                spare = _defaults(self._after.edges[now].settings) if section == "edges" else {}
                self._pairs((section, str(place)), old[place], new[now], spare)
        if (section,) in self._patch.walk.entries:
            order = [new[now] if place is None else place for now, place in enumerate(places)]
            if order != list(range(len(old))):
                self._patch.arrange((section,), order)
            return
        for place in range(len(old)):
            if place not in places:
                self._patch.drop((section, str(place)))
        before: list[Path] = []
        for now, place in enumerate(places):
            if place is None:
                self._write(f"[[{section}]]", new[now], self._behind(section, before))
            else:
                before.append((section, str(place)))

    def _followed(self, table: Table) -> Table:
        """An entry of a list as it would be with the nodes' names of now."""
        ids = {was: name for name, was in self._origins.items()}
        entry = {key: ids.get(str(v), v) if key in ("from", "to", "node") else v for key, v in table.items()}
        into = self._split.get((str(table.get("from")), str(table.get("to"))))
        return {**entry, "to": into} if into else entry

    def _variant(self, path: Path, old: Table, new: Table) -> None:
        """Bring a variant up to date: its keys are paths, whole or in tables."""
        walk = self._patch.walk
        keys = {".".join(keys[2:]): keys for keys in walk.pairs if keys[:2] == path}
        gone = [key for key in old if key not in new]
        for key, value in new.items():
            if key in old:
                if old[key] != value:
                    self._patch.put(keys.get(key, (*path, key)), value)
                continue
            was = next((was for was in gone if old[was] == value), None)
            if was and len(walk.pairs[keys[was]].keys) == len(keys[was]) - len(path):
                self._patch.rename_key(keys[was], key)
                gone.remove(was)
            else:
                self._patch.put((*path, key), value)
        for key in gone:
            self._patch.drop(keys[key])

    def _part(self, path: Path, old: Table, new: Table, spare: Table) -> None:
        """Bring one table up to date, writing it where there is none."""
        if old == new:
            return
        if new and not self._patch.within(path):
            self._add(path, new, [])
            return
        self._pairs(path, old, new, spare)
        if not new:
            self._patch.drop_empty(path)

    def _pairs(self, path: Path, old: Table, new: Table, spare: Table) -> None:
        """Bring the keys of a table up to date.

        A key with a comment that is back at its default is written with it: its comment stays.
        """
        for key in dict.fromkeys((*old, *new)):
            before, after = old.get(key), new.get(key)
            if before == after:
                continue
            here = (*path, key)
            if isinstance(before, dict) and isinstance(after, dict):
                self._pairs(here, before, after, {})
            elif key in new:
                self._patch.put(here, after)
            elif key in spare and self._keep_defaults and self._patch.has_comment(here):
                self._patch.put(here, spare[key])
            else:
                self._patch.drop(here)

    def _add(self, path: Path, table: Table, before: list[Path]) -> None:
        """Write a new part behind the ones before it, in the form that they have."""
        near = next(reversed(before), None)
        home = self._patch.value(path[:-1])
        if home is not None or (near and not self._patch.blocks(near) and self._patch.within(near)):
            if home is not None:
                self._patch.put(path, table)
            elif near:
                self._patch.beside(near, path[-1], table)
            return
        self._write(f"[{dotted(path)}]", table, self._behind(path[0], before))

    def _write(self, header: str, table: Table, behind: Extent) -> None:
        self._patch.add(header, table, behind)

    def _behind(self, section: str, before: list[Path]) -> Extent:
        """The lines that a new table is written behind: the last of the one before, or of its section."""
        for near in reversed(before):
            found = self._patch.blocks(near)
            if found:
                return found[-1][1]
        rank = ORDER.index(section) if section in ORDER else len(ORDER)
        extents = [
            extent
            for block, extent in self._patch.extents.blocks
            if not block.path or (block.path[0] in ORDER and ORDER.index(block.path[0]) <= rank)
        ]
        return extents[-1]


def rearranged(text: str, section: str, order: Iterable[int]) -> str:
    """The entries of a list of tables in another order, each with its comment, in the places they have.

    Args:
        text: With the entries as `[[section]]`.
        section: Name of the list.
        order: For each place, the place where its entry is now.
    """
    patch = Patch(text)
    extents = [extent for block, extent in patch.extents.blocks if block.path[:1] == (section,)]
    places = list(order)
    if len(places) != len(extents) or any(a.end > b.start for a, b in pairwise(extents)):
        return text
    parts, at = [], 0
    for extent, place in zip(extents, places, strict=True):
        moved = text[slice(*extents[place].span)]
        parts += [text[at : extent.start], moved if moved.endswith("\n") else f"{moved}\n"]
        at = extent.end
    return "".join(parts) + text[at:]


def _defaults(settings: BaseModel) -> dict[str, object]:
    """All values of settings, as TOML has them."""
    values = {
        field.alias or name: getattr(settings, name) for name, field in type(settings).model_fields.items()
    }
    return {key: plain(value) for key, value in values.items() if value is not None}


def _table(value: object) -> Table:
    return value if isinstance(value, dict) else {}


def _tables(value: object) -> list[Table]:
    return value if isinstance(value, list) else []
