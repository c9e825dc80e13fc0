"""Lines that belong together: a header or a key with the comment above it, and what stands below.

A comment belongs to what follows it without a blank line between; a comment below the last key
of a table belongs to that table; one that stands free belongs to nobody and stays.
"""

from bisect import bisect_right
from dataclasses import dataclass

from sandbox.design.scanning import Block, Path, Span, Walk


@dataclass(frozen=True)
class Extent:
    """Whole lines of a text."""

    start: int
    """Where its own comment begins."""
    own: int
    """Where its first line begins."""
    end: int
    """Behind its last line."""

    @property
    def span(self) -> Span:
        """All of it."""
        return self.start, self.end


class Extents:
    """The lines of every header and every key of a text."""

    def __init__(self, walk: Walk) -> None:
        self._text = walk.text
        self._starts = walk.starts
        self.blocks: list[tuple[Block, Extent]] = []
        self.pairs: dict[Path, Extent] = {}
        floor = 0
        for block in walk.blocks:
            floor = self._block(block, floor)

    def _block(self, block: Block, floor: int) -> int:
        """Find a table's lines from where the last one ended; where it ends itself."""
        own = self._line(block.header[0]) if block.keys else floor
        start = self._above(own, floor) if block.keys else floor
        end = self._next(block.header[1]) if block.keys else floor
        for pair in block.pairs:
            line = self._line(pair.keys[0][0])
            begin, end = self._above(line, end), self._next(pair.value[1])
            self.pairs[pair.path] = Extent(begin, line, end)
        place = len(self.blocks)
        self.blocks.append((block, Extent(start, own, end)))
        tail = self._tail(end)
        if tail != end:
            self.blocks[place] = (block, Extent(start, own, tail))
        return tail

    def _line(self, place: int) -> int:
        """The start of a place's line."""
        return self._starts[bisect_right(self._starts, place) - 1]

    def _next(self, place: int) -> int:
        """The start of the line behind a place's."""
        number = bisect_right(self._starts, place)
        return self._starts[number] if number < len(self._starts) else len(self._text)

    def _says(self, start: int) -> str:
        """The first character of a line; nothing for a blank one."""
        return self._text[start : self._next(start)].strip()[:1]

    def _above(self, line: int, floor: int) -> int:
        """Where the comment directly above a line begins, but not before the floor."""
        while line > floor:
            before = self._line(line - 1)
            if before < floor or self._says(before) != "#":
                break
            line = before
        return line

    def _tail(self, end: int) -> int:
        """Where the comment directly below the last line of a table ends, if it is not the next one's."""
        line = end
        while line < len(self._text) and self._says(line) == "#":
            line = self._next(line)
        is_next_ones = line < len(self._text) and self._says(line) == "["
        return end if is_next_ones else line

    def has_gap(self, extent: Extent) -> bool:
        """Whether a blank line stands above."""
        return extent.start > 0 and not self._says(self._line(extent.start - 1))

    def behind_blanks(self, end: int) -> int:
        """Behind the blank lines that follow."""
        while end < len(self._text) and not self._says(end):
            end = self._next(end)
        return end
