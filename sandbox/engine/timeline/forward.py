"""Runs along the calls: what is admitted at one station calls the next ones within the same tick."""

import numpy as np

from sandbox.engine.compiled import Array
from sandbox.engine.timeline.plan import Plan


class Forward:
    """The calls in the order in which they are made: arrays [call, scenario] unless said otherwise."""

    def __init__(self, plan: Plan, lined: bool) -> None:
        """Put the calls in order.

        Args:
            plan: The network's wiring.
            lined: Whether there are waiting rooms, out of which items begin beside those admitted.
        """
        self.plan, self.lined = plan, lined
        levels = [*plan.levels, plan.late] if plan.late else plan.levels
        none = np.zeros(0, dtype=np.intp)
        self.order = np.concatenate([none, *(level.calls for level in levels)])
        self.place = np.argsort(self.order)
        self.source = np.concatenate([none, *(level.source for level in levels)])
        ends = np.cumsum([len(level.calls) for level in plan.levels]).tolist()
        self.spans = [slice(a, b) for a, b in zip([0, *ends], ends, strict=False)]
        self.calls: Array
        self.through: Array
        """Calls made for each item that is offered to the caller."""
        self._admitted: Array | None = None

    def follow(self, calls: Array) -> None:
        """Take over how often each item that is begun makes each call."""
        self.calls = calls.take(self.order, axis=0)
        self._admitted = None

    def run(self, base: Array, admitted: Array, released: Array) -> tuple[Array, Array]:
        """Items per second offered [station, scenario], and the first tries of every call.

        Args:
            base: What comes otherwise than by calls [station, scenario].
            admitted: Share that each station admits; always another array where it has changed.
            released: Items per second that begin out of the lines.
        """
        if admitted is not self._admitted:
            self.through = admitted.take(self.source, axis=0) * self.calls
            self._admitted = admitted
        beside = released.take(self.source, axis=0) * self.calls if self.lined else None
        offered, items = base.copy(), np.zeros(self.calls.shape)
        for level, span in zip(self.plan.levels, self.spans, strict=True):
            part = offered.take(level.source, axis=0) * self.through[span]
            if beside is not None:
                part = np.maximum(part + beside[span], 0.0)
            items[span] = part
            level.total.add_to(offered, part)
        return offered, items.take(self.place, axis=0)
