"""The graph on the screen: scrolled, zoomed, selected, chosen from and rearranged."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from widgets.canvas.fitting import LEVELS
from widgets.canvas.moves import Direction
from widgets.canvas.pointing import STEP, Pointing


def _keys() -> list[BindingType]:
    moves = (("left", "h"), ("down", "j"), ("up", "k"), ("right", "l"))
    found: list[BindingType] = []
    for arrow, letter in moves:
        tip = f"Select the nearest node {'to the ' if arrow in ('left', 'right') else ''}{arrow}"
        found.append(
            Binding(
                f"{arrow},{letter}",
                f"move('{arrow}')",
                f"Go {arrow}",
                show=False,
                id=f"canvas.{arrow}",
                tooltip=tip,
            )
        )
        pan = Binding(
            f"shift+{arrow}",
            f"pan('{arrow}')",
            f"Pan {arrow}",
            show=False,
            id=f"canvas.pan-{arrow}",
            tooltip="Scroll",
        )
        found.append(pan)
    rest = (
        ("tab", "cycle(1)", "Next", "next", "Select the next node, then the edges"),
        ("shift+tab", "cycle(-1)", "Previous", "previous", "Select the previous node or edge"),
        ("home", "first", "First node", "first", "Select the first node"),
        ("enter", "activate", "Open", "activate", "Open what is selected"),
        ("v", "mark", "Mark", "mark", "Mark the selected node, or no longer"),
        ("ctrl+a", "mark_all", "Mark all", "mark-all", "Mark every node"),
    )
    for key, action, description, name, tip in rest:
        found.append(Binding(key, action, description, show=False, id=f"canvas.{name}", tooltip=tip))
    return found


class GraphCanvas(Pointing, can_focus=True):
    """A graph a person works in; posts what is selected, opened, chosen, joined and placed."""

    BINDINGS: ClassVar[list[BindingType]] = _keys()

    def action_pan(self, direction: Direction) -> None:
        """Scroll without selecting."""
        x, y = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}[direction]
        self.scroll_relative(x * STEP.x, y * STEP.y, animate=False)

    def action_zoom(self, step: int = 1) -> None:
        """Show less of each node, and after the least the most again; `step` -1 goes the other way."""
        index = LEVELS.index(self.level) + step
        self.zoom = LEVELS[index % len(LEVELS)]
