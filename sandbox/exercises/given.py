"""Exercises as they were given: those that come along, found by the id that every copy carries."""

from functools import cache

from sandbox.design.model import Design
from sandbox.design.presets import exercise, exercise_names
from sandbox.design.reading import loads


def given(design: Design) -> Design | None:
    """The exercise that a design was made from, as it came along; None where it is none of those."""
    told = design.exercise
    return come_along(told.id) if told and told.id in exercise_names() else None


@cache
def come_along(name: str) -> Design:
    """An exercise that comes along.

    Raises:
        UnknownNameError: There is none of that name.
    """
    return loads(exercise(name).text, f"{name}.toml")
