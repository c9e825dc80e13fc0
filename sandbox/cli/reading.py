"""Reading a design as commands do: from a file, a preset or standard input, with values laid over it."""

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sandbox.errors import DesignError, UnknownNameError

if TYPE_CHECKING:
    from sandbox.design.model import Design

MOST_LOAD = 1e6
"""Greatest load multiplier, as for a goal's `at_load`."""

Command = Callable[..., int | None]


def reads_design(command: Command) -> Command:
    """Give a command the options of everything that reads a design."""
    for option in (
        click.option(
            "--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change a value; may be repeated."
        ),
        click.option("--variant", metavar="NAME", help="Lay one of the design's variants over it."),
        click.option(
            "--load", type=float, default=1.0, callback=_load, metavar="FACTOR", help="Multiply all traffic."
        ),
    ):
        command = option(command)
    return command


def _load(_context: click.Context, _option: click.Parameter, value: float) -> float:
    if not 0 < value <= MOST_LOAD:
        msg = f"a load multiplier is a number above 0, and at most {MOST_LOAD:,.0f}"
        raise click.BadParameter(msg)
    return value


def read(file: str, variant: str | None = None, changes: tuple[str, ...] = ()) -> "Design":
    """Read a design from a file, a preset or standard input, and lay a variant and values over it.

    Raises:
        DesignError: The design or a changed value is wrong.
        StorageError: The file cannot be read.
        UnknownNameError: There is neither such a file nor such a preset, or no such variant.
    """
    from sandbox.design.files import load, read_stdin  # noqa: PLC0415
    from sandbox.design.presets import preset_names  # noqa: PLC0415
    from sandbox.design.reading import loads  # noqa: PLC0415

    if file == "-":
        design = read_stdin()
    elif (text := preset_text(file)) is not None:
        design = loads(text, file)
    elif os.sep not in file and not file.endswith(".toml") and not os.path.lexists(file):
        from sandbox.design.wording import nearest  # noqa: PLC0415

        msg = f"there is neither a file nor a preset '{file}'.{nearest(file, preset_names())}"
        raise UnknownNameError(msg)
    else:
        design = load(file)
    if variant is not None:
        design = design.with_variant(variant)
    return _set(design, dict(map(_change, changes)))


def folder_of(file: str) -> Path | None:
    """Where a design's recorded loads are looked for; the working directory for standard input."""
    return Path(file).parent if file != "-" else None


def preset_text(file: str) -> str | None:
    """The text of the preset or exercise that is meant; None where it is none, or a file has that name."""
    from sandbox.design.presets import come_along, exercise_names, preset_names  # noqa: PLC0415

    is_known = file in (*preset_names(), *exercise_names())
    return come_along(file).text if is_known and not Path(file).is_file() else None


def _set(design: "Design", values: Mapping[str, object]) -> "Design":
    try:
        return design.with_values(values)
    except DesignError as error:
        raise DesignError(list(error.problems), "--set") from None


def _change(text: str) -> tuple[str, object]:
    """`PATH=VALUE` with the value as in TOML; a bare word is text, nothing restores the default."""
    path, equals, value = text.partition("=")
    path, value = path.strip(), value.strip()
    if not equals or not path:
        msg = f"--set {text}: say PATH=VALUE, as in nodes.ship.duration_ms=250"
        raise click.UsageError(msg)
    if not value:
        return path, None
    try:
        table = tomllib.loads(f"value = {value}")
    except (ValueError, RecursionError):
        table = {"value": value}
    if list(table) != ["value"]:
        msg = f"--set {path}: the value must be one value of TOML"
        raise click.UsageError(msg)
    return path, table["value"]
