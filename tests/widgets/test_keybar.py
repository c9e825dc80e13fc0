"""The line of keys: what fits, and that it follows and works."""

from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.binding import Binding
from textual.widgets import Static

from widgets.keybar import Hint, KeyBar, fitting

LOAD = Binding.Group("load")


class Part(Static, can_focus=True):
    """Something with a key of its own."""

    BINDINGS: ClassVar = [Binding("z", "zoom", "Zoom")]


class KeyApp(App):
    """A few keys, two of which belong together."""

    BINDINGS: ClassVar = [
        Binding("a", "add", "Add", id="add"),
        Binding("left_square_bracket", "turn(-1)", "Less", group=LOAD, key_display="[", id="less"),
        Binding("right_square_bracket", "turn(1)", "More", group=LOAD, key_display="]", id="more"),
        Binding("h", "hide", "Hidden", show=False, id="hide"),
        Binding("question_mark", "keys", "Help", key_display="?", id="help"),
    ]

    def __init__(self):
        super().__init__()
        self.done = []

    def compose(self):
        """Something to focus, and the keys."""
        yield Part("one")
        yield KeyBar()

    def action_turn(self, direction):
        """Keep which way."""
        self.done.append(direction)

    def action_add(self):
        """Keep that it was pressed."""
        self.done.append("add")

    def action_keys(self):
        """Keep that it was pressed."""
        self.done.append("help")


@given(st.lists(st.text("abc", min_size=1, max_size=12), max_size=12), st.integers(8, 160))
def test_hints_fit_and_help_stays(texts, room):
    """What is shown fits, begins with the first, and always has the help."""
    hints = tuple(Hint((str(at),), (str(at),), text) for at, text in enumerate(texts))
    shown = fitting((*hints, Hint(("question_mark",), ("?",), "help", name="help")), room, ["help"])

    assert sum(hint.width for hint in shown) + 2 * (len(shown) - 1) <= room
    assert shown[-1].text == "help"
    assert shown[:-1] == hints[: len(shown) - 1]


@given(st.integers(1, 120))
def test_what_is_always_wanted_leaves_half_of_the_room(room):
    """The first stays in any case, the others where as much is left for what matters now."""
    now = tuple(Hint((name,), (name,), "does", name=name) for name in "abcdefgh")
    always = tuple(Hint((name,), (name,), "always", name=name) for name in "qso")
    shown = [hint.name for hint in fitting((*now, *always), room, "qso")]

    kept = [name for name in shown if name in "qso"]
    assert kept == list("osq")[-len(kept) :]
    assert len(kept) == 1 or 10 * len(kept) <= room / 2
    assert shown[: -len(kept)] == list("abcdefgh")[: len(shown) - len(kept)]


async def test_an_order_shows_what_matters_now_and_nothing_that_cannot_be_done():
    """Hidden keys too where they are asked for; words stand in the place of keys."""
    app = KeyApp()
    async with app.run_test(size=(80, 5)) as pilot:
        bar = app.query_one(KeyBar)
        await pilot.pause()
        bar.order = ("hide", "more", "less", "unknown")
        bar.always = ("help",)
        assert bar.render().plain == "h hidden  ] [ load  ? help"

        bar.words = (Hint((), ("a-z",), "choose"),)
        assert bar.render().plain == "a-z choose"
        bar.words = ()
        assert "load" in bar.render().plain


async def test_remapped_keys_are_shown_and_pressed():
    """The line has the keys that the person has set."""
    app = KeyApp()
    app.set_keymap({"add": "x,ctrl+a", "hide": "j"})
    async with app.run_test(size=(80, 5)) as pilot:
        bar = app.query_one(KeyBar)
        bar.order = ("add", "hide")
        await pilot.pause()
        assert bar.render().plain == "x add  j hidden"
        await pilot.press("a", "ctrl+a")
        assert app.done == ["add"]


async def test_follows_the_focus_and_presses_keys():
    """The focused widget's keys come first; a click presses the key under it, one of a pair as well."""
    app = KeyApp()
    async with app.run_test(size=(80, 5)) as pilot:
        bar = app.query_one(KeyBar)
        await pilot.pause()
        text = bar.render().plain
        assert "z zoom  a add  [ ] load" in text
        assert "Hidden" not in text

        for sign in ("[", "]", "a", "?"):
            await pilot.click(bar, offset=(1 + text.index(sign, 8 if sign == "a" else 0), 0))
        await pilot.pause()
        assert app.done == [-1, 1, "add", "help"]

        app.screen.set_focus(None)
        await pilot.pause()
        assert "zoom" not in bar.render().plain
