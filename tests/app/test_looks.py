"""What is drawn can be read: in every theme, with few colours or none, in ASCII, and without motion."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from rich.color import Color as Ink
from rich.color import ColorSystem
from rich.style import Style
from textual.pilot import Pilot
from textual.widgets import Input

from sandbox.app import themes
from sandbox.app.config import Config
from sandbox.app.surroundings import Surroundings, surroundings
from sandbox.catalog.service import services
from tests.app.looks import SCREENS, go, in_front, lines
from tests.app.shop import opened
from tests.app.sight import SIGHTS, distance
from widgets.canvas import palette
from widgets.legible import LEAST, contrast
from widgets.plain import plain_text

ENOUGH = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
FIRST = ("the settings",)
"""Looked at always; all others are slow."""
ALL = [*FIRST, *(pytest.param(name, marks=pytest.mark.slow) for name in SCREENS if name not in FIRST)]
PLAIN = Surroundings(is_ascii=True)


def words(pilot: Pilot[None]) -> Iterator[tuple[str, Style]]:
    """What is to be read, with its style; not what cannot be chosen now."""
    for text, style, _ in in_front(pilot):
        is_read = any(map(str.isalnum, text)) and style is not None and style.color and style.bgcolor
        if is_read and "shoppers" not in text and "traffic" not in text:  # dimmed where letters offer others
            yield text.strip(), style


@pytest.mark.parametrize("name", ALL)
async def test_texts_have_contrast_in_every_theme_of_ours(name: str) -> None:
    """Whatever is to be read, on every screen."""
    async with opened() as (pilot, bench):
        await go(pilot, bench, name)
        for theme in themes.THEMES:
            pilot.app.theme = theme.name
            await pilot.pause(0.1)
            pale = {
                (text, style.color.name, style.bgcolor.name)
                for text, style in words(pilot)
                if contrast(style.color.get_truecolor(), style.bgcolor.get_truecolor()) < ENOUGH
            }
            assert not pale, theme.name


@pytest.mark.parametrize("theme", themes.THEMES, ids=lambda theme: theme.name)
def test_the_colours_of_a_theme_can_be_read(theme) -> None:
    """Each that texts wear, on each ground that texts stand on."""
    colours = theme.to_color_system().generate()
    inks = ("foreground", "text-success", "text-warning", "text-error", "text-accent", "text-primary")

    for ground in ("background", "surface", "panel"):
        for ink in inks:
            pair = [Ink.parse(colours[name][:7]).get_truecolor() for name in (ink, ground)]
            assert contrast(*pair) >= ENOUGH, (ink, ground)


@pytest.mark.parametrize("mode", ["dark", "light"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_utilisation_is_told_apart_by_every_sight(mode: str, sight: str) -> None:
    """Each pair of the colour-blind palette's levels differs for people without one of the three cones."""
    for one, other in combinations([themes.BLIND[mode][level] for level in palette.RAMP], 2):
        assert distance(one, other, sight) > 12, (one, other)


@pytest.mark.parametrize("name", ALL)
async def test_an_ascii_screen_is_ascii(name: str) -> None:
    """Every cell of every screen."""
    async with opened(around=PLAIN) as (pilot, bench):
        await go(pilot, bench, name)
        text = "\n".join(lines(pilot))
        assert text.isascii(), {sign for sign in text if not sign.isascii()}


def test_every_icon_has_an_ascii_sign() -> None:
    """Of services and families alike."""
    assert "?" not in plain_text("".join(service.icon for service in services().values()), "ascii")


async def test_names_keep_their_letters_in_ascii_mode() -> None:
    """A person's own words stay where the terminal can write them."""
    async with opened(around=PLAIN) as (pilot, bench):
        bench.document.edit("name", bench.document.design.with_value("name", "Größe 注文"))
        bench.evaluate()
        await pilot.pause(0.1)
        assert "Größe 注文" in lines(pilot)[0]


@pytest.mark.parametrize("system", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT], ids=["16", "256"])
@pytest.mark.parametrize("name", ALL)
async def test_no_text_vanishes_where_there_are_few_colours(name: str, system: ColorSystem) -> None:
    """Whatever a colour becomes, it is not the one it stands on."""
    async with opened(around=Surroundings(colours=system)) as (pilot, bench):
        await go(pilot, bench, name)
        for theme in ("sandbox-dark", "sandbox-light", "textual-dark"):
            pilot.app.theme = theme
            await pilot.pause(0.1)
            for text, style in words(pilot):
                seen = [ink.downgrade(system).get_truecolor() for ink in (style.color, style.bgcolor)]
                assert contrast(*seen) >= LEAST, (theme, text, str(style))


