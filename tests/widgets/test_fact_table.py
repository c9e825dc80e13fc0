"""Facts: columns, updates, and asking why."""

from textual.app import App

from widgets.facts import Fact, FactTable, Heading

FACTS = (
    Heading("now"),
    Fact("load", "concurrency", "24.0", "", "+4.2 %", "warn"),
    Fact("p99", "p99", "143", "ms", "−12 %", "good"),
    Heading("cost"),
    Fact("usd", "cost", "$212.40", "/mo"),
)


class FactApp(App):
    """Facts and what was asked."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def compose(self):
        """One table."""
        yield FactTable(FACTS)

    def on_fact_table_asked(self, event):
        """Keep what was asked."""
        self.asked.append(event.key)


def lines(table):
    """The table as text."""
    return [table.render_line(y).text.rstrip() for y in range(table.size.height)]


async def test_values_end_in_one_column():
    """Values stand right under each other; a tone is a mark, a heading a rule."""
    app = FactApp()
    async with app.run_test(size=(44, 20)) as pilot:
        await pilot.pause()
        shown = lines(app.query_one(FactTable))

        assert shown[0].startswith("── now ──")
        values = {1: "24.0", 2: "143", 4: "$212.40"}
        assert len({shown[row].index(text) + len(text) for row, text in values.items()}) == 1
        assert [line[1] for line in shown[1:3]] == ["!", "✓"]


async def test_asking():
    """Enter and a click ask for the fact; headings are passed over."""
    app = FactApp()
    async with app.run_test() as pilot:
        table = app.query_one(FactTable)
        table.focus()
        await pilot.press("down", "down", "enter")
        await pilot.click(table, offset=(6, 1))
        await pilot.click(table, offset=(6, 0))
        await pilot.pause()

        assert app.asked == ["usd", "load"]


async def test_updates_keep_the_cursor():
    """New values change in place; other facts keep the cursor where they can."""
    app = FactApp()
    async with app.run_test() as pilot:
        table = app.query_one(FactTable)
        table.focus()
        await pilot.press("down")
        table.show((*FACTS[:2], Fact("p99", "p99", "99", "ms", "−30 %", "good"), *FACTS[3:]))
        await pilot.pause()
        assert "99 ms" in lines(table)[2]
        table.show(FACTS[2:])
        await pilot.press("enter")
        await pilot.pause()

        assert app.asked == ["p99"]
