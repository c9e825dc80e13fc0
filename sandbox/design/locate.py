"""Lines of the keys of a TOML text: the standard library reads values but not their places.

The text has been read by `tomllib` before, so it is known to be right; here only its keys
are followed: headers, dotted and quoted keys, arrays, tables within lines.
"""

import re
import tomllib
from bisect import bisect_right

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_TEXT = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*\'''',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


def locate(text: str) -> dict[str, int]:
    r"""Find the line of every key, table and entry of an array.

    Args:
        text: TOML that can be read.

    Returns:
        By dotted path (entries of arrays by their place, from 0), the line, counted from 1.

    >>> locate('a = 1\n[b]\n"c d" = {e = [1,\n{f = 2}]}\n[[g]]\n')["b.c d.e.1.f"]
    4
    """
    return _Reader(text).document()


class _Reader:
    """A walk over the text with a place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines: dict[str, int] = {}
        self.counts: dict[str, int] = {}

    def document(self) -> dict[str, int]:
        """Walk over headers and the pairs below them."""
        table: tuple[str, ...] = ()
        while self._skip() < len(self.text):
            if self.text[self.place] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _skip(self) -> int:
        """Pass spaces, line ends and comments."""
        self.place = self._end(_SPACE)
        return self.place

    def _end(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.place)
        return match.end() if match else self.place

    def _note(self, keys: tuple[str, ...], start: int) -> None:
        """Keep the first line of every key on the way."""
        line = bisect_right(self.starts, start)
        for depth in range(1, len(keys) + 1):
            self.lines.setdefault(".".join(keys[:depth]), line)

    def _keys(self) -> tuple[str, ...]:
        keys = []
        while True:
            end = self._end(_KEY)
            token = self.text[self.place : end]
            keys.append(tomllib.loads(f"k = {token}")["k"] if token[:1] in ("'", '"') else token)
            self.place = end
            after = self._end(_DOT)
            if after == end:
                return tuple(keys)
            self.place = after

    def _header(self) -> tuple[str, ...]:
        """`[table]` or `[[entry of an array]]`."""
        start = self.place
        many = self.text.startswith("[[", start)
        self.place += 2 if many else 1
        self._skip()
        table: tuple[str, ...] = ()
        keys = self._keys()
        for place, key in enumerate(keys):
            table = (*table, key)
            path = ".".join(table)
            if many and place == len(keys) - 1:
                self.lines.setdefault(path, bisect_right(self.starts, start))
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                table = (*table, str(self.counts[path]))
        self._note(table, start)
        self._skip()
        self.place += 2 if many else 1
        return table

    def _pair(self, table: tuple[str, ...]) -> None:
        start = self.place
        keys = (*table, *self._keys())
        self._note(keys, start)
        self._skip()
        self.place += 1  # the equals sign
        self._value(keys)

    def _value(self, keys: tuple[str, ...]) -> None:
        self._skip()
        first = self.text[self.place]
        if first == "[":
            self._list(keys)
        elif first == "{":
            self._inline(keys)
        elif first in ('"', "'"):
            self.place = self._end(_TEXT)
        else:
            self.place = self._end(_SCALAR)

    def _list(self, keys: tuple[str, ...]) -> None:
        self.place += 1
        entry = 0
        while self.text[self._skip()] != "]":
            self._note((*keys, str(entry)), self.place)
            self._value((*keys, str(entry)))
            entry += 1
            if self.text[self._skip()] == ",":
                self.place += 1
        self.place += 1

    def _inline(self, keys: tuple[str, ...]) -> None:
        self.place += 1
        while self.text[self._skip()] != "}":
            self._pair(keys)
            if self.text[self._skip()] == ",":
                self.place += 1
        self.place += 1
