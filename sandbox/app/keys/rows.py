"""The keys of a screen as rows for the help: section, keys, what they do."""

from collections.abc import Iterator, Mapping

from textual.screen import Screen
from textual.widget import Widget

from sandbox.app.dialogs.keytable import KeyRow
from sandbox.app.keys.deeds import REST, SECTIONS, Deed, deeds, keymap
from sandbox.app.keys.written import written
from sandbox.app.panels import panels
from widgets.glyphs import is_plain

TOGETHER = {
    "canvas.left": (
        "Select the nearest node that way",
        "Go",
        "canvas.left canvas.down canvas.up canvas.right",
    ),
    "canvas.pan-left": (
        "Scroll",
        "Scroll",
        "canvas.pan-left canvas.pan-down canvas.pan-up canvas.pan-right",
    ),
    "canvas.move-left": (
        "Move what is selected by a place",
        "Move",
        "canvas.move-left canvas.move-down canvas.move-up canvas.move-right",
    ),
    "chart.back": ("Move the cursor in time", "Cursor", "chart.back chart.on"),
    "chart.far-back": ("Far back or on", "Far", "chart.far-back chart.far-on"),
    "chart.start": ("To the start or the end", "Start, end", "chart.start chart.end"),
    "time.back": ("The moment before, or the next", "A moment", "time.back time.on"),
    "time.slower": ("Play slower or faster", "Pace", "time.slower time.faster"),
    "dial.less": ("Turn the load, once gone to", "Turn", "dial.less dial.more"),
    "dial.half": ("Halve or double it, once gone to", "Half, twice", "dial.half dial.double"),
    "rows.up": ("A row up or down", "Go", "rows.up rows.down"),
    "rows.page-up": ("A page up or down", "Page", "rows.page-up rows.page-down"),
    "rows.first": ("To the first or the last row", "First, last", "rows.first rows.last"),
}
"""By the first of bindings told in one row, what they do together, in a word or two, and all of them."""

SIGNS = (
    KeyRow("Signs", "─▶", "Call that waits for its answer", "Waits"),
    KeyRow("Signs", "┄▶", "Sent on without waiting", "Does not wait"),
    KeyRow("Signs", "═▶ ≈▶", "Polled from a queue; read from a stream", "Polled; read"),
    KeyRow("Signs", "╌✕", "Given up: to a dead-letter queue", "Given up"),
    KeyRow("Signs", "█▌ 40%", "How much of the nearest limit is used", "Of nearest limit"),
    KeyRow("Signs", "17 / 1,000", "Wanted at once, of how many there may be", "Wanted, of most"),
    KeyRow("Signs", "p99", "99 of 100 take no longer", "99 of 100"),
)
"""What the picture says."""

MOUSE = (
    KeyRow("Settings", "0–9", "Type a value; enter applies it, esc leaves it", "Type a value"),
    KeyRow("Mouse", "click", "Select; on a number, why it is so; on ‹ ›, less or more", "Select"),
    KeyRow("Mouse", "double click", "Go to the settings; on the background, add", "Settings"),
    KeyRow("Mouse", "right click", "Show what can be done there", "Menu"),
    KeyRow("Mouse", "drag", "On the background, move the picture; a node, move it", "Move"),
    KeyRow("Mouse", "drag from right", "From a node's right edge to another: connect them", "Connect"),
    KeyRow("Mouse", "shift+click", "Mark a node beside others, or no longer", "Mark"),
    KeyRow("Mouse", "ctrl+drag", "On the background: mark every node in the frame", "Mark in a frame"),
    KeyRow("Mouse", "wheel", "Scroll; on the load, turn it; with ctrl, zoom", "Scroll, zoom"),
)
"""What has no binding: typing, and what the mouse does."""


def rows(screen: Screen[None]) -> list[KeyRow]:
    """Every key of a screen, its widgets, the panels and the app, grouped; first those where the focus is."""
    kinds = (type(screen), *map(type, screen.query("*").results()), *views(), type(screen.app))
    found: dict[str, Deed] = {}
    for kind in dict.fromkeys(kinds):
        for deed in deeds(kind, keymap(screen.app)):
            found.setdefault(deed.name, deed)
    here = [] if screen.focused is None else [deed.section for deed in deeds(type(screen.focused))]
    order = (*(here if "Canvas" not in here else ()), *SECTIONS.values(), "Mouse", "Signs", REST)
    told = (*_told(found), *MOUSE, *SIGNS)
    return sorted(told, key=lambda row: order.index(row.group))


def views() -> tuple[type[Widget], ...]:
    """What the panels show, opened before or not."""
    return tuple(panel.view for panel in panels())


def _told(found: Mapping[str, Deed]) -> Iterator[KeyRow]:
    """A row for each deed that has keys; what belongs together is one row."""
    plain = is_plain()
    joined = {name for *_, names in TOGETHER.values() for name in names.split()}
    for name, deed in found.items():
        if name in TOGETHER:
            about, title, names = TOGETHER[name]
            several = [found[one].keys for one in names.split() if one in found]
            keys = " ".join(_in_turn(several, plain=plain))
        elif name in joined:
            continue
        else:
            about, title, keys = deed.about, deed.title, deed.written(plain=plain)
        if keys:
            yield KeyRow(deed.section, keys, about, title)


def _in_turn(several: list[tuple[str, ...]], *, plain: bool) -> Iterator[str]:
    """The first keys of all, then the second ones; the arrows by their common name.

    >>> list(_in_turn([("left", "h"), ("down", "j"), ("up", "k"), ("right", "l")], plain=False))
    ['arrows', 'h', 'j', 'k', 'l']
    """
    for at in range(max(map(len, several), default=0)):
        keys = [held[at] for held in several if at < len(held)]
        heads = {key.rpartition("+")[0] for key in keys}
        if [key.rpartition("+")[2] for key in keys] == ["left", "down", "up", "right"] and len(heads) == 1:
            yield "+".join(filter(None, [*heads, "arrows"]))
        else:
            yield from (written(key, plain=plain) for key in keys)
