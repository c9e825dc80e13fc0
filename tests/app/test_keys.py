"""Every key has an id and words, can be given to something else, and is shown as it is set."""

import tomllib

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from sandbox.app.commands import Commands
from sandbox.app.config import Config, loads
from sandbox.app.dialogs.help import HelpDialog, drawn
from sandbox.app.keys.bound import kinds, known, places
from sandbox.app.keys.deeds import bindings, deeds, keyed
from sandbox.app.keys.example import example
from sandbox.app.keys.rows import TOGETHER, rows
from sandbox.app.keys.setting import keymap_of, problems
from sandbox.app.keys.situations import ALWAYS, ORDER
from sandbox.app.keys.written import brief, named, written
from sandbox.app.workbench import Workbench
from tests.app.shop import opened, until
from widgets.keybar import KeyBar

EVERY = sorted(known())


def test_every_binding_of_ours_has_an_id_and_says_what_it_does() -> None:
    """So that it can be remapped, found and explained; an id means one thing."""
    for kind in kinds():
        for base in kind.__mro__:
            if base.__module__.startswith(("sandbox", "widgets")):
                assert all(one.id and one.description for one in base.__dict__.get("BINDINGS", ())), base
    for name, binding in known().items():
        actions = {one.action for kind in kinds() for one in bindings(kind) if one.id == name}
        assert len(actions) <= 1, (name, actions)
        assert binding.tooltip or name.endswith("-elsewhere"), name


@pytest.mark.parametrize("name", EVERY)
def test_keys_are_read_as_they_are_written(name: str) -> None:
    """What the help shows can be put into the configuration."""
    for key in known()[name].key.split(","):
        for plain in (False, True):
            assert named(written(key.strip(), plain=plain)) == named(key.strip()) is not None
        assert brief(key.strip(), plain=True).isascii()


def test_the_example_is_all_of_it_and_changes_nothing() -> None:
    """Every action with its default; with the comments taken off it is right, and the same as nothing."""
    lines = example().splitlines()
    table = "\n".join(line.removeprefix("# ") for line in lines if line.startswith(('# "', "["))).split(
        "[keys]"
    )[1]
    keys = tomllib.loads(table)

    assert tomllib.loads(example()) == {"look": {}, "keys": {}}
    assert set(keys) == {name for name, binding in known().items() if binding.tooltip}
    assert list(problems(keys)) == []
    for name, given in keymap_of(keys).items():
        assert given == ",".join(dict.fromkeys(filter(None, map(named, known()[name].key.split(",")))))
    look = "\n".join(
        line.removeprefix("# ") for line in lines if line.startswith(("# theme", "# pal", "# asc", "# mot"))
    )
    config = loads(f"[look]\n{look}\n")
    assert config.problems == ()
    assert (config.theme, config.palette, config.ascii, config.motion) == ("auto", "default", None, True)


def test_no_keys_collide_as_they_come() -> None:
    """In each layer of each place a key does one thing."""
    for place in places():
        for layer in place.layers:
            keys = [one.key for one in layer]
            assert len(keys) == len(set(keys)), place.name


def test_the_line_of_keys_names_what_there_is() -> None:
    """Each id of a situation is bound to something; so is each that the help tells together."""
    names = {name for order in (*ORDER.values(), ALWAYS) for name in order}
    names |= {name for *_, several in TOGETHER.values() for name in several.split()}

    assert not names - known().keys()


REMAPPED = Config(keys={"design.why": "ctrl+k", "design.baseline": "", "load.more": "n,f5"})


async def test_a_remapped_key_works_and_the_old_one_does_not() -> None:
    """Also where there are several; an action without keys is still in the palette."""
    async with opened(config=REMAPPED) as (pilot, bench):
        await pilot.press("n", "f5")
        await until(pilot, lambda: bench.reading.evaluation.load == pytest.approx(1.25**2))
        await pilot.press("right_square_bracket")
        assert bench.document.load == pytest.approx(1.25**2)

        before = bench.baseline
        await pilot.press("b")
        assert bench.baseline is before