def colourless(pilot: Pilot[None]) -> list[tuple[str, bool | None, bool | None, bool | None]]:
    """What is left of a screen without any colour: signs and attributes, cell by cell."""
    return [
        (sign, style and style.bold, style and style.reverse, style and style.underline)
        for text, style, _ in in_front(pilot)
        for sign in text
    ]


DIFFERENT = {
    "the selected node": ((), ("right",)),
    "the selected node, compact": (("z",), ("right",)),
    "the selected edge": (("tab",), ("tab",) * 4),
    "a marked node": (("right", "v", "right"), ("v",)),
    "the focus in the settings": (("right", "right"), ("e",)),
    "the row in the settings": (("right", "right", "e"), ("down",)),
    "the row in a panel": (("right", "e", "tab", "tab"), ("down",)),
    "the panel in sight": ((), ("3",)),
    "what throttles": ((), ("right_curly_bracket",) * 4),
    "the marked entry of a list": (("p",), ("down",)),
    "what is wrong in a field": (("right", "right", "e", "9"), ("x", "enter")),
}


QUICK = ("the selected node", "what throttles", "the row in the settings")
"""Asked at each change; the others by the long judges."""


@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=() if what in QUICK else pytest.mark.slow) for what in DIFFERENT]
)
async def test_without_colours_signs_and_attributes_tell(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR takes no knowledge away."""
    monkeypatch.setenv("NO_COLOR", "1")
    first, then = DIFFERENT[what]
    async with opened() as (pilot, _):
        await pilot.press(*first)
        await pilot.pause(0.2)
        before = colourless(pilot)
        await pilot.press(*then)
        await pilot.pause(0.2)

        assert colourless(pilot) != before


async def test_nothing_moves_where_that_is_wanted() -> None:
    """Neither gliding nor blinking, by the configuration."""
    async with opened(config=Config(motion=False)) as (pilot, _):
        await pilot.press("p")
        await pilot.pause(0.2)
        assert pilot.app.animation_level == "none"
        assert not pilot.app.screen.query_one(Input).cursor_blink


async def test_a_theme_is_remembered_and_the_configuration_wins(tmp_path) -> None:
    """What was chosen last comes back; what a person wrote counts more; neither writes the configuration."""
    memory = tmp_path / "state" / "theme"
    async with opened(memory=memory) as (pilot, _):
        pilot.app.theme = "nord"
        await pilot.pause()
    assert memory.read_text() == "nord\n"

    for config, theme in (
        (Config(), "nord"),
        (Config(theme="light"), "sandbox-light"),
        (Config(palette="colour-blind"), "sandbox-colour-blind-dark"),
    ):
        async with opened(memory=memory, config=config) as (pilot, _):
            assert pilot.app.theme == theme
    memory.write_text("gone-theme\n")
    async with opened(memory=memory) as (pilot, _):
        assert pilot.app.theme == "sandbox-dark"


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_GB.UTF-8"}, Surroundings()),
        ({"TERM": "xterm-256color"}, Surroundings(colours=ColorSystem.EIGHT_BIT)),
        ({"TERM": "xterm", "LC_ALL": "C"}, Surroundings(is_ascii=True, colours=ColorSystem.STANDARD)),
        ({"TERM": "linux"}, Surroundings(is_ascii=True, colours=ColorSystem.STANDARD)),
        ({"COLORTERM": "truecolor", "COLORFGBG": "0;15"}, Surroundings(is_light=True)),
        ({"COLORTERM": "truecolor", "COLORFGBG": "15;default;0"}, Surroundings()),
        ({"COLORTERM": "truecolor", "LANG": "de_DE@euro"}, Surroundings(is_ascii=True)),
        ({"COLORTERM": "truecolor", "LANG": "de_DE@euro", "SANDBOX_ASCII": "0"}, Surroundings()),
        (
            {"COLORTERM": "truecolor", "TEXTUAL_COLOR_SYSTEM": "standard"},
            Surroundings(colours=ColorSystem.STANDARD),
        ),
    ],
    ids=str,
)
def test_what_a_terminal_says_of_itself(variables, found) -> None:
    """Colours, signs and background by the environment."""
    assert surroundings(variables) == found
