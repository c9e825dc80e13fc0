"""Changes to tables and lists that are values: what they keep is written as it was."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from sandbox.design.scanning import Path, Span, Walk
from sandbox.design.writing import key_text, value_text


class Parts(Protocol):
    """A text in which something is changed."""

    def part(self, start: int, end: int) -> str:
        """A part of it with the changes made there."""


class InlineTable:
    """Keys to take out of a `{table}`, and keys to write behind the others."""

    def __init__(self, walk: Walk, path: Path, span: Span) -> None:
        depth = len(path)
        self.span = span
        self._pairs = [
            pair
            for pair in walk.pairs.values()
            if pair.is_inline and len(pair.path) - len(pair.keys) == depth and pair.path[:depth] == path
        ]
        self.dropped: set[Path] = set()
        self.added: dict[str, object] = {}

    def text(self, source: Parts) -> str:
        """The table with these changes."""
        kept = [
            source.part(pair.keys[0][0], pair.value[1])
            for pair in self._pairs
            if pair.path not in self.dropped
        ]
        kept += [f"{key_text(key)} = {value_text(value)}" for key, value in self.added.items()]
        return f"{{{', '.join(kept)}}}"


class InlineList:
    """The entries that a `[list]` is to have; each brings the lines and comments around it along."""

    def __init__(self, walk: Walk, path: Path, entries: Sequence[int | Mapping[str, object]]) -> None:
        self.span = walk.pairs[path].value
        self._text = walk.text
        self._old = walk.entries[path]
        self._entries = entries
        self._comments = dict(walk.comments)

    def text(self, source: Parts) -> str:
        """The list with these entries."""
        pieces: list[str] = []
        ends = [self._end(place) for place in range(len(self._old))]
        for place, entry in enumerate(self._entries):
            comma = "," if place < len(self._entries) - 1 else ""
            if isinstance(entry, int):
                first = self.span[0] + 1 if entry == 0 else ends[entry - 1]
                start, end = self._old[entry]
                lead = self._text[first:start]
                if entry == 0 and pieces and not lead.strip():
                    lead = self._lead()
                behind = self._text[end : ends[entry]]
                comma = comma if not behind.lstrip().startswith(",") else ""
                pieces.append(lead + source.part(start, end) + comma + behind)
            else:
                lead = self._lead() if place or "\n" in self._lead() else ""
                pieces.append(f"{lead}{value_text(entry)}{comma}")
        rest = self._text[ends[-1] if ends else self.span[0] + 1 : self.span[1]]
        return f"[{''.join(pieces)}{rest}"

    def _end(self, place: int) -> int:
        """Behind an entry, its comma, and the comment on its line."""
        end = self._old[place][1]
        after = end + len(self._text[end:]) - len(self._text[end:].lstrip())
        if self._text.startswith(",", after):
            end = after + 1
        spaces = end + len(self._text[end:]) - len(self._text[end:].lstrip(" \t"))
        return self._comments.get(spaces, end)

    def _lead(self) -> str:
        """What stands before an entry: a line of its own where the last one has one."""
        if not self._old:
            return ""
        start = self._old[-1][0]
        line = self._text.rfind("\n", 0, start)
        indent = self._text[line + 1 : start]
        return f"\n{indent}" if line >= self.span[0] and not indent.strip() else " "
