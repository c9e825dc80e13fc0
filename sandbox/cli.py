"""The command `sandbox`: what it reads, what it prints, how it ends.

Exit codes: 0 done (and every goal met), 1 a goal is missed, 2 a file, a name or an option is
wrong, 130 interrupted. Whatever is heavy is imported inside the command that needs it.
"""

import json
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sandbox import __version__
from sandbox.errors import DesignError, SandboxError, StorageError, UnknownNameError

if TYPE_CHECKING:
    from sandbox.design.model import Design

MISSED, WRONG, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141

MOST_LOAD = 1e6
"""Greatest load multiplier, as for a goal's `at_load`."""

# Starting the threads of NumPy's linear algebra takes longer than all of ours.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

Command = Callable[..., int | None]


def main() -> NoReturn:
    """Run the command and end the process; errors go to standard error without a traceback."""
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
        _silence()
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
    if context.invoked_subcommand is None:
        context.invoke(open_)


def _load(_context: click.Context, _option: click.Parameter, value: float) -> float:
    if not 0 < value <= MOST_LOAD:
        msg = f"a load multiplier is a number above 0, and at most {MOST_LOAD:,.0f}"
        raise click.BadParameter(msg)
    return value


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


@cli.command("open")
@click.argument("file", required=False)
@reads_design
def open_(
    file: str | None = None, load: float = 1.0, variant: str | None = None, changes: tuple[str, ...] = ()
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
    import_module("sandbox.app.app").run(design=design, path=path, load=load)


@cli.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
@reads_design
def evaluate(file: str, as_json: bool, load: float, variant: str | None, changes: tuple[str, ...]) -> None:
    """Say what a design does: limits, delays, losses, cost."""
    result = _result(read(file, variant, changes), load)
    if as_json:
        _print(json.dumps(result, indent=2, allow_nan=False, ensure_ascii=False) + "\n")
        return
    from sandbox.exports.text import rendered, report  # noqa: PLC0415

    _print(rendered(lambda width: report(result, width)))


@cli.command()
@click.argument("file")
@reads_design
def check(file: str, load: float, variant: str | None, changes: tuple[str, ...]) -> int:
    """Say whether a design reaches its goals (exit 1: not all)."""
    from sandbox.exports.text import rendered, verdict  # noqa: PLC0415

    result = _result(read(file, variant, changes), load)
    _print(rendered(lambda _: verdict(result)))
    return 0 if all(goal["met"] for goal in result["goals"]) else MISSED


@cli.command()
@click.argument("name", required=False)
@click.option("--copy", "target", type=click.Path(), metavar="FILE", help="Copy the preset to a new file.")
def presets(name: str | None, target: str | None) -> None:
    """List the designs that come along, or explain one."""
    from sandbox.design.presets import preset, preset_names  # noqa: PLC0415

    if name is None:
        width = max(map(len, preset_names()), default=0)
        known = [preset(each) for each in preset_names()]
        _print("".join(f"{each.name:<{width}}  {each.title}: {each.summary}\n" for each in known))
        return
    found = preset(name)
    if target:
        _copy(found.text, Path(target))
        return
    from sandbox.exports.text import lesson, rendered  # noqa: PLC0415

    _print(rendered(lambda _: lesson(found.title, found.description)))


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the design file."""
    from sandbox.design.schema import json_schema  # noqa: PLC0415

    _print(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")


def read(file: str, variant: str | None = None, changes: tuple[str, ...] = ()) -> "Design":
    """Read a design from a file, a preset or standard input, and lay a variant and values over it.

    Raises:
        DesignError: The design or a changed value is wrong.
        StorageError: The file cannot be read.
        UnknownNameError: There is neither such a file nor such a preset, or no such variant.
    """
    from sandbox.design.files import load, read_stdin  # noqa: PLC0415
    from sandbox.design.presets import preset, preset_names  # noqa: PLC0415
    from sandbox.design.reading import loads  # noqa: PLC0415

    if file == "-":
        design = read_stdin()
    elif file in preset_names() and not Path(file).is_file():
        design = loads(preset(file).text, file)
    elif os.sep not in file and not file.endswith(".toml") and not os.path.lexists(file):
        from sandbox.design.wording import nearest  # noqa: PLC0415

        msg = f"there is neither a file nor a preset '{file}'.{nearest(file, preset_names())}"
        raise UnknownNameError(msg)
    else:
        design = load(file)
    if variant is not None:
        design = design.with_variant(variant)
    return _set(design, dict(map(_change, changes)))


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


def _result(design: "Design", load: float) -> dict[str, Any]:
    from sandbox.evaluate import evaluate as evaluated  # noqa: PLC0415

    result: dict[str, Any] = evaluated(design, load=load).to_dict()
    return result


def _copy(text: str, target: Path) -> None:
    """Write a preset to a file that is not there yet."""
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        msg = f"{target} is there already; nothing was written"
        raise StorageError(msg) from None
    except OSError as error:
        msg = f"{target} was not written: {(error.strerror or str(error)).lower()}"
        raise StorageError(msg) from None


def _keyboard() -> None:
    """Let the app hear the keyboard when the design came through standard input."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        msg = "the app needs a terminal; standard input was a pipe, and there is none"
        raise StorageError(msg) from None
    os.dup2(terminal, 0)
    os.close(terminal)


def _print(text: str) -> None:
    """Write to standard output; a reader that has gone (as `| head` does) ends it quietly."""
    try:
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        sys.exit(BROKEN_PIPE)


def _silence() -> None:
    """Let what is still to be written go nowhere, so that ending does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
