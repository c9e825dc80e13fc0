"""Scroll bars are painted with what they belong to."""

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen

from widgets.facts import Fact, FactTable

FACTS = tuple(Fact(f"fact.{place}", f"fact {place}", str(place)) for place in range(40))


class Table(App[None]):
    """One table that is as high as its rows."""

    CSS = "FactTable { height: auto; max-height: 50%; overflow-y: scroll; }"

    def compose(self) -> ComposeResult:
        """Show some of the facts."""
        yield FactTable(FACTS[:3])


@pytest.mark.parametrize("rows", [1, 8, 40])
async def test_other_heights_are_painted_once(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer rows, more rows, and more than there is room for take one painting, bar and all."""
    paintings = []
    paint = Screen._compositor_refresh

    def count(screen: Screen[object]) -> None:
        paintings.append(screen)
        paint(screen)

    async with Table().run_test(size=(40, 20)) as pilot:
        await pilot.pause(0.1)
        monkeypatch.setattr(Screen, "_compositor_refresh", count)
        table = pilot.app.query_one(FactTable)
        table.show(FACTS[:rows])
        await pilot.pause(0.15)
        assert table.size.height == min(rows, 10)
        assert len(paintings) == 1
        assert table.vertical_scrollbar.window_virtual_size == rows
