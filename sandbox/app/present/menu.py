"""What can be done with what is under the mouse: the entries of the context menu."""

from typing import NamedTuple

from sandbox.app.present.landing import Spot
from sandbox.design.model import Design


class Entry(NamedTuple):
    """One thing to do."""

    text: str
    action: str
    """Of the screen, as in `delete`."""


_ADVICE = Entry("advice", "panel('advice')")


def entries(design: Design, spot: Spot, *, can_paste: bool) -> tuple[tuple[Entry, ...], ...]:
    """What can be done, in groups.

    Args:
        design: What is drawn.
        spot: What is selected.
        can_paste: Whether something was copied.
    """
    if len(spot.marked) > 1:
        return _several(len(spot.marked))
    if spot.node is not None:
        return _node()
    if spot.edge is not None:
        return _edge()
    paste = (Entry("paste", "paste"),) if can_paste else ()
    moved = any(node.position for node in design.nodes.values())
    arrange = (Entry("arrange again", "arrange"),) if moved else ()
    first = "add here" if design.nodes else "add the first service"
    every = (Entry("mark all", "mark_all"),) if design.nodes else ()
    return (
        (Entry(first, "add"), *paste),
        (*arrange, *every, Entry("search", "search")) if design.nodes else (),
        (Entry("choose a variant", "variants"),) if design.variants else (),
        (Entry("edit the design", "edit"), Entry("rename the design", "rename"), Entry("presets", "presets")),
    )


def _node() -> tuple[tuple[Entry, ...], ...]:
    return (
        (Entry("edit", "edit"), Entry("rename", "rename"), Entry("why", "why"), _ADVICE),
        (Entry("add behind", "add"), Entry("connect to …", "connect")),
        (Entry("duplicate", "duplicate"), Entry("copy", "copy"), Entry("cut", "cut")),
        (Entry("delete", "delete"),),
    )


def _edge() -> tuple[tuple[Entry, ...], ...]:
    return (
        (Entry("edit", "edit"), Entry("why", "why"), _ADVICE),
        (Entry("insert a service", "add"),),
        (Entry("delete", "delete"),),
    )


def _several(count: int) -> tuple[tuple[Entry, ...], ...]:
    return (
        (
            Entry(f"duplicate {count}", "duplicate"),
            Entry(f"copy {count}", "copy"),
            Entry(f"cut {count}", "cut"),
        ),
        (Entry(f"delete {count}", "delete"),),
    )
