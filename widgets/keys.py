"""The keys of rows, forms and tables, each with an id by which an app lets people change it."""

from textual.binding import Binding, BindingsMap, BindingType, Keymap
from textual.widget import Widget

_CHOOSE = Binding.Group("choose", compact=True)
_CHANGE = Binding.Group("change", compact=True)
_SORT = Binding.Group("sort", compact=True)


def _key(
    keys: str, action: str, text: str, name: str, tip: str, group: Binding.Group | None = None
) -> Binding:
    return Binding(keys, action, text, show=False, id=name, tooltip=tip, group=group)


LINES: tuple[BindingType, ...] = (
    _key("up,k", "move(-1)", "Up", "rows.up", "A row up", _CHOOSE),
    _key("down,j", "move(1)", "Down", "rows.down", "A row down", _CHOOSE),
    _key("pageup", "page(-1)", "Page up", "rows.page-up", "A page up"),
    _key("pagedown", "page(1)", "Page down", "rows.page-down", "A page down"),
    _key("home", "edge(-1)", "First", "rows.first", "To the first row"),
    _key("end", "edge(1)", "Last", "rows.last", "To the last row"),
)
"""Of everything that has rows."""

FORM: tuple[BindingType, ...] = (
    _key("left,h", "nudge(-1)", "Less", "form.less", "Less, or the choice before", _CHANGE),
    _key("right,l", "nudge(1)", "More", "form.more", "More, or the next choice", _CHANGE),
    _key("shift+left,H", "nudge(-1, True)", "Much less", "form.much-less", "Less by three steps"),
    _key("shift+right,L", "nudge(1, True)", "Much more", "form.much-more", "More by three steps"),
    _key("enter", "enter", "Type", "form.type", "Type over the value, or flip it"),
    _key("backspace,delete", "restore", "Default", "form.default", "Back to the default"),
)
"""Of a form: what changes the field under the cursor."""

DIAL: tuple[BindingType, ...] = (
    _key("left,h,down", "nudge(-1)", "Less", "dial.less", "Turn the load down", _CHANGE),
    _key("right,l,up", "nudge(1)", "More", "dial.more", "Turn the load up", _CHANGE),
    _key("shift+left,H", "nudge(-1, True)", "Half", "dial.half", "Halve the load"),
    _key("shift+right,L", "nudge(1, True)", "Twice", "dial.double", "Double the load"),
    _key("backspace,delete", "restore", "As drawn", "dial.default", "Turn the load back to ×1"),
)
"""Of the dial, while it has the focus."""

TABLE: tuple[BindingType, ...] = (
    _key("enter", "pick", "Show", "table.show", "Show the node that the row is about"),
    _key("s", "sort", "Sort", "table.sort", "Sort by the next column", _SORT),
    _key("S", "reverse", "Other way", "table.reverse", "Sort the other way round", _SORT),
)
"""Of a table."""

NOTES: tuple[BindingType, ...] = (
    _key("enter", "pick", "Go there", "notes.go", "Go to what the note is about"),
)
"""Of a list of notes."""

FACTS: tuple[BindingType, ...] = (
    _key("enter", "ask", "Why", "facts.why", "Say why the number is what it is"),
)
"""Of numbers that can be asked about."""


def bound(widget: Widget, key: str) -> tuple[Binding, ...]:
    """What a key does in a widget itself, as the person has set the keys."""
    bindings: BindingsMap = widget._bindings.copy()  # noqa: SLF001  # as Textual looks them up
    keymap: Keymap = widget.app._keymap  # noqa: SLF001
    if keymap:
        bindings.apply_keymap(keymap)
    return tuple(bindings.key_to_bindings.get(key, ()))