async def test_help_palette_line_and_texts_show_the_keys_that_are_set() -> None:
    """Wherever a key is named."""
    async with opened(config=REMAPPED) as (pilot, bench):
        told = {row.text: row.keys for row in rows(bench)}
        assert told["Turn the load up by a quarter"] == "n f5"
        assert "Show changes against the numbers of now" not in told
        assert keyed(bench, "{load.more}, {design.baseline}, {no.thing}") == "n, “Baseline”, {no.thing}"

        bench.canvas.select("place")
        await pilot.pause()
        assert "^k why" in bench.query_one(KeyBar).render().plain

        titles = [hit.display.plain if hasattr(hit.display, "plain") else str(hit.display)
                  async for hit in Commands(bench).discover()]  # fmt: skip
        assert "More load  (n f5)" in titles
        assert "Baseline" in titles


async def test_the_palette_has_every_action_of_the_screen_its_parts_and_the_panels() -> None:
    """Whatever a key does can be found by its name."""
    async with opened() as (_, bench):
        hits = [hit async for hit in Commands(bench).discover()]
        texts = [str(hit.text or hit.display) for hit in hits]
        wanted = [deed for kind in (Workbench, type(bench.canvas)) for deed in deeds(kind)]

        for deed in wanted:
            assert any(text.startswith(deed.title) for text in texts), deed
        assert any("By node or kind" in text for text in texts)


async def test_an_action_of_a_panel_runs_from_the_palette() -> None:
    """The panel is brought in sight for it."""
    async with opened() as (pilot, bench):
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        pilot.app.screen.query_one(Input).value = "by node or kind"
        await pilot.pause(0.4)
        await pilot.press("enter")
        await until(pilot, lambda: bench.panels.active == "cost")
        await until(pilot, lambda: bench.query_one("#panel-cost").grouping == "kind")


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (200, 55), (40, 12)])
async def test_saving_opening_and_quitting_are_always_found(size) -> None:
    """At every size the line is whole words, and leads to what one must find."""
    async with opened(size=size) as (pilot, bench):
        for node in (None, "place"):
            bench.canvas.select(node)
            await pilot.pause()
            bar = bench.query_one(KeyBar)
            line = bar.render().plain
            assert len(line) <= bar.size.width
            assert line.endswith("? help")
            if size[0] >= 80:
                assert all(words in line for words in ("a add", "^s save", "^o open", "q quit"))


async def test_the_line_says_what_matters_where_one_is() -> None:
    """It follows the selection, the marks, the focus, and letters that wait to be typed."""
    async with opened(size=(140, 40)) as (pilot, bench):

        async def line() -> str:
            await pilot.pause()
            return bench.query_one(KeyBar).render().plain

        assert "delete" not in await line()
        bench.canvas.select("place")
        assert "c connect" in await line()
        bench.canvas.select(None, 0)
        assert "connect" not in await line()
        assert "x delete" in await line()
        bench.canvas.select("place")
        bench.canvas.marked = frozenset({"place", "intake"})
        assert (await line()).startswith("d duplicate")
        bench.canvas.marked = frozenset()
        await pilot.press("c")
        assert (await line()).startswith("a–z choose")
        await pilot.press("escape", "e")
        assert (await line()).startswith("← → change")


async def test_the_help_puts_first_what_belongs_to_where_one_is() -> None:
    """In the settings their keys; two columns fit on 80 cells."""
    async with opened(size=(80, 24)) as (pilot, bench):
        assert rows(bench)[0].group == "Design"
        bench.canvas.select("place")
        await pilot.press("e")
        assert rows(bench)[0].group == "Settings"
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpDialog))


async def test_what_is_wrong_is_noticed_and_the_default_used() -> None:
    """The app starts with any configuration, and says what it makes of it."""
    config = loads('[keys]\n"design.ad" = "n"\n[look]\ntheme = "sandbox-lite"\n')
    async with opened(config=config) as (pilot, _):
        app = pilot.app
        await until(pilot, lambda: app._notifications)
        (notice,) = app._notifications
        assert "configuration:2: keys.design.ad is not an action" in notice.message
        assert "there is no theme 'sandbox-lite'. Did you mean 'sandbox-light'?" in notice.message
        assert app.theme == "sandbox-dark"


async def test_the_help_has_two_columns_where_there_is_little_room() -> None:
    """On 80 cells short words stand there; the long ones are still found."""
    async with opened(size=(80, 24)) as (_, bench):
        told = rows(bench)
        text = drawn(told, 70).plain
        first = text.splitlines()[0]

        assert first.startswith("Design")
        assert len(first.split()) > 1
        assert max(map(len, text.splitlines())) <= 70
        assert any(row.has(["turn", "load", "quarter"]) for row in told)
