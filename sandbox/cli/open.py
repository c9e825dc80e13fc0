"""Opening the app."""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from sandbox.cli.reading import preset_text, read, reads_design
from sandbox.errors import StorageError


@click.command("open")
@click.argument("file", required=False)
@click.option("--ascii/--no-ascii", "plain", default=None, help="Draw with ASCII signs only, or with all.")
@reads_design
def open_(
    file: str | None = None,
    plain: bool | None = None,
    load: float = 1.0,
    variant: str | None = None,
    changes: tuple[str, ...] = (),
) -> None:
    """Open a design in the app."""
    if not sys.stdout.isatty():
        msg = "the app needs a terminal; for a report there is: sandbox evaluate FILE"
        raise StorageError(msg)
    design = read(file, variant, changes) if file else None
    if file == "-":
        _keyboard()
    is_as_filed = not variant and not changes  # else saving would write what was laid over it into the file
    path = Path(file) if file and file != "-" and is_as_filed and Path(file).is_file() else None
    source = preset_text(file) if file and is_as_filed else None
    app = import_module("sandbox.app.app")
    gc.freeze()  # What was imported is never garbage; what comes may be, for the app stays open.
    gc.enable()
    app.run(design=design, path=path, load=load, plain=plain, source=source)


def _keyboard() -> None:
    """Let the app hear the keyboard when the design came through standard input."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        msg = "the app needs a terminal; standard input was a pipe, and there is none"
        raise StorageError(msg) from None
    os.dup2(terminal, 0)
    os.close(terminal)
