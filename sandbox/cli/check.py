"""Whether a design reaches its goals, and whether an exercise is solved."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sandbox.cli.output import MISSED, write
from sandbox.cli.reading import folder_of, read, reads_design
from sandbox.errors import SandboxError

if TYPE_CHECKING:
    from sandbox.design.model import Design
    from sandbox.exercises.report import Report


@click.command()
@click.argument("file")
@click.option(
    "--given", "origin", metavar="FILE", help="The exercise as it was given, where it did not come along."
)
@click.option(
    "--report", "target", type=click.Path(), metavar="FILE", help="Write an exercise's result as JSON."
)
@click.option("--name", default="", metavar="WHO", help="Who hands the result in, for --report.")
@reads_design
def check(
    file: str,
    origin: str | None,
    target: str | None,
    name: str,
    load: float,
    variant: str | None,
    changes: tuple[str, ...],
) -> int:
    """Say whether a design reaches its goals (exit 1: not all), and whether an exercise is solved.

    FILE may also be a report that --report wrote: its design is graded anew.
    """
    said = None if variant or changes else _report(file)
    design = said.design if said else read(file, variant, changes)
    if (design.exercise or said) and load == 1.0:
        return _graded(design, read(origin) if origin else None, (target, name), said, folder_of(file))
    if origin or target:
        msg = (
            "only an exercise has a verdict, at a load of 1: the design has no [exercise], or --load is given"
        )
        raise click.UsageError(msg)
    return _judged(design, load, folder_of(file))


def _judged(design: "Design", load: float, folder: Path | None) -> int:
    """Say the goals and findings of a design."""
    from sandbox.evaluate import evaluate  # noqa: PLC0415
    from sandbox.exports.text import rendered, verdict  # noqa: PLC0415

    evaluation = evaluate(design, load=load, folder=folder)
    result = evaluation.to_dict()
    write(rendered(lambda _: verdict(result)))
    return 0 if all(goal.met for goal in evaluation.goals) else MISSED


def _graded(
    design: "Design",
    origin: "Design | None",
    target: tuple[str | None, str],
    said: "Report | None",
    folder: Path | None,
) -> int:
    """Say an exercise's goals and verdict, by what was given."""
    from rich.console import Group  # noqa: PLC0415

    from sandbox.evaluation import evaluate_plain  # noqa: PLC0415
    from sandbox.exercises.given import given  # noqa: PLC0415
    from sandbox.exercises.grading import grade  # noqa: PLC0415
    from sandbox.exercises.handing import hand_in  # noqa: PLC0415
    from sandbox.exports import exercise, text  # noqa: PLC0415
    from sandbox.rules import findings  # noqa: PLC0415

    known = origin or given(design)
    if said and known is None:
        msg = "its exercise did not come along; --given FILE names the exercise as it was given"
        raise SandboxError(msg)
    verdict = grade(design, known or design, folder)
    plain = evaluate_plain(replace(design, goals=(known or design).goals))
    result = replace(plain, findings=tuple(findings(plain)), goals=verdict.goals).to_dict()
    told = verdict.to_dict()
    compared = known is not None
    write(text.rendered(lambda _: Group(text.verdict(result), exercise.verdict(told, is_compared=compared))))
    if said and (wrong := said.disagreement(verdict, known or design)):
        msg = f"the report is not right: {wrong}"
        raise SandboxError(msg)
    file, name = target
    if file:
        hand_in(design, verdict, known or design, name, file)
    if verdict.solved and not said:
        _remember(verdict.exercise, verdict.won)
    return 0 if verdict.solved else MISSED


def _remember(name: str, stars: int) -> None:
    """Keep that an exercise that comes along is solved."""
    from sandbox.design.presets import exercise_names  # noqa: PLC0415
    from sandbox.exercises.done import remember  # noqa: PLC0415
    from sandbox.places import state_folder  # noqa: PLC0415

    if name in exercise_names():
        remember(state_folder(), name, stars)


def _report(file: str) -> "Report | None":
    """The report that a file is; None where it is a design, or something else that reading tells."""
    if not file.endswith(".json") or not Path(file).is_file():
        return None
    from sandbox.design.files import read_text  # noqa: PLC0415
    from sandbox.exercises.report import read_report  # noqa: PLC0415

    return read_report(*read_text(file))
