"""What a person has configured: keys and looks, read with care.

Whatever is wrong with the file is told, with its line, and the default is used instead: a configuration
never keeps the app from starting. The app itself never writes this file.

    [keys]
    "design.add" = "a, insert"      # by the id of the binding; "" takes its keys away
    [look]
    theme = "auto"                  # auto, dark, light, or the name of a theme
    palette = "default"             # or colour-blind, high-contrast: what auto, dark and light stand for
    ascii = "auto"                  # true: draw with ASCII signs only; auto: where the locale is not UTF-8
    motion = true                   # false: nothing blinks or glides
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from re import search
from typing import Any

from sandbox.design.locate import locate
from sandbox.design.wording import nearest, shown
from sandbox.errors import Problem

PALETTES = ("default", "colour-blind", "high-contrast")
_LOOKS: dict[str, tuple[object, ...]] = {
    "theme": (str,),
    "palette": PALETTES,
    "ascii": (True, False, "auto"),
    "motion": (True, False),
}
"""What each key of [look] may be."""


@dataclass(frozen=True)
class Config:
    """The configuration as far as it can be used, and what is wrong with the rest."""

    keys: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """Keys as written, by id of the binding."""
    theme: str = "auto"
    palette: str = "default"
    ascii: bool | None = None
    """None finds out."""
    motion: bool | None = None
    """None leaves it to Textual's TEXTUAL_ANIMATIONS."""
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each key of the file, by its dotted path."""
    path: Path | None = None

    def said(self, problem: Problem) -> str:
        """A problem with the file's name and the line."""
        line = problem.line or self.lines.get(problem.path)
        name = self.path.name if self.path else "configuration"
        return f"{name}:{line}: {problem.message}" if line else f"{name}: {problem.message}"


def load(path: Path) -> Config:
    """Read a configuration; one that is not there is the default."""
    try:
        return loads(path.read_text("utf-8"), path)
    except FileNotFoundError:
        return Config(path=path)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        return Config(problems=(Problem(f"was not read: {reason.lower()}"),), path=path)


def loads(text: str, path: Path | None = None) -> Config:
    r"""Read a configuration from its text.

    >>> config = loads('[keys]\ndesign.add = "n"\n[look]\nascii = "yes"\n')
    >>> config.keys, config.ascii, config.said(config.problems[0])
    ({'design.add': 'n'}, None, "configuration:4: look.ascii = 'yes' is not one of true, false, 'auto'.")
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = search(r"line (\d+)", str(error))
        words = str(error).partition(" (at ")[0]
        problem = Problem(
            f"is not TOML: {words[:1].lower()}{words[1:]}", line=int(place[1]) if place else None
        )
        return Config(problems=(problem,), path=path)
    problems = [
        Problem(f"{name} is not known here.{nearest(name, ('keys', 'look'))}", name)
        for name in table
        if name not in ("keys", "look")
    ]
    keys = dict(_keys(table.get("keys"), problems))
    look = dict(_look(table.get("look"), problems))
    if look.get("ascii") == "auto":
        del look["ascii"]
    return Config(**look, keys=keys, problems=tuple(problems), lines=locate(text), path=path)


def _keys(
    table: object, problems: list[Problem], above: str = ""
) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Keys by id; a dotted id may also be written as tables."""
    if not isinstance(table, dict):
        if table is not None:
            problems.append(Problem("keys must be a table", "keys"))
        return
    for name, value in table.items():
        path = f"{above}{name}"
        if isinstance(value, dict):
            yield from _keys(value, problems, f"{path}.")
        elif isinstance(value, str):
            yield path, value
        elif isinstance(value, list) and all(isinstance(key, str) for key in value):
            yield path, tuple(value)
        else:
            problems.append(Problem(f"keys.{path} = {shown(value)} must be keys in quotes", f"keys.{path}"))


def _look(table: object, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """What is right of the looks."""
    if not isinstance(table, dict):
        if table is not None:
            problems.append(Problem("look must be a table", "look"))
        return
    for name, value in table.items():
        path = f"look.{name}"
        if name not in _LOOKS:
            problems.append(Problem(f"{path} is not known here.{nearest(name, _LOOKS)}", path))
        elif _fits(name, value):
            yield name, value
        else:
            problems.append(Problem(f"{path} = {shown(value)} {_wanted(name, value)}", path))


def _fits(name: str, value: object) -> bool:
    """Whether a key of [look] may be that; true is not 1."""
    if name == "theme":
        return isinstance(value, str)
    return any(value == choice and type(value) is type(choice) for choice in _LOOKS[name])


def _wanted(name: str, value: object) -> str:
    """What a key of [look] may be."""
    if name == "theme":
        return "must be the name of a theme in quotes"
    choices = ", ".join(map(shown, _LOOKS[name]))
    return f"is not one of {choices}.{nearest(str(value), map(str, _LOOKS[name]))}"
