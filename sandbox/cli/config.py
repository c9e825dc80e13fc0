"""The configuration: where it is, what it may say, what is wrong in it."""

import click

from sandbox.cli.output import WRONG, write


@click.command()
@click.option("--example", is_flag=True, help="Print a file with every key and its default, to begin with.")
@click.option("--check", is_flag=True, help="Say what is wrong in the file (exit 2: something is).")
def config(example: bool, check: bool) -> int:
    """Print where the configuration belongs: keys, themes, signs, motion.

    The file need not be there. Whatever is wrong in it is told, and the default is used.
    """
    if example:
        from sandbox.app.keys.example import example as text  # noqa: PLC0415

        write(text())
        return 0
    if check:
        return _check()
    from sandbox.places import config_path  # noqa: PLC0415

    write(f"{config_path()}\n")
    return 0


def _check() -> int:
    """Say every problem, as the app does at its start."""
    from sandbox.app.config import load  # noqa: PLC0415
    from sandbox.app.terminal import TerminalApp  # noqa: PLC0415
    from sandbox.places import config_path  # noqa: PLC0415

    path = config_path()
    found = TerminalApp(load(path)).config_problems()
    for line in found:
        click.echo(line, err=True)
    if found:
        count = len(found)
        click.echo(f"{count} problem{'s' if count > 1 else ''}; the defaults are used instead.", err=True)
        return WRONG
    write(f"{path}: {'nothing is wrong' if path.exists() else 'is not there; the defaults are used'}\n")
    return 0
