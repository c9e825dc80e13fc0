"""What a terminal can show, by what its environment says."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from os import environ

from rich.color import ColorSystem
from rich.console import Console

SIMPLE = ("linux", "dumb", "vt52", "vt100", "vt102", "vt220", "ansi", "cons25")
"""Terminals whose fonts have not all of the signs."""
_SYSTEMS = {"standard": ColorSystem.STANDARD, "windows": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT}


@dataclass(frozen=True)
class Surroundings:
    """A terminal with all colours and signs on dark ground, unless it says otherwise."""

    is_ascii: bool = False
    """It has ASCII signs only."""
    is_light: bool = False
    """Its background is light."""
    colours: ColorSystem = ColorSystem.TRUECOLOR


def surroundings(variables: Mapping[str, str] = environ) -> Surroundings:
    """Find out about the terminal.

    >>> dim = surroundings({"TERM": "linux", "COLORFGBG": "0;15"})
    >>> dim.is_ascii, dim.is_light, dim.colours.name
    (True, True, 'STANDARD')
    """
    return Surroundings(_is_ascii(variables), _is_light(variables), _colours(variables))


def _is_ascii(variables: Mapping[str, str]) -> bool:
    """By SANDBOX_ASCII, the terminal's name, or a locale that is not UTF-8.

    Where no locale is set nothing is known, and terminals of today read UTF-8.
    """
    given = variables.get("SANDBOX_ASCII", "")
    if given:
        return given.lower() not in ("0", "no", "false", "off")
    if variables.get("TERM", "") in SIMPLE:
        return True
    named = filter(None, (variables.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")))
    return "utf" not in next(named, "utf-8").lower()


def _is_light(variables: Mapping[str, str]) -> bool:
    """By COLORFGBG, where some terminals put the numbers of their colours, the background last.

    Of the 16 numbers 7 and 15 are light; terminals that say nothing are taken for dark.
    """
    return variables.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")


def _colours(variables: Mapping[str, str]) -> ColorSystem:
    """As Textual will find it: by TEXTUAL_COLOR_SYSTEM, COLORTERM, TERM."""
    wanted = variables.get("TEXTUAL_COLOR_SYSTEM", "auto")
    shown = {name: value for name, value in variables.items() if name != "NO_COLOR"}
    try:
        console = Console(color_system=wanted, file=sys.__stderr__, force_terminal=True, _environ=shown)  # type: ignore[arg-type]
    except KeyError:
        return ColorSystem.TRUECOLOR
    return _SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
