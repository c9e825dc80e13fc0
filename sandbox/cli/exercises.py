"""The exercises that come along: listed, told, copied."""

from pathlib import Path

import click

from sandbox.cli.output import write
from sandbox.cli.presets import copy_out
from sandbox.errors import SandboxError


@click.command()
@click.argument("name", required=False)
@click.option("--copy", "target", type=click.Path(), metavar="FILE", help="Copy the exercise to a new file.")
@click.option("--hint", type=click.IntRange(1), metavar="N", help="Show the N-th hint; the first says least.")
def exercises(name: str | None, target: str | None, hint: int | None) -> None:
    """List the exercises, with those that are solved, or tell one's story."""
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
    write(rendered(lambda _: story(found.title, text, hints)))


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
