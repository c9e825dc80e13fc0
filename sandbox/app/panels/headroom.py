"""The ladder of throttling points: what breaks first as the load grows, and who can raise it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sandbox.app.messages import LoadWanted, Picked
from sandbox.app.panels.panel import Panel, PanelView
from sandbox.app.present import ladder
from sandbox.app.reading import Reading
from sandbox.outcome import Rung
from widgets.table import Table


class Headroom(PanelView):
    """A row for each limit that binds at some load."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "turn_there", "Turn there", id="headroom.turn",
                tooltip="Turn the load to where the limit under the cursor binds"),
    ]  # fmt: skip

    _rungs: tuple[Rung, ...] = ()

    def compose(self) -> ComposeResult:
        """A table in the ladder's order."""
        yield Table(ladder.COLUMNS, empty="working it out …", id="ladder")

    def show(self, reading: Reading) -> None:
        """Draw the ladder; while a new one is worked out, the old one stays."""
        table = self.query_one(Table)
        if reading.details is None:
            table.show(())
            return
        self._rungs = reading.details.rungs
        failure = reading.details.failure
        table.empty = (
            f"could not be worked out: {failure}"
            if failure
            else "nothing in this design throttles at any load"
        )
        table.show(ladder.rows(reading.evaluation, reading.details.rungs))

    @property
    def question(self) -> str | None:
        """What the limit under the cursor refuses or holds up."""
        rung = self._rung
        if rung is None:
            return None
        metric = "backlog_growth_per_s" if rung.key.startswith("consumer:") else "throttled_per_s"
        return f"nodes.{rung.node}.{metric}"

    @property
    def _rung(self) -> Rung | None:
        """The rung under the cursor."""
        picked = self.query_one(Table).picked
        return self._rungs[int(picked.partition(":")[0])] if picked is not None and self._rungs else None

    def action_turn_there(self) -> None:
        """Have the load turned to the rung under the cursor."""
        if self._rung is not None:
            self.post_message(LoadWanted(self._rung.load_multiplier))

    @on(Table.Picked)
    def pick(self, event: Table.Picked) -> None:
        """Show the node that a row is about."""
        event.stop()
        self.post_message(Picked(event.key.partition(":")[2]))


PANEL = Panel("1", "headroom", "Headroom", "which limit binds at which load", Headroom)
