"""Tables: column widths, order, keys and mouse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from widgets.columns import Cell, Column, Row, in_order, widths
from widgets.glyphs import ASCII
from widgets.table import Table

COLUMNS = (
    Column("at", "at", "right"),
    Column("rate", "rate", "right", down=True),
    Column("node", "node", flex=True),
    Column("limit", "limit", flex=True),
    Column("kind", "kind"),
    Column("near", "near", kind="bar", down=True),
)
ROWS = (
    Row(
        "a",
        (Cell("×1.4", 1.4), Cell("280/s", 280), "Orders", "write units per partition", "hard", 0.7),
        "bad",
    ),
    Row("b", (Cell("×15", 15), Cell("3,000/s", 3000), "Dead letters", "calls", "hard", 0.1)),
    Row(
        "c",
        (Cell("×5.0", 5), Cell("1,000/s", 1000), "Place order", "concurrency", "can be raised", 0.4),
        "warn",
    ),
)


class TableApp(App):
    """A table and what it said."""

    def __init__(self, rows=ROWS):
        super().__init__()
        self.heard = []
        self.rows = rows

    def compose(self):
        """One table."""
        yield Table(COLUMNS, self.rows, empty="Nothing is limited.")

    def on_table_picked(self, event):
        """Keep what was picked."""
        self.heard.append(("picked", event.key))

    def on_table_highlighted(self, event):
        """Keep where the cursor went."""
        self.heard.append(("highlighted", event.key))


def lines(table):
    """The table as text."""
    return [table.render_line(y).text for y in range(table.size.height)]


def order(table):
    """The rows' keys from top to bottom."""
    return "".join(row.key for row in table.rows)


@given(room=st.integers(57, 200))
def test_columns_fit(room):
    """From a terminal of 60 columns on every column of text is there and nothing is too wide."""
    found = widths(COLUMNS, ROWS, room)
    shown = [width for width in found if width]

    assert sum(shown) + 2 * (len(shown) - 1) <= room
    assert all(found[:5])
    assert found[0] == 4
    assert found[1] == 7


@pytest.mark.parametrize(("room", "bar"), [(57, False), (80, True), (120, True)])
def test_bars_take_what_is_left(room, bar):
    """A bar is drawn where there is room for it."""
    assert bool(widths(COLUMNS, ROWS, room)[5]) is bar


@pytest.mark.parametrize(
    ("column", "reverse", "keys"), [(0, False, "acb"), (1, True, "bca"), (2, False, "bac"), (5, True, "acb")]
)
def test_order(column, reverse, keys):
    """Cells are sorted by what they mean, not by how they read."""
    assert "".join(row.key for row in in_order(ROWS, column, reverse=reverse)) == keys


@pytest.mark.parametrize("size", [(60, 12), (80, 12), (140, 12)])
async def test_columns_stand_under_their_titles(size):
    """Numbers end where their title ends, at any width; the tone is a mark as well as a colour."""
    app = TableApp()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        head, *rows = lines(app.query_one(Table))[:4]
        end = head.index("rate") + len("rate")

        assert [row[:end].split()[-1] for row in rows] == ["280/s", "3,000/s", "1,000/s"]
        assert [row[1] for row in rows] == ["▲", " ", "!"]
        assert all(len(row) == size[0] for row in rows)


async def test_keys():
    """Moving says where, Enter picks, s and S sort; the cursor stays on its row."""
    app = TableApp()
    async with app.run_test() as pilot:
        table = app.query_one(Table)
        table.focus()
        await pilot.press("down", "enter", "end", "up", "s")
        await pilot.pause()
        assert app.heard == [
            ("highlighted", "b"),
            ("picked", "b"),
            ("highlighted", "c"),
            ("highlighted", "b"),
        ]
        assert (order(table), table.picked) == ("acb", "b")

        await pilot.press("s")
        assert order(table) == "bca"
        await pilot.press("S")
        assert order(table) == "acb"
        table.show(ROWS[:2])
        assert (order(table), table.picked) == ("ab", "b")


async def test_mouse():
    """A click on a title sorts, again turns it round; a click on a row picks it."""
    app = TableApp()
    async with app.run_test() as pilot:
        table = app.query_one(Table)
        await pilot.pause()
        title = lines(table)[0].index("rate")
        await pilot.click(table, offset=(title, 0))
        assert order(table) == "bca"
        assert "rate▼" in lines(table)[0]
        await pilot.click(table, offset=(title, 0))
        assert order(table) == "acb"
        await pilot.click(table, offset=(20, 3))
        await pilot.pause()

        assert app.heard == [("highlighted", "b"), ("picked", "b")]


async def test_no_rows():
    """An empty table says what that means and takes keys without harm."""
    app = TableApp(rows=())
    async with app.run_test() as pilot:
        table = app.query_one(Table)
        table.focus()
        await pilot.press("down", "enter", "s", "S", "end")
        table.glyphs = ASCII

        assert "Nothing is limited." in lines(table)[1]
        assert table.picked is None
        assert app.heard == []
