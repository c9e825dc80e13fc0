"""The workbench's keys, each with an id (by which it can be remapped) and what it does."""

from textual.binding import Binding, BindingType

_LOAD = Binding.Group("load", compact=True)
_UNDO = Binding.Group("undo", compact=True)


def _key(keys: str, action: str, text: str, name: str, tip: str, **more: object) -> Binding:
    return Binding(keys, action, text, id=name, tooltip=tip, **more)  # type: ignore[arg-type]


def _hidden(keys: str, action: str, text: str, name: str, tip: str) -> Binding:
    return _key(keys, action, text, name, tip, show=False)


KEYS: tuple[BindingType, ...] = (
    _key("a", "add", "Add", "design.add", "Add a service after what is selected, or into the selected edge"),
    _key("c", "connect", "Connect", "design.connect", "Connect the selected node to another, by its letter"),
    _key("e", "edit", "Edit", "design.edit", "Go to the settings of what is selected"),
    _key("x,delete", "delete", "Delete", "design.delete", "Delete what is selected or marked, with its edges",
         key_display="x"),
    _hidden("r", "rename", "Rename", "design.rename", "Give what is selected another name; or the design"),
    _hidden("d", "duplicate", "Duplicate", "design.duplicate", "Copy what is selected beside itself"),
    _hidden("ctrl+c", "copy", "Copy", "design.copy", "Copy what is selected or marked, as TOML"),
    _hidden("ctrl+x", "cut", "Cut", "design.cut", "Copy what is selected or marked, and take it away"),
    _hidden("ctrl+v", "paste", "Paste", "design.paste", "Add what was copied, here or in another design"),
    _hidden("A", "arrange", "Arrange", "design.arrange", "Let the layout place every node again"),
    _hidden("menu,shift+f10,f22", "menu", "Menu", "design.menu", "Show what can be done where one is"),
    _hidden("g", "jump", "Jump", "view.jump", "Go to anything on the screen by its letter"),
    _hidden("slash", "search", "Search", "view.search", "Find a node or a connection by its name"),
    _key("w", "why", "Why", "design.why", "Say why the chosen number is what it is, or what goes wrong"),
    _hidden("f", "fix", "Fix", "advice.fix", "Apply what mends the chosen finding of the advice"),
    _hidden("F", "fix_all", "Fix all", "advice.fix-all", "Apply all fixes of the advice as one step"),
    _key("u", "undo", "Undo", "design.undo", "Take back the last change", group=_UNDO),
    _key("U", "redo", "Redo", "design.redo", "Do again what was undone", group=_UNDO),
    _hidden("ctrl+z", "undo", "Undo", "design.undo-too", "Take back the last change"),
    _hidden("ctrl+y", "redo", "Redo", "design.redo-too", "Do again what was undone"),
    Binding("ctrl+shift+z", "redo", "Redo", show=False, id="design.redo-elsewhere"),
    _key("left_square_bracket", "turn(-1)", "Less load", "load.less", "Turn the load down by a fifth",
         key_display="[", group=_LOAD),
    _key("right_square_bracket", "turn(1)", "More load", "load.more", "Turn the load up by a quarter",
         key_display="]", group=_LOAD),
    _hidden("left_curly_bracket", "turn(-1, True)", "Half the load", "load.half", "Halve the load"),
    _hidden("right_curly_bracket", "turn(1, True)", "Twice the load", "load.double", "Double the load"),
    _hidden("0", "turn_back", "Load as drawn", "load.reset", "Turn the load back to ×1"),
    _key("space", "play", "Play", "time.play", "Let the run over time go by, or hold it"),
    _hidden("comma", "step(-1)", "Back", "time.back", "Show the moment before"),
    _hidden("full_stop", "step(1)", "On", "time.on", "Show the next moment"),
    _hidden("less_than_sign", "pace(-1)", "Slower", "time.slower", "Play half as fast"),
    _hidden("greater_than_sign", "pace(1)", "Faster", "time.faster", "Play twice as fast"),
    _key("b", "baseline", "Baseline", "design.baseline", "Show changes against the numbers of now"),
    _key("V", "variants", "Variants", "design.variants", "Choose a variant of the design: what if …"),
    _key("z", "zoom", "Zoom", "view.zoom", "Show less of each node, or the most again"),
    _key("p", "presets", "Presets", "file.presets", "Open a design that comes along"),
    _hidden("X", "exercises", "Exercises", "file.exercises", "Open a design with a fault to be mended"),
    _key("ctrl+s", "save", "Save", "file.save", "Write the design to its file"),
    _hidden("S,ctrl+shift+s", "save_as", "Save as", "file.save-as", "Write the design to another file"),
    _key("ctrl+o", "open", "Open", "file.open", "Open a design from a file"),
    _hidden("ctrl+n", "new", "New", "file.new", "Begin an empty design; asks where something is unsaved"),
    _hidden("m", "maximize", "Maximise", "view.maximize", "Give all the room to where one is, or back"),
    _hidden("t", "app.change_theme", "Themes", "view.theme", "Choose the colours"),
    _hidden("escape", "back", "Back", "view.back", "Back to the canvas, then to the whole design"),
    _hidden("f1", "reference", "About the service", "app.reference",
            "Read what the selected service is: its settings, limits, formulas and prices"),
    _key("question_mark", "help", "Help", "app.help", "Show the keys of where one is", key_display="?"),
    _key("q", "leave", "Quit", "app.quit", "End the app; asks where something is unsaved"),
)  # fmt: skip
