"""The exercises that come along, and what solves them."""

import tomllib
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.design.model import Design
from sandbox.design.presets import exercise, exercise_names
from sandbox.design.reading import read_table
from sandbox.errors import DesignError

NAMES = exercise_names()
SOLUTIONS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "solutions.toml").read_text(encoding="utf-8")
)


@cache
def solved(name: str) -> Design:
    """An exercise with its solution laid over it."""
    solution = SOLUTIONS[name]
    table = deepcopy(tomllib.loads(exercise(name).text))
    without = solution.get("without", ())
    table["edges"] = [edge for edge in table["edges"] if f"{edge['from']}>{edge['to']}" not in without]
    table["edges"] += solution.get("edges", [])
    table["nodes"] |= solution.get("nodes", {})
    design, problems = read_table(table)
    if problems:
        raise DesignError(problems, name)
    return design.with_values(solution.get("values", {}))
