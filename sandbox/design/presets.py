"""The designs that come along: each shows one pattern and says what to try."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from sandbox.design.groups import GROUPS
from sandbox.errors import UnknownNameError


@dataclass(frozen=True)
class Preset:
    """A design that comes along, before it is read."""

    name: str
    """Stem of its file."""
    title: str
    description: str
    """What it shows and what to try, in Markdown."""
    text: str
    """The whole file."""
    group: str = ""
    """The heading it stands under."""

    @property
    def summary(self) -> str:
        """The first sentence or heading of its description."""
        lines = (line.strip("# ") for line in self.description.splitlines())
        return next((line for line in lines if line), "")


def preset_names() -> tuple[str, ...]:
    """Names of all presets, in the alphabet's order."""
    return _names(resources.files("presets"))


def exercise_names() -> tuple[str, ...]:
    """Names of all exercises that come along, in the alphabet's order."""
    return _names(resources.files("presets") / "exercises")


def presets() -> tuple[Preset, ...]:
    """All presets, group by group."""
    return tuple(sorted(map(preset, preset_names()), key=lambda one: (GROUPS.index(one.group), one.title)))


def preset(name: str) -> Preset:
    """Find a preset.

    Raises:
        UnknownNameError: There is none of that name; says the nearest.
    """
    if name not in preset_names():
        from sandbox.design.wording import nearest  # noqa: PLC0415  # only this message needs it

        known = ", ".join(preset_names())
        msg = f"there is no preset '{name}'.{nearest(name, preset_names())} There are: {known}"
        raise UnknownNameError(msg)
    return _read(resources.files("presets"), name)


def exercise(name: str) -> Preset:
    """Find an exercise that comes along.

    Raises:
        UnknownNameError: There is none of that name; says the nearest.
    """
    if name not in exercise_names():
        from sandbox.design.wording import nearest  # noqa: PLC0415  # only this message needs it

        known = ", ".join(exercise_names())
        msg = f"there is no exercise '{name}'.{nearest(name, exercise_names())} There are: {known}"
        raise UnknownNameError(msg)
    return _read(resources.files("presets") / "exercises", name)


@cache
def exercises_in_order() -> tuple[Preset, ...]:
    """All exercises that come along, from the first on, as each leads to the next."""
    known = {name: exercise(name) for name in exercise_names()}
    follows = {name: _next(one.text) for name, one in known.items()}
    order: dict[str, None] = {}
    for name in sorted(known, key=lambda name: name in follows.values()):
        while name in known and name not in order:
            order[name] = None
            name = follows[name]  # noqa: PLW2901  # the way goes on
    return tuple(known[name] for name in order)


def come_along(name: str) -> Preset:
    """Find a preset, or else an exercise.

    Raises:
        UnknownNameError: There is neither of that name.
    """
    return exercise(name) if name in exercise_names() else preset(name)


def _next(text: str) -> str:
    """Id of the exercise that follows the one of a text."""
    return str(tomllib.loads(text).get("exercise", {}).get("next", ""))


def _names(folder: Traversable) -> tuple[str, ...]:
    return tuple(sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".toml")))


def _read(folder: Traversable, name: str) -> Preset:
    text = (folder / f"{name}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    group = str(table.get("preset", {}).get("group", ""))
    return Preset(name, str(table.get("name", name)), str(table.get("description", "")), text, group)
