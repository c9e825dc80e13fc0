"""The form under keys and mouse."""

from dataclasses import replace
from typing import ClassVar

from textual.app import App
from textual.events import Key
from textual.keys import key_to_character
from textual.widgets import Button

from widgets.form import Field, ParamForm
from widgets.glyphs import ASCII

FIELDS = (
    Field("memory", "memory", "integer", 512, 128, "MB", low=128, high=10_240,
          choices=(128, 512, 1024, 2048, 4096), help="Memory of one instance.", aws_name="MemorySize"),
    Field("duration", "duration", "number", 80.0, 100.0, "ms", low=0, above_low=True),
    Field("reserved", "reserved", "integer", 7, None, low=0, high=1_000, optional=True),
    Field("arch", "architecture", "choice", "arm64", "x86_64", choices=("arm64", "x86_64")),
    Field("snap", "SnapStart", "flag", False, False, section="starting"),
    Field("note", "remark", "text", "", optional=True, section="about"),
)  # fmt: skip


def account_limit(name, value):
    """A host's rule that no single field knows."""
    return "this account stops at 3,008 MB" if name == "memory" and value > 3008 else None


class FormApp(App):
    """A form, something else to focus, and what the form said."""

    BINDINGS: ClassVar = [("u", "undo", "Undo"), ("x", "delete", "Delete")]

    def __init__(self):
        super().__init__()
        self.heard = []
        self.done = []

    def compose(self):
        """A form and a button."""
        yield ParamForm(FIELDS, subject="place", validate=account_limit)
        yield Button("elsewhere")

    def on_param_form_changed(self, event):
        """Keep what went out."""
        self.heard.append((event.subject, event.name, event.value))

    def action_undo(self):
        """Keep that the app got its key."""
        self.done.append("undo")

    def action_delete(self):
        """Keep that the app got its key."""
        self.done.append("delete")


def lines(form):
    """The form as text."""
    return [form.render_line(y).text for y in range(form.size.height)]


def changed(*pairs):
    """What the form says of these edits."""
    return [("place", name, value) for name, value in pairs]


EDITS = {
    "right": changed(("memory", 1024)),
    "right right left": changed(("memory", 1024), ("memory", 2048), ("memory", 1024)),
    "down l": changed(("duration", 100.0)),
    "j shift+right": changed(("duration", 500.0)),
    "down 1 . 5 k enter": changed(("duration", 1500.0)),
    "down enter 9 enter": changed(("duration", 9.0)),
    "down enter end backspace enter": changed(("duration", 8.0)),
    "down 9 escape": [],
    "down 8 0 enter": [],
    "9 9 9 9 9 enter": [],
    "9 0 0 0 enter": [],
    "9 0 0 0 enter backspace backspace backspace backspace 2 0 4 8 enter": changed(("memory", 2048)),
    "down backspace": changed(("duration", 100.0)),
    "down down delete": changed(("reserved", None)),
    "down down backspace right": changed(("reserved", None), ("reserved", 1)),
    "down down down space": changed(("arch", "x86_64")),
    "down down down enter x enter": changed(("arch", "x86_64")),
    "end up space enter": changed(("snap", True), ("snap", False)),
    "end h i u x enter": changed(("note", "hiux")),
    "down 9 down right": changed(("duration", 9.0), ("reserved", 10)),
    "down 9 tab": changed(("duration", 9.0)),
}


async def test_keys():
    """Every edit can be made from the keyboard as fast as one types, and only right values go out."""
    app = FormApp()
    heard = {}
    async with app.run_test() as pilot:
        form = app.query_one(ParamForm)
        for keys in EDITS:
            form.focus()
            form.leave()
            form.show(FIELDS)
            form.focus_field("memory")
            for key in keys.split():
                app.post_message(Key(key, key_to_character(key)))
            await pilot.pause()
            heard[keys] = app.heard
            app.heard = []

    assert heard == EDITS


async def test_nothing_goes_out_that_nobody_did():
    """Neither mounting nor showing other values posts a change."""
    app = FormApp()
    async with app.run_test() as pilot:
        form = app.query_one(ParamForm)
        form.show([replace(field, value=field.default) for field in FIELDS])
        form.show(FIELDS[:3], subject="other")
        form.show(FIELDS)
        await pilot.pause()

        assert app.heard == []
        assert form.current.name == "memory"


