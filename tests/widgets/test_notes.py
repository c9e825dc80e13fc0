"""Notes of several lines with a cursor on one of them."""

from textual.app import App, ComposeResult

from widgets.notes import Note, NoteList

LONG = "one two three four five six seven eight nine ten"
NOTES = (Note("a", "First", LONG, "bad"), Note("b", "", "short", "warn", "and more"), Note("c", "C", LONG))


class Host(App[None]):
    """Shows a list and keeps what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield NoteList()

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(NoteList).show(NOTES, "nothing", "good")
        self.query_one(NoteList).focus()

    def on_note_list_chosen(self, event: NoteList.Chosen) -> None:
        """Keep it."""
        self.heard.append(("chosen", event.key))

    def on_note_list_picked(self, event: NoteList.Picked) -> None:
        """Keep it."""
        self.heard.append(("picked", event.key))

    def on_note_list_applied(self, event: NoteList.Applied) -> None:
        """Keep it."""
        self.heard.append(("applied", event.key))


def shown(notes: NoteList) -> list[str]:
    """The lines in sight, without blanks at their ends."""
    return [notes.render_line(y).text.rstrip() for y in range(notes.size.height)]


async def test_notes_are_wrapped_under_their_marks():
    """No word is lost; each first line has its mark, each line of the chosen one the cursor."""
    app = Host()
    async with app.run_test(size=(24, 14)):
        lines = shown(app.query_one(NoteList))

        assert lines[0] == "▌▲ First: one two"
        assert lines[1].startswith("▌  ")
        assert " ".join(line[3:] for line in lines[:4]).strip() == f"First: {LONG}"
        assert lines[4:6] == [" ! short", "   and more"]
        assert lines[6].startswith(" · C: one")


async def test_keys_go_from_note_to_note():
    """Up and down, first and last; Enter picks."""
    app = Host()
    async with app.run_test(size=(24, 6)) as pilot:
        await pilot.press("down", "down", "enter", "home", "end", "up")
        await pilot.pause()

        assert app.heard == [
            ("chosen", "b"),
            ("chosen", "c"),
            ("picked", "c"),
            ("chosen", "a"),
            ("chosen", "c"),
            ("chosen", "b"),
        ]


async def test_all_of_the_chosen_note_is_in_sight():
    """Going down its last line is seen, going up its first."""
    app = Host()
    async with app.run_test(size=(24, 4)) as pilot:
        notes = app.query_one(NoteList)
        await pilot.press("end")
        await pilot.pause()
        assert shown(notes)[-1].endswith("nine ten")
        await pilot.press("home")
        await pilot.pause()
        assert shown(notes)[0].startswith("▌▲ First")


async def test_a_click_on_any_line_means_its_note():
    """Once chooses, twice applies."""
    app = Host()
    async with app.run_test(size=(24, 14)) as pilot:
        await pilot.click(NoteList, offset=(5, 4))
        await pilot.pause()
        assert app.heard == [("chosen", "b"), ("chosen", "b")]
        await pilot.click(NoteList, offset=(5, 1), times=2)
        await pilot.pause()
        assert app.heard[-1] == ("applied", "a")


async def test_the_cursor_stays_on_its_note_or_in_its_place():
    """When notes come and go, and when the width changes."""
    app = Host()
    async with app.run_test(size=(24, 14)) as pilot:
        notes = app.query_one(NoteList)
        await pilot.press("down")
        notes.show(NOTES[1:])
        assert notes.picked == "b"
        await pilot.resize_terminal(14, 14)
        assert notes.picked == "b"
        notes.show(NOTES[:1])
        assert notes.picked == "a"
        notes.show((), "nothing", "good")
        assert notes.picked is None
        assert shown(notes)[0] == " nothing"


async def test_until_it_is_moved_the_cursor_is_on_the_first_note():
    """What comes in front, being graver, is what one should read first."""
    app = Host()
    async with app.run_test(size=(24, 14)):
        notes = app.query_one(NoteList)
        notes.show(NOTES[1:])
        notes.show(NOTES)
        assert notes.picked == "a"
