"""What happens when the load moves."""

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click

from sandbox.cli.output import write
from sandbox.cli.reading import folder_of, read, reads_design
from sandbox.durations import seconds

LONGEST_S = 366 * 86_400.0
"""A year; what takes longer is no load that one simulates second by second."""
MOST_TICKS = 10_000_000
MOST_REPLICAS = 10_000


class Duration(click.ParamType):  # type: ignore[type-arg]
    """A duration such as 90s or 1h30m."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds of what was typed."""
        found = value if isinstance(value, float) else seconds(str(value))
        if found is None or not 0 < found <= LONGEST_S:
            self.fail(f"'{value}' is no duration between 0 s and a year; say 90s, 1h or 1h30m", param, ctx)
        return found


@click.command()
@click.argument("file")
@click.option("--horizon", "horizon_s", type=Duration(), default="1h", help="How long it runs (1h).")
@click.option("--step", "step_s", type=Duration(), help="Length of a tick (1s; more for long horizons).")
@click.option(
    "--replicas", type=click.IntRange(1, MOST_REPLICAS), default=1, help="Random runs (1: none is random)."
)
@click.option("--seed", type=click.IntRange(0), default=0, help="The same seed gives the same runs.")
@click.option("--json", "as_json", is_flag=True, help="Print the run for other programs.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a row for each tick and node.")
@reads_design
def simulate(
    file: str,
    horizon_s: float,
    step_s: float | None,
    replicas: int,
    seed: int,
    as_json: bool,
    as_csv: bool,
    load: float,
    variant: str | None,
    changes: tuple[str, ...],
) -> None:
    """Say what happens over time: spikes, backlogs, recovery."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv cannot both be printed; choose one")
    if step_s is not None and step_s > horizon_s:
        raise click.UsageError(f"--step {step_s:g} s is longer than the whole run, {horizon_s:g} s")
    if step_s is not None and horizon_s / step_s > MOST_TICKS:
        raise click.UsageError(
            f"--step {step_s:g} s makes {horizon_s / step_s:,.0f} ticks; at most {MOST_TICKS:,} are run"
        )
    design = read(file, variant, changes)
    from sandbox.simulate import simulate as simulated  # noqa: PLC0415

    with _bar() as bar:
        timeline = simulated(
            design,
            horizon_s,
            step_s,
            replicas,
            seed,
            load=load,
            folder=folder_of(file),
            progress=bar.to if bar else None,
        )
    result = timeline.to_dict()
    if as_json:
        write(json.dumps(result, allow_nan=False, ensure_ascii=False) + "\n")
        return
    from sandbox.exports.run import report, rows  # noqa: PLC0415
    from sandbox.exports.text import rendered  # noqa: PLC0415

    write(rows(result) if as_csv else rendered(lambda width: report(result, width)))


class _Bar:
    """A bar on standard error that follows the share that is done."""

    def __init__(self) -> None:
        self.bar = click.progressbar(length=1000, label="simulating", file=sys.stderr)

    def __enter__(self) -> "_Bar":
        self.bar.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.bar.__exit__(None, None, None)

    def to(self, share: float) -> None:
        """Show a share of the work as done."""
        self.bar.update(max(round(share * 1000) - self.bar.pos, 0))


def _bar() -> "AbstractContextManager[_Bar | None]":
    """A progress bar, where a person looks at it."""
    return _Bar() if sys.stderr.isatty() else nullcontext()
