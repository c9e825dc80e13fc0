"""The configuration file: what it sets, and what is said of what is wrong in it."""

from pathlib import Path

import pytest

from sandbox.app.config import Config, load, loads
from sandbox.app.terminal import TerminalApp

GOOD = """\
[keys]
"design.add" = "n, ctrl+a"
design.why = ["?", ","]
"file.open" = ""
[look]
theme = "light"
palette = "colour-blind"
ascii = true
motion = false
"""


def test_all_of_it() -> None:
    """Keys by their ids, quoted or as tables, as text or as a list; looks."""
    config = loads(GOOD)

    assert config.problems == ()
    assert config.keys == {"design.add": "n, ctrl+a", "design.why": ("?", ","), "file.open": ""}
    assert (config.theme, config.palette, config.ascii, config.motion) == (
        "light",
        "colour-blind",
        True,
        False,
    )


def test_none_of_it(tmp_path: Path) -> None:
    """A file that is not there, or says nothing, is the default."""
    assert load(tmp_path / "none.toml") == Config(path=tmp_path / "none.toml")
    assert loads("") == Config()


WRONG = {
    "no TOML": ("[keys]\nx = \n", "config.toml:2: is not TOML: invalid value"),
    "no such table": ("[look]\n[keyz]\n", "config.toml:2: keyz is not known here. Did you mean 'keys'?"),
    "no table": ("keys = 3", "config.toml:1: keys must be a table"),
    "no such action": (
        '[keys]\n"design.ad" = "a"\n',
        "config.toml:2: keys.design.ad is not an action. Did you mean 'design.add'?",
    ),
    "no such key": (
        '[keys]\n\n"design.add" = "ctlr+a"\n',
        "config.toml:3: keys.design.add: 'ctlr+a' is not a key. Did you mean 'ctrl+a'?",
    ),
    "no text": ('[keys]\n"design.add" = 3\n', "config.toml:2: keys.design.add = 3 must be keys in quotes"),
    "no such look": (
        "[look]\nthem = 1\n",
        "config.toml:2: look.them is not known here. Did you mean 'theme'?",
    ),
    "no such palette": (
        '[look]\npalette = "color-blind"\n',
        "is not one of 'default', 'colour-blind', 'high-contrast'. Did you mean 'colour-blind'?",
    ),
    "no truth": ("[look]\nmotion = 1\n", "config.toml:2: look.motion = 1 is not one of true, false."),
    "no such theme": (
        '[look]\ntheme = "sandbox-drak"\n',
        "config.toml:2: look.theme: there is no theme 'sandbox-drak'. Did you mean 'sandbox-dark'?",
    ),
    "taken by another": (
        '[keys]\n"design.edit" = "w"\n',
        "config.toml:2: keys.design.edit: 'w' is also design.why on the canvas, which has it no more",
    ),
    "taken where one is": (
        '[keys]\n"design.edit" = "j"\n',
        "config.toml:2: keys.design.edit: 'j' is also canvas.down on the canvas, which comes first",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said(tmp_path: Path, case: str) -> None:
    """File, line, what is wrong, and what is near."""
    text, words = WRONG[case]
    path = tmp_path / "config.toml"
    path.write_text(text)

    said = TerminalApp(load(path)).config_problems()

    assert any(words in line for line in said), said


def test_a_folder_or_other_bytes_are_told(tmp_path: Path) -> None:
    """Whatever stands in the place of the file, the app starts and says so."""
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9")

    for path, words in ((tmp_path, "is a directory"), (tmp_path / "latin.toml", "is not UTF-8")):
        config = load(path)
        assert words.lower() in config.said(config.problems[0]).lower()


@pytest.mark.parametrize("swap", [("u", "w"), ("x", "e")])
def test_swapped_keys_are_no_conflict(swap: tuple[str, str]) -> None:
    """Two actions may change their keys with each other."""
    ids = {"u": "design.undo", "w": "design.why", "x": "design.delete", "e": "design.edit"}
    one, other = swap

    config = Config(keys={ids[one]: other, ids[other]: one})

    assert TerminalApp(config).config_problems() == ()
