"""The TOML editor: highlights, marks, and texts that are changed elsewhere."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from widgets.editor import TomlEditor
from widgets.editor.following import change, merged

TEXT = "".join(f"[nodes.n{i}]\nservice = \"lambda\"\nmemory_mb = {i}\n\n" for i in range(20))  # fmt: skip


class Host(App[None]):
    """An editor alone."""

    def compose(self):
        """The editor."""
        yield TomlEditor(TEXT)

    def on_toml_editor_undo_asked(self, event):
        """Count what is asked."""
        self.asked = event.forth


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_a_change_turns_one_text_into_the_other(old: list[str], new: list[str]) -> None:
    """What is before and behind it is alike in both."""
    at = change(old, new)

    assert old[: at.first] + new[at.first : at.new_end] + old[at.old_end :] == new
    assert 0 <= at.first <= min(at.old_end, at.new_end)


@given(st.permutations(list("abcdefgh")), st.integers(0, 2), st.integers(4, 6))
def test_changes_in_different_lines_are_taken_both(base: list[str], one: int, other: int) -> None:
    """Whoever is asked first, and nothing else is changed."""
    mine, theirs = [*base], [*base]
    mine[one : one + 1], theirs[other : other + 2] = ["x", "y"], ["z"]

    both = merged(base, mine, theirs)

    assert both == merged(base, theirs, mine)
    assert both == [*base[:one], "x", "y", *base[one + 1 : other], "z", *base[other + 2 :]]


async def test_following_is_exact() -> None:
    """Whatever text comes from elsewhere stands there to the byte, and nothing is unfinished."""
    chance = random.Random(3)
    app = Host()
    async with app.run_test(size=(60, 12)):
        editor = app.query_one(TomlEditor)
        for _ in range(60):
            lines = editor.text.split("\n")
            at = chance.randrange(len(lines) + 1)
            cut = chance.randrange(4)
            put = [chance.choice(["", "a = 1", "# ü→", "x" * 90]) for _ in range(chance.randrange(3))]
            text = "\n".join([*lines[:at], *put, *lines[at + cut :]])
            editor.follow(text)
            assert editor.text == text
            assert not editor.is_unfinished


async def test_following_keeps_cursor_and_view() -> None:
    """A change above moves the view along with its lines; the cursor stays in its line."""
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        editor = app.query_one(TomlEditor)
        editor.cursor_location = (41, 4)
        editor.scroll_to(y=38, animate=False, immediate=True)
        await pilot.pause()

        editor.follow("# one\n# two\n" + TEXT)
        await pilot.pause()
        assert editor.cursor_location == (43, 4)
        assert editor.scroll_offset.y == 40

        editor.follow("# one\n# two\n" + TEXT + "# last\n")
        await pilot.pause()
        assert (editor.cursor_location, editor.scroll_offset.y) == ((43, 4), 40)


async def test_marks_say_which_lines_are_wrong() -> None:
    """A wrong line has a sign beside its number, so that no colour is needed."""
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        editor = app.query_one(TomlEditor)
        editor.wrong = frozenset({2})
        await pilot.pause()

        assert editor.render_line(0).text.startswith(" 1  [nodes.n0]")
        assert editor.render_line(1).text.startswith(' 2! service = "lambda"')


async def test_parts_are_highlighted_in_the_themes_colours() -> None:
    """Tables, keys, texts and numbers differ, and follow the theme."""
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        editor = app.query_one(TomlEditor)

        def colours() -> dict[str, object]:
            return {
                segment.text.strip(): segment.style.color
                for y in range(3)
                for segment in editor.render_line(y)
                if segment.text.strip()
            }

        dark = colours()
        assert len({dark["nodes.n0"], dark["service"], dark['"lambda"'], dark["0"]}) == 4
        app.theme = "textual-light"
        await pilot.pause()
        light = colours()
        assert light.keys() == dark.keys()
        assert light['"lambda"'] != dark['"lambda"']


async def test_undo_is_somebody_elses_where_nothing_is_unfinished() -> None:
    """Typing is taken back here until it is agreed on; then a step back is asked for."""
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        editor = app.query_one(TomlEditor)
        editor.focus()
        await pilot.press("x", "ctrl+z")
        assert editor.text == TEXT
        assert not hasattr(app, "asked")

        await pilot.press("x")
        editor.settle()
        await pilot.press("ctrl+z")
        assert editor.text == "x" + TEXT
        assert app.asked is False
        await pilot.press("ctrl+y")
        assert app.asked is True


@pytest.mark.parametrize("line", [1, 40, 81])
async def test_reveal(line: int) -> None:
    """A line comes in sight without the focus being taken."""
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        editor = app.query_one(TomlEditor)
        app.set_focus(None)
        editor.reveal(line)
        await pilot.pause()
        assert editor.line == line
        assert 0 <= line - 1 - editor.scroll_offset.y < 12
        assert not editor.has_focus
