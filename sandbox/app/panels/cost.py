"""The month's bill, by node, by what is billed, or line by line."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import ContentSwitcher, Static

from sandbox.app.messages import Picked
from sandbox.app.panels.panel import Panel, PanelView
from sandbox.app.present import costs
from sandbox.app.reading import Reading
from widgets.table import Table


class CostPanel(PanelView):
    """Three tables of the same bill, `v` goes through them; below, the total with the people's cost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v", "regroup", "By node or kind", id="cost.regroup",
            tooltip="Show the bill by node, by what is billed, or line by line",
        ),
    ]  # fmt: skip
    DEFAULT_CSS = """
    CostPanel {
        & > ContentSwitcher { height: 1fr; }
        & > #cost-total { height: auto; max-height: 2; padding: 0 1; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.grouping: costs.Grouping = "node"
        self._reading: Reading | None = None

    def compose(self) -> ComposeResult:
        """A table for each grouping, one in sight."""
        with ContentSwitcher(initial="cost-node"):
            for grouping in costs.GROUPINGS:
                yield Table(costs.COLUMNS[grouping], empty="nothing is billed", id=f"cost-{grouping}")
        yield Static("", id="cost-total", markup=False)

    def show(self, reading: Reading) -> None:
        """Draw the bill."""
        self._reading = reading
        self.query_one(f"#cost-{self.grouping}", Table).show(costs.rows(reading, self.grouping))
        line, total = self.query_one("#cost-total", Static), costs.total(reading)
        line.display = bool(total)
        line.update(total)

    def action_regroup(self) -> None:
        """Show the bill in the next grouping."""
        at = costs.GROUPINGS.index(self.grouping) + 1
        self.grouping = costs.GROUPINGS[at % len(costs.GROUPINGS)]
        self.query_one(ContentSwitcher).current = f"cost-{self.grouping}"
        self.query_one(f"#cost-{self.grouping}", Table).focus()
        if self._reading is not None:
            self.show(self._reading)

    @property
    def question(self) -> str | None:
        """What the node under the cursor costs."""
        picked = self.query_one(f"#cost-{self.grouping}", Table).picked or ""
        node = picked.partition(":")[0]
        known = self._reading is not None and node in self._reading.evaluation.design.nodes
        return f"nodes.{node}.monthly_usd" if known else None

    @on(Table.Picked)
    def pick(self, event: Table.Picked) -> None:
        """Show the node that a row is about, where it is about one."""
        event.stop()
        node = event.key.partition(":")[0]
        if self._reading is not None and node in self._reading.evaluation.design.nodes:
            self.post_message(Picked(node))


PANEL = Panel("3", "cost", "Cost", "what a month costs, and for what", CostPanel)