async def test_mouse():
    """The signs nudge, the value opens for typing or goes round, the label only chooses."""
    app = FormApp()
    async with app.run_test() as pilot:
        form = app.query_one(ParamForm)
        await pilot.pause()
        first = lines(form)[0]
        await pilot.click(form, offset=(first.index("›"), 0))
        await pilot.click(form, offset=(first.index("‹"), 1))
        await pilot.click(form, offset=(first.index("›"), 1), shift=True)
        await pilot.click(form, offset=(4, 2))
        assert app.heard == changed(("memory", 1024), ("duration", 50.0), ("duration", 500.0))
        assert form.current.name == "reserved"
        assert not form.is_typing

        await pilot.click(form, offset=(first.index("›") - 3, 3))
        assert app.heard[3:] == changed(("arch", "x86_64"))

        await pilot.click(form, offset=(first.index("›") - 3, 1))
        assert form.is_typing
        await pilot.press("4", "2")
        await pilot.click(Button)
        await pilot.pause()
        assert app.heard[4:] == changed(("duration", 42.0))


async def test_typing_keeps_the_keys_of_the_app_out():
    """While a value is typed, letters are letters; otherwise they are the app's."""
    app = FormApp()
    async with app.run_test() as pilot:
        await pilot.press("9", "u", "x", "escape", "u")
        await pilot.pause()

        assert app.done == ["undo"]


async def test_an_error_stands_under_its_field_and_moves_nothing():
    """The sentence covers the line below while it lasts; no row changes its place."""
    app = FormApp()
    async with app.run_test() as pilot:
        form = app.query_one(ParamForm)
        await pilot.pause()
        before = lines(form)
        await pilot.press("9", "0", "0", "0", "enter")
        during = lines(form)
        await pilot.press("escape")

        assert "this account stops at 3,008 MB" in during[1]
        assert during[2:6] == before[2:6]
        assert lines(form) == before


async def test_what_differs_from_the_default_is_marked():
    """Set-apart values carry a mark, unset ones a dash, and the foot tells the rest."""
    app = FormApp()
    async with app.run_test() as pilot:
        form = app.query_one(ParamForm)
        await pilot.pause()
        assert "•memory" in lines(form)[0]
        await pilot.press("backspace")
        shown = lines(form)
        assert " memory" in shown[0]
        assert "128 › MB" in shown[0]
        assert any("Memory of one instance." in line for line in shown)
        assert any("128–10,240 MB · default 128 · MemorySize" in line for line in shown)

        form.show([replace(field, value=None) if field.optional else field for field in FIELDS])
        assert "–" in lines(form)[2]
        form.glyphs = ASCII
        assert lines(form)[2].isascii()


async def test_values_change_in_place():
    """New values of the same fields keep the cursor and what is being typed."""
    app = FormApp()
    async with app.run_test() as pilot:
        form = app.query_one(ParamForm)
        await pilot.press("down", "4")
        form.show([replace(field, value=2048) if field.name == "memory" else field for field in FIELDS])
        assert "2,048" in lines(form)[0]
        assert form.is_typing
        await pilot.press("2", "enter")
        await pilot.pause()

        assert app.heard == changed(("duration", 42.0))


async def test_another_subject_settles_what_was_typed():
    """A value typed for one node is never given to the next."""
    app = FormApp()
    async with app.run_test() as pilot:
        form = app.query_one(ParamForm)
        await pilot.press("down", "4")
        form.show(FIELDS, subject="other")
        await pilot.pause()

        assert app.heard == changed(("duration", 4.0))
        assert form.subject == "other"
        assert form.fields == FIELDS


async def test_the_cursor_stays_in_sight_above_the_help():
    """A form taller than its room scrolls with the cursor and keeps its foot."""
    app = FormApp()
    async with app.run_test(size=(44, 12)) as pilot:
        form = app.query_one(ParamForm)
        many = [replace(FIELDS[1], name=f"f{at}", label=f"field {at}") for at in range(30)]
        form.styles.height = 12
        form.show(many)
        await pilot.press("end")
        await pilot.pause()
        assert "field 29" in lines(form)[6]
        await pilot.press("home")
        await pilot.pause()
        assert "field 0" in lines(form)[0]


async def test_an_edit_shows_even_if_nobody_answers():
    """The form draws a value it took when the host stays silent."""
    app = FormApp()
    async with app.run_test() as pilot:
        form = app.query_one(ParamForm)
        await pilot.pause()
        drawn = form.render_lines
        painted = []
        form.render_lines = lambda crop: painted.append(crop) or drawn(crop)
        await pilot.press("right")
        await pilot.pause(0.1)

        assert painted
        assert "1,024" in lines(form)[0]


async def test_labels_get_their_room_back_in_sight():
    """Fields handed over out of sight, and others before, stand as wide as there is room for in sight."""
    app = FormApp()
    async with app.run_test(size=(60, 20)) as pilot:
        form = app.query_one(ParamForm)
        assert "architecture" in "\n".join(lines(form))

        form.display = False
        await pilot.pause()
        form.show(FIELDS[1:], "another")
        form.display = True
        await pilot.pause()

        assert "architecture" in "\n".join(lines(form))
