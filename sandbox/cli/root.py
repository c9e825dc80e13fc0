"""The command itself, its errors, and what happens without a command."""

import gc
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from sandbox import __version__
from sandbox.cli.account import account
from sandbox.cli.check import check
from sandbox.cli.config import config
from sandbox.cli.evaluate import evaluate
from sandbox.cli.exercises import exercises
from sandbox.cli.open import open_
from sandbox.cli.output import INTERRUPTED, WRONG, silence
from sandbox.cli.presets import presets, schema
from sandbox.cli.prices import prices
from sandbox.cli.reference import reference
from sandbox.cli.rules import rules
from sandbox.cli.simulate import simulate
from sandbox.errors import SandboxError

# Starting the threads of NumPy's linear algebra takes longer than all of ours.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> NoReturn:
    """Run the command and end the process; errors go to standard error without a traceback."""
    gc.disable()  # What a start builds stays until the end: looking for garbage in it finds none.
    code = 0
    try:
        code = cli.main(standalone_mode=False) or 0
    except click.exceptions.Abort:
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = WRONG
    except SandboxError as error:
        click.echo(str(error), err=True)
        code = WRONG
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:  # a full disk behind standard output
        silence()
        click.echo(f"the output was not written: {(error.strerror or str(error)).lower()}", err=True)
        code = WRONG
    sys.exit(code)


class Commands(click.Group):
    """The commands; a file in the place of one is told how it is opened."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if Path(args[0]).suffix == ".toml" or Path(args[0]).exists():
                msg = f"{error.message} To open a design: sandbox open {args[0]}"
                raise click.UsageError(msg, error.ctx) from None
            raise


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="sandbox", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Wire AWS serverless services, turn a dial, and see what throttles first and what it costs.

    FILE is a design in TOML, the name of a preset, or - for standard input.
    Without a command the app opens.
    """
    _use_own_prices()
    if context.invoked_subcommand is None:
        context.invoke(open_)


def _use_own_prices() -> None:
    """Lay the person's own prices over those that come along, where there are any."""
    from sandbox.places import price_book_path  # noqa: PLC0415

    if price_book_path().exists():
        from sandbox.catalog.price_book import use_book  # noqa: PLC0415
        from sandbox.prices.keeping import load_book  # noqa: PLC0415

        use_book(load_book())


for command in (
    open_,
    evaluate,
    check,
    simulate,
    presets,
    exercises,
    schema,
    reference,
    rules,
    prices,
    account,
    config,
):
    cli.add_command(command)
