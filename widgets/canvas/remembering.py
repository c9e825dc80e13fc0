"""What a canvas remembers of its pictures: an edit moves little, and its undoing puts everything back."""

from widgets.canvas.graph import Graph
from widgets.canvas.topology import Structure, Topology, arrange, structure

SHARED = 0.5
"""Nodes of the smaller of two graphs that both must have for the second to be an edit of the first."""

REMEMBERED = 512
"""Pictures."""


class Memory:
    """Arranges one graph after the other."""

    def __init__(self) -> None:
        self._last: Topology | None = None
        self._seen: dict[Structure, Topology] = {}

    def arrange(self, graph: Graph) -> Topology:
        """Arrange a graph like the last one as far as both are the same, or just as when it was last seen."""
        shape = structure(graph)
        if self._last is None or self._last.shape != shape:
            found = self._seen.pop(shape, None) or arrange(shape, self._before(shape))
            self._seen[shape] = self._last = found
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
        return self._last

    def _before(self, shape: Structure) -> Topology | None:
        if self._last is None:
            return None
        old, new = ({name for name, _ in some[0]} for some in (self._last.shape, shape))
        return self._last if len(old & new) > SHARED * min(len(old), len(new)) else None
