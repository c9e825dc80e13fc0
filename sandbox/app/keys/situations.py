"""What matters where one is: the order of the keys in the line at the bottom, most useful first.

What does not fit is left out from the end, and `ALWAYS` stays. Ids that nothing is bound to, or that can
do nothing now, are passed over.
"""

from collections.abc import Collection

_TURN = ("load.less", "load.more")
_STEP = ("design.undo", "design.redo")
_VIEW = ("view.search", "view.jump", "view.zoom", "view.maximize", "view.theme")

ALWAYS = ("app.help", "app.quit", "file.save", "file.open")
"""At the end of the line in every situation, the most wanted first."""

ORDER: dict[str, tuple[str, ...]] = {
    "empty": ("design.add", "file.presets", "design.paste", *_STEP, "view.theme"),
    "design": ("design.add", *_STEP, *_TURN, "design.variants", "time.play", "view.search", "design.why",
               "file.presets", "design.baseline", "design.arrange", "canvas.mark-all", "design.edit", *_VIEW),
    "node": ("design.add", "design.connect", "design.edit", "design.delete", *_STEP, "design.rename",
             "design.duplicate", *_TURN, "time.play", "design.why", "canvas.mark", "design.copy",
             "canvas.edge", *_VIEW),
    "edge": ("design.add", "design.edit", "design.delete", *_STEP, *_TURN, "design.why", "design.rename",
             *_VIEW),
    "marked": ("design.duplicate", "design.delete", "design.copy", "design.cut", *_STEP, "canvas.mark",
               "view.back", "design.arrange", *_TURN),
    "load": ("dial.less", "dial.more", "dial.default", "view.back", *_STEP, "design.why", "view.jump"),
    "settings": ("form.less", "form.more", "form.type", "form.default", "view.back", *_STEP, "design.why",
                 *_TURN, "view.maximize"),
    "facts": ("rows.up", "rows.down", "facts.why", "view.back", *_STEP, *_TURN, "view.maximize"),
    "panel": ("rows.up", "rows.down", "table.show", "notes.go", "advice.fix", "advice.fix-all",
              "advice.turn", "headroom.turn", "table.sort", "table.reverse", "cost.regroup",
              "goals.hint", "goals.turn", "goals.hand-in", "goals.next",
              "design.why", "advice.source", "view.back", "view.maximize", *_STEP, *_TURN),
    "time": ("time.play", "chart.back", "chart.on", "time.others", "time.longer", "time.runs", "view.back",
             "view.maximize", "time.slower", "time.faster", *_STEP, *_TURN),
    "text": ("view.back", "text.take", "text.swap", "text.maximize", "design.undo-too", "design.redo-too"),
}  # fmt: skip
"""By the situation, the ids of the bindings."""


def situation(part: str, *, nodes: int, node: bool, edge: bool, marked: Collection[str]) -> str:
    """Which situation one is in.

    Args:
        part: Where the focus is: `canvas`, or a situation that depends on nothing else.
        nodes: How many the design has.
        node: Whether one is selected.
        edge: Whether one is selected.
        marked: The nodes that are marked.

    >>> situation("canvas", nodes=3, node=True, edge=False, marked=())
    'node'
    """
    if part != "canvas":
        return part
    if len(marked) > 1:
        return "marked"
    if node or edge:
        return "node" if node else "edge"
    return "design" if nodes else "empty"
