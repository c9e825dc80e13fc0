"""The exercises that come along: listed, told, copied."""

from pathlib import Path

import click

from sandbox.cli.output import MISSED, write
from sandbox.cli.presets import copy_out
from sandbox.errors import SandboxError


@click.command()
@click.argument("name", required=False)
@click.option("--copy", "target", type=click.Path(), metavar="FILE", help="Copy the exercise to a new file.")
@click.option("--hint", type=click.IntRange(1), metavar="N", help="Show the N-th hint; the first says least.")
@click.option(
    "--collect",
    "folder",
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="Grade all reports of a folder anew, and list them.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print what --collect finds as CSV.")
@click.option(
    "--given",
    "origins",
    multiple=True,
    metavar="FILE",
    help="An exercise of your own as it was given, for --collect; may be repeated.",
)
def exercises(
    name: str | None,
    target: str | None,
    hint: int | None,
    folder: str | None,
    as_csv: bool,
    origins: tuple[str, ...],
) -> int:
    """List the exercises, with those that are solved, or tell one's story.

    With --collect, list what participants handed in (exit 1: a report is not right;
    2: there is none).
    """
    if folder is not None:
        return _collected(Path(folder), origins, as_csv=as_csv)
    if as_csv or origins:
        raise click.UsageError("--csv and --given go with --collect")
    _told(name, target, hint)
    return 0


def _collected(folder: Path, origins: tuple[str, ...], *, as_csv: bool) -> int:
    """Print the table of what was handed in."""
    from sandbox.cli.reading import read  # noqa: PLC0415
    from sandbox.exercises.collecting import collected  # noqa: PLC0415
    from sandbox.exports.exercise import handed_in, handed_in_csv  # noqa: PLC0415
    from sandbox.exports.text import rendered  # noqa: PLC0415

    designs = [read(origin) for origin in origins]
    others = {design.exercise.id: design for design in designs if design.exercise}
    rows = [vars(one) for one in collected(folder, others)]
    if not rows:
        msg = f"{folder}: there are no reports (*.json) in it; an exercise is handed in with `r` in the app"
        raise SandboxError(msg)
    write(handed_in_csv(rows) if as_csv else rendered(lambda _: handed_in(rows)))
    return MISSED if any(row["wrong"] for row in rows) else 0


def _told(name: str | None, target: str | None, hint: int | None) -> None:
    """List the exercises, tell one, or copy it."""
    if name is None:
        write(_listed())
        return
    from sandbox.design.presets import exercise  # noqa: PLC0415

    found = exercise(name)
    if target:
        copy_out(found.text, Path(target))
        return
    from sandbox.exercises.given import come_along  # noqa: PLC0415
    from sandbox.exports.exercise import story  # noqa: PLC0415
    from sandbox.exports.text import rendered  # noqa: PLC0415

    told = come_along(name).exercise
    hints = told.hints if told else ()
    if hint is not None:
        if hint > len(hints):
            msg = f"{name} has {len(hints)} hints"
            raise SandboxError(msg)
        write(f"{hints[hint - 1]}\n")
        return
    text = told.story if told else found.description
    write(rendered(lambda _: story(name, found.title, text, hints)))


def _listed() -> str:
    """All exercises from the first to the last, with the stars of those that are solved."""
    from sandbox.design.presets import exercises_in_order  # noqa: PLC0415
    from sandbox.exercises.done import done  # noqa: PLC0415
    from sandbox.places import state_folder  # noqa: PLC0415

    known, stars = exercises_in_order(), done(state_folder())
    width = max((len(one.name) for one in known), default=0)
    return "".join(
        f"{'✓' if one.name in stars else '·'} {'★' * stars.get(one.name, 0):<3}  {one.name:<{width}}  "
        f"{one.title}: {one.summary}\n"
        for one in known
    )
