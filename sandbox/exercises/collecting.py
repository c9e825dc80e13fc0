"""What a teacher does with many reports: each is read, graded anew, and put in a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.design.files import read_text
from sandbox.design.model import Design
from sandbox.errors import DesignError, SandboxError
from sandbox.exercises.given import given
from sandbox.exercises.grading import Verdict, grade
from sandbox.exercises.report import Report, read_report


@dataclass(frozen=True)
class HandedIn:
    """One report of a folder, and what grading it anew came to."""

    file: str
    name: str = ""
    """Who handed it in; the file's name where the report does not say."""
    exercise: str = ""
    when: str = ""
    solved: bool = False
    stars: int = 0
    most: int = 0
    wrong: str = ""
    """What is wrong with it; nothing where all is well."""


def collected(folder: Path, others: Mapping[str, Design]) -> Iterator[HandedIn]:
    """Grade every report of a folder anew, in the order of the files' names.

    Args:
        folder: Where they are, in folders of their own too.
        others: Exercises that did not come along, as they were given, by their ids.
    """
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        try:
            yield _graded(name, path, others)
        except DesignError as error:
            yield HandedIn(name, path.stem, wrong=f"its design: {error.problems[0].message}")
        except (SandboxError, OSError) as error:
            yield HandedIn(name, path.stem, wrong=" ".join(str(error).split()))


def judged(told: Report, others: Mapping[str, Design]) -> tuple[Verdict, Design]:
    """The verdict on a report's design, and the exercise that it was graded by.

    Raises:
        SandboxError: There is no such exercise.
    """
    known = others.get(told.exercise) or given(told.design)
    if known is None:
        msg = "its exercise did not come along; --given FILE names the exercise as it was given"
        raise SandboxError(msg)
    return grade(told.design, known), known


def _graded(file: str, path: Path, others: Mapping[str, Design]) -> HandedIn:
    told = read_report(*read_text(str(path)))
    verdict, known = judged(told, others)
    return HandedIn(
        file,
        told.name or path.stem,
        verdict.exercise or told.exercise,
        told.when,
        verdict.solved,
        verdict.won,
        verdict.most,
        told.disagreement(verdict, known),
    )
