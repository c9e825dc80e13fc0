"""What goes from station to station: with the calls, with what is driven, handed on and given up.

What is handed on reaches a holding station at once and is delivered from the next tick on; elsewhere it
arrives with the next tick.
"""

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.plan import Handed, Plan


class Handing:
    """Items under way between the stations."""

    def __init__(self, compiled: Compiled, plan: Plan, scenarios: int, step_s: float) -> None:
        self.compiled, self.plan, self.step_s = compiled, plan, step_s
        self.arc_items: Array = np.zeros((len(compiled.source), scenarios))
        """Items per second on each arc [arc, scenario]."""
        self.carried: Array = np.zeros((len(compiled.rows), scenarios))
        """Items per second that this tick hands to the next one [station, scenario]."""
        self._dying = False
        """Whether items were given up in the last tick."""

    def carry(self) -> Array:
        """Items per second that the last tick has handed to this one [station, scenario]."""
        carried, self.carried = self.carried, np.zeros(self.carried.shape)
        return carried

    def drive(self, base: Array, delivered: Array) -> None:
        """Offer what is delivered to the consumers, beside what comes to them otherwise.

        Args:
            base: Items per second [station, scenario], in place.
            delivered: Items of this tick [holding, scenario].
        """
        drives = self.plan.drives
        rate = delivered.take(drives.holding, axis=0) * drives.gain / self.step_s
        self.arc_items[drives.arc] = rate
        drives.total.add_to(base, rate)

    def call(self, items: Array, again: Array | None, late: Array | None) -> None:
        """Note what went along the calls [call, scenario], items per second.

        Args:
            items: First tries.
            again: Tries that came back; None where none do.
            late: What arrives with the next tick, of the calls that lead back to where they come from.
        """
        if self.plan.late is not None and late is not None:
            items[self.plan.late.calls] = late
            self.plan.late.total.add_to(self.carried, late)
        self.arc_items[self.compiled.calls.arc] = items if again is None else items + again

    def hand_on(self, well: Array, offered: Array, batch: Array) -> Array:
        """Hand on what has succeeded; items that reach the holding stations in this tick [holding, scenario].

        Args:
            well: Items that ended with success [station, scenario].
            offered: Items per second that ask for admission.
            batch: Items of an invocation.
        """
        handed, come = self.plan.handoffs, offered.take(self.compiled.held, axis=0) * self.step_s
        if len(handed.arc):
            items = well.take(handed.source, axis=0) * handed.gain
            if handed.some_per_batch:
                items = np.where(handed.per_batch, items / batch.take(handed.source, axis=0), items)
            self._bring(handed, items, come)
        return come

    def give_up(self, dead: Array) -> None:
        """Bring what is given up [holding, scenario] to where dead letters go."""
        handed = self.plan.dead
        dying = len(handed.arc) > 0 and bool(np.count_nonzero(dead))
        if dying or self._dying:
            later = np.zeros(dead.shape)
            self._bring(handed, dead.take(handed.place, axis=0) * handed.gain, later)
            # What is given up here and held there arrives with the next tick.
            self.carried[self.compiled.held] += later / self.step_s
        self._dying = dying

    def _bring(self, handed: Handed, items: Array, come: Array) -> None:
        """Bring items to holding stations at once, and to others in the next tick."""
        rate = items / self.step_s
        self.arc_items[handed.arc] = rate
        if len(handed.kept):
            handed.to_kept.add_to(come, items.take(handed.kept, axis=0))
        if len(handed.passed):
            handed.to_passed.add_to(self.carried, rate.take(handed.passed, axis=0))
