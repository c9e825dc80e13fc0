"""Changes to a TOML text that leave every other character where it is."""

from collections.abc import Mapping, Sequence

from sandbox.design.keeping.extents import Extent, Extents
from sandbox.design.keeping.inline import InlineList, InlineTable
from sandbox.design.scanning import Block, Path, Span, Walk
from sandbox.design.writing import block_text, key_text, value_text

Table = Mapping[str, object]


class Patch:
    """Changes to one text, each at its place; `text` makes them all."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.walk = Walk(source)
        self.extents = Extents(self.walk)
        self.lost: list[str] = []
        """Comments that stood within values that are written anew."""
        self._cuts: list[tuple[int, int, str]] = []
        self._dropped: set[Path] = set()
        self._shaped: dict[Path, InlineTable | InlineList] = {}

    def text(self) -> str:
        """The text with all changes."""
        for path in sorted(self._shaped, key=len, reverse=True):  # inner ones first
            self._cut(*self._shaped[path].span, self._shaped[path].text(self))
        return self.part(0, len(self.source))

    def part(self, start: int, end: int) -> str:
        """A part of the text with all changes to it."""
        parts, place = [], start
        for first, last, new in sorted(self._cuts, key=lambda cut: cut[:2]):
            if place <= first and last <= end:  # else it is within one that was made
                parts += [self.source[place:first], new]
                place = last
        return "".join(parts) + self.source[place:end]

    def put(self, path: Path, value: object) -> None:
        """Give a key a value, where it stands or behind the others of its table."""
        pair = self.walk.pairs.get(path)
        if pair is None:
            if self.within(path):
                self.drop(path)
            self._insert(path[:-1], path[-1], value)
            return
        old = self.source[slice(*pair.value)]
        new = value_text(value)
        if "_" in old and isinstance(value, int) and not isinstance(value, bool):
            new = f"{value:_}"
        self._lose(pair.value)
        self._cut(*pair.value, new)

    def drop(self, path: Path) -> None:
        """Take away a key or a table, with its own comment."""
        pair = self.walk.pairs.get(path)
        if pair is not None and pair.is_inline:
            table = pair.path[: -len(pair.keys)]
            self._inline(table, self.value(table) or pair.value).dropped.add(pair.path)
            return
        self._dropped.add(path)
        for block, extent in self.blocks(path):
            self._drop_lines(extent, whole=bool(block.keys))
        for block, _ in self.extents.blocks:
            if block.path[: len(path)] != path or not block.keys:
                for each in block.pairs:
                    if each.path[: len(path)] == path:
                        self._drop_lines(self.extents.pairs[each.path], whole=False)

    def drop_empty(self, path: Path) -> None:
        """Take away a table of which no key and no comment is left."""
        for block, extent in self.blocks(path):
            gone = [self.extents.pairs[pair.path].span for pair in block.pairs if self._is_dropped(pair.path)]
            says = any(
                extent.start <= at < extent.end and not any(start <= at < end for start, end in gone)
                for at, _ in self.walk.comments
            )
            if block.path == path and len(gone) == len(block.pairs) and not says:
                self.drop(path)

    def _is_dropped(self, path: Path) -> bool:
        return any(path[:depth] in self._dropped for depth in range(len(path) + 1))

    def rename(self, path: Path, name: str) -> None:
        """Write another name in place of a path's last part, wherever it stands."""
        depth = len(path)
        for block, _ in self.extents.blocks:
            if block.keys and block.path[:depth] == path:
                self._cut(*block.keys[depth - 1], key_text(name))
        for pair in self.walk.pairs.values():
            own = depth - 1 - (len(pair.path) - len(pair.keys))
            if pair.path[:depth] == path and own >= 0:
                self._cut(*pair.keys[own], key_text(name))

    def rename_key(self, path: Path, name: str) -> None:
        """Write another key in place of a pair's whole key."""
        keys = self.walk.pairs[path].keys
        self._cut(keys[0][0], keys[-1][1], key_text(name))

    def add(self, header: str, table: Table, behind: Extent) -> None:
        """Write a new table behind lines, set apart as they are."""
        new = block_text(header, table)
        is_apart = behind.start == behind.end or self.extents.has_gap(behind) or not behind.start
        at = behind.end
        before = "" if not at or self.source[at - 1] == "\n" else "\n"
        if is_apart and at:
            before += "\n"
        follows = self.source[at : self.extents.behind_blanks(at) + 1]
        after = "\n" if is_apart and follows and not follows[0].isspace() else ""
        self._cut(at, at, before + new + after)

    def arrange(self, path: Path, entries: Sequence[int | Table]) -> None:
        """Write a list that is a value with these entries: old ones by their place, and new ones."""
        self._shaped[path] = InlineList(self.walk, path, entries)

    def beside(self, near: Path, key: str, value: object) -> None:
        """Write a key behind the pairs of another part of the same table."""
        block = next(b for b in self.walk.blocks if any(p.path[: len(near)] == near for p in b.pairs))
        self._write_pair(block, (*near[len(block.path) : -1], key), value, near)

    def within(self, path: Path) -> bool:
        """Whether anything is written of a path."""
        depth = len(path)
        return any(block.path[:depth] == path for block in self.walk.blocks) or any(
            pair[:depth] == path for pair in self.walk.pairs
        )

    def has_comment(self, path: Path) -> bool:
        """Whether a comment stands above a key or behind it."""
        extent = self.extents.pairs.get(path)
        return extent is not None and any(extent.start <= at < extent.end for at, _ in self.walk.comments)

    def _insert(self, table: Path, key: str, value: object) -> None:
        """Write a new key into a table, in the form the table has."""
        home = self.value(table)
        block = next((block for block in self.walk.blocks if block.path == table), None)
        if home is not None:
            self._inline(table, home).added[key] = value
        elif block is not None:
            self._write_pair(block, (key,), value)
        else:
            depth = len(table)
            for each in self.walk.blocks:
                if len(each.path) < depth and any(pair.path[:depth] == table for pair in each.pairs):
                    self._write_pair(each, (*table[len(each.path) :], key), value, near=table)
                    return
            self._head(table, {key: value})

    def _head(self, table: Path, values: Table) -> None:
        """Write a header of its own for a table that only had tables within it."""
        inner = [extent for _, extent in self.blocks(table)]
        at = inner[0].start if inner else len(self.source)
        self._cut(at, at, block_text(f"[{dotted(table)}]", values) + "\n")

    def _write_pair(self, block: Block, keys: Path, value: object, near: Path = ()) -> None:
        """Write a line behind the pairs of a table, or behind those of a part of it."""
        found = [pair for pair in block.pairs if pair.path[: len(near)] == near]
        if found:
            extent = self.extents.pairs[found[-1].path]
            start = self.source.rfind("\n", 0, extent.own) + 1
            indent = self.source[start : found[-1].keys[0][0]]
            at = extent.end
        else:
            line = self.source.find("\n", block.header[1]) + 1
            at = (line or len(self.source)) if block.keys else 0
            indent = ""
        before = "" if not at or self.source[at - 1] == "\n" else "\n"
        self._cut(at, at, f"{before}{indent}{dotted(keys)} = {value_text(value)}\n")

    def value(self, path: Path) -> Span | None:
        """Where the value of a key, or an entry of a list that is a value, is written."""
        if path in self.walk.pairs:
            return self.walk.pairs[path].value
        entries = self.walk.entries.get(path[:-1], [])
        return entries[int(path[-1])] if entries else None

    def _inline(self, path: Path, span: Span) -> InlineTable:
        """The changes to a table on one line."""
        shape = self._shaped.setdefault(path, InlineTable(self.walk, path, span))
        if not isinstance(shape, InlineTable):
            msg = f"{dotted(path)} is a list"
            raise TypeError(msg)
        return shape

    def blocks(self, path: Path) -> list[tuple[Block, Extent]]:
        """The tables of a path and within it, with their lines."""
        depth = len(path)
        return [(b, extent) for b, extent in self.extents.blocks if b.keys and b.path[:depth] == path]

    def _drop_lines(self, extent: Extent, *, whole: bool) -> None:
        """Take lines away, and the blank ones behind them where a table goes."""
        self._cut(*extent.span, "")
        if whole and (self.extents.has_gap(extent) or not extent.start):
            self._cut(extent.end, self.extents.behind_blanks(extent.end), "")

    def _lose(self, span: Span) -> None:
        inside = [at for at in self.walk.comments if span[0] <= at[0] < span[1]]
        self.lost += [self.source[slice(*at)] for at in inside]

    def _cut(self, start: int, end: int, new: str) -> None:
        self._cuts.append((start, end, new))


def dotted(path: Path) -> str:
    """A path as a key.

    >>> dotted(("nodes", "place order"))
    'nodes."place order"'
    """
    return ".".join(map(key_text, path))
