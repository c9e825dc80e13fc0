"""The graph on the screen: scrolled, zoomed, selected, chosen from and rearranged."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from widgets.canvas.pointing import Pointing

_ARROWS = (("left", "h"), ("down", "j"), ("up", "k"), ("right", "l"))

_REST = (
    ("tab", "cycle(1)", "Next", "next", "Select the next node, then the edges"),
    ("shift+tab", "cycle(-1)", "Previous", "previous", "Select the previous node or edge"),
    ("home", "first", "First node", "first", "Select the first node"),
    ("o", "edge(1)", "Next edge", "edge", "Select the next edge of the selected node"),
    ("O", "edge(-1)", "Previous edge", "edge-back", "Select the previous edge of the selected node"),
    ("enter", "activate", "Open", "activate", "Open what is selected"),
    ("v", "mark", "Mark", "mark", "Mark the selected node, or no longer"),
    ("ctrl+a", "mark_all", "Mark all", "mark-all", "Mark every node"),
    ("escape", "unmark", "Unmark", "unmark", "Mark nothing"),
)


def _keys() -> list[BindingType]:
    found: list[BindingType] = []
    for arrow, letter in _ARROWS:
        there = f"to the {arrow}" if arrow in ("left", "right") else arrow
        for keys, action, verb, name, tip in (
            (f"{arrow},{letter}", "move", "Go", arrow, f"Select the nearest node {there}"),
            (f"ctrl+{arrow},{letter.upper()}", "shift", "Move", f"move-{arrow}", f"Move the node {there}"),
            (f"shift+{arrow}", "pan", "Pan", f"pan-{arrow}", "Scroll"),
        ):
            found.append(
                Binding(
                    keys,
                    f"{action}('{arrow}')",
                    f"{verb} {arrow}",
                    show=False,
                    id=f"canvas.{name}",
                    tooltip=tip,
                )
            )
    for key, action, description, name, tip in _REST:
        found.append(Binding(key, action, description, show=False, id=f"canvas.{name}", tooltip=tip))
    return found


class GraphCanvas(Pointing, can_focus=True):
    """A graph a person works in; posts what is selected, opened, chosen, joined and placed."""

    BINDINGS: ClassVar[list[BindingType]] = _keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave escape to others while nothing is marked."""
        return action != "unmark" or bool(self.marked)
