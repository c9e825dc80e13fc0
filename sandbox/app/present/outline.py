"""Which part of a design a line of its text is about, and in which line a part begins."""

from bisect import bisect_right
from dataclasses import dataclass

from sandbox.design.locate import locate

_PARTS = ("nodes", "edges")


@dataclass(frozen=True)
class Outline:
    r"""The parts of a text that can be read.

    >>> outline = Outline.of('name = "x"\n[nodes.a]\nservice = "sqs"\n\n[[edges]]\nfrom = "a"\n')
    >>> [outline.subject(line) for line in (1, 2, 4, 6)], outline.line("edges.0")
    (['', 'nodes.a', 'nodes.a', 'edges.0'], 5)
    """

    starts: tuple[tuple[int, str], ...]
    """Lines that parts begin in, from 1, and the parts: `nodes.a`, `edges.0`, or nothing for others."""

    @classmethod
    def of(cls, text: str) -> "Outline":
        """Follow a text that is TOML."""
        found = []
        for path, line in locate(text).items():
            keys = path.split(".")
            if len(keys) <= 2:
                found.append((line, path if keys[0] in _PARTS and len(keys) == 2 else ""))
        return cls(tuple(sorted(found)))

    def subject(self, line: int) -> str:
        """The node or edge that a line is about; nothing where it is about something else."""
        at = bisect_right(self.starts, (line, "\U0010ffff"))
        return self.starts[at - 1][1] if at else ""

    def line(self, subject: str) -> int | None:
        """The line that a node or an edge begins in."""
        return next((line for line, name in self.starts if name == subject), None)
