"""A walk over a TOML text: where its headers, keys, values and comments stand.

The standard library reads values but not their places. The text has been read by `tomllib`
before, so it is known to be right; here only its keys are followed: headers, dotted and
quoted keys, arrays, tables within lines.
"""

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field

Path = tuple[str, ...]
Span = tuple[int, int]
"""From a character to the one behind the last."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_COMMENT = re.compile(r"#[^\r\n]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_TEXT = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*\'''',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


@dataclass(frozen=True)
class Pair:
    """A key with its value."""

    path: Path
    """From the root; entries of arrays by their place, from 0."""
    keys: tuple[Span, ...]
    """Each part of the key as it is written; the last ones of the path."""
    value: Span
    is_inline: bool
    """Whether it stands within another value."""


@dataclass
class Block:
    """A header and the pairs below it; the first block has no header."""

    path: Path = ()
    keys: tuple[Span, ...] = ()
    header: Span = (0, 0)
    pairs: list[Pair] = field(default_factory=list)


class Walk:
    """What a walk over a text has found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines: dict[str, int] = {}
        """Line of each path, its parts joined by dots."""
        self.blocks = [Block()]
        self.pairs: dict[Path, Pair] = {}
        """All of them, those within values too."""
        self.entries: dict[Path, list[Span]] = {}
        """Of each array that is a value."""
        self.comments: list[Span] = []
        self._counts: dict[str, int] = {}
        self._depth = 0
        self._keys_at: list[Span] = []
        self._document()

    def _document(self) -> None:
        """Walk over headers and the pairs below them."""
        table: Path = ()
        while self._skip() < len(self.text):
            if self.text[self.place] == "[":
                table = self._header()
            else:
                self.blocks[-1].pairs.append(self._pair(table))

    def _skip(self) -> int:
        """Pass spaces, line ends and comments."""
        start, self.place = self.place, self._end(_SPACE)
        if self.text.find("#", start, self.place) >= 0:
            found = _COMMENT.finditer(self.text, start, self.place)
            self.comments += [match.span() for match in found]
        return self.place

    def _end(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.place)
        return match.end() if match else self.place

    def _note(self, keys: Path, start: int) -> None:
        """Keep the first line of every key on the way."""
        line = bisect_right(self.starts, start)
        for depth in range(1, len(keys) + 1):
            self.lines.setdefault(".".join(keys[:depth]), line)

    def _keys(self) -> Path:
        keys = []
        self._keys_at = []
        while True:
            end = self._end(_KEY)
            token = self.text[self.place : end]
            keys.append(tomllib.loads(f"k = {token}")["k"] if token[:1] in ("'", '"') else token)
            self._keys_at.append((self.place, end))
            self.place = end
            after = self._end(_DOT)
            if after == end:
                return tuple(keys)
            self.place = after

    def _header(self) -> Path:
        """`[table]` or `[[entry of an array]]`."""
        start = self.place
        many = self.text.startswith("[[", start)
        self.place += 2 if many else 1
        self._skip()
        table: Path = ()
        keys = self._keys()
        for place, key in enumerate(keys):
            table = (*table, key)
            path = ".".join(table)
            if many and place == len(keys) - 1:
                self.lines.setdefault(path, bisect_right(self.starts, start))
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                table = (*table, str(self._counts[path]))
        self._note(table, start)
        self._skip()
        self.place += 2 if many else 1
        self.blocks.append(Block(table, tuple(self._keys_at), (start, self.place)))
        return table

    def _pair(self, table: Path) -> Pair:
        start = self.place
        keys = (*table, *self._keys())
        at = tuple(self._keys_at)
        self._note(keys, start)
        self._skip()
        self.place += 1  # the equals sign
        value = self._skip()
        self._value(keys)
        end = value + len(self.text[value : self.place].rstrip())
        pair = self.pairs[keys] = Pair(keys, at, (value, end), is_inline=self._depth > 0)
        return pair

    def _value(self, keys: Path) -> None:
        self._skip()
        first = self.text[self.place]
        if first in "[{":
            self._depth += 1
            self.place += 1
            (self._list if first == "[" else self._inline)(keys)
            self.place += 1
            self._depth -= 1
        elif first in ('"', "'"):
            self.place = self._end(_TEXT)
        else:
            self.place = self._end(_SCALAR)

    def _list(self, keys: Path) -> None:
        spans = self.entries[keys] = []
        while self.text[self._skip()] != "]":
            start, entry = self.place, str(len(spans))
            self._note((*keys, entry), start)
            self._value((*keys, entry))
            spans.append((start, start + len(self.text[start : self.place].rstrip())))
            if self.text[self._skip()] == ",":
                self.place += 1

    def _inline(self, keys: Path) -> None:
        while self.text[self._skip()] != "}":
            self._pair(keys)
            if self.text[self._skip()] == ",":
                self.place += 1
