"""A result that a teacher collects: the design that was handed in, and the verdict on it.

Whoever reads one grades the design anew; what it says of itself only has to agree.
"""

import json
from dataclasses import dataclass

from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import SandboxError
from sandbox.exercises.grading import Verdict

KIND = "sandbox exercise report"
SCHEMA = 1


@dataclass(frozen=True)
class Report:
    """What was handed in, and what was said of it."""

    design: Design
    solved: bool
    stars: int

    def disagreement(self, verdict: Verdict) -> str:
        """What it says that the verdict does not; nothing where they agree.

        >>> Report(Design(), solved=True, stars=2).disagreement(Verdict("", (), (), (), ()))
        'it says solved with 2 stars; graded anew it is not solved'
        """
        if (self.solved, self.stars) == (verdict.solved, verdict.won):
            return ""
        said = _words(solved=self.solved, stars=self.stars)
        return f"it says {said}; graded anew it is {_words(solved=verdict.solved, stars=verdict.won)}"


def report(design: Design, verdict: Verdict) -> str:
    """The report as JSON."""
    table = {
        "kind": KIND,
        "schema": SCHEMA,
        "exercise": verdict.exercise,
        "verdict": verdict.to_dict(),
        "design": dumps(design),
    }
    return json.dumps(table, indent=2, allow_nan=False, ensure_ascii=False) + "\n"


def read_report(text: str, file: str) -> Report:
    """Read a report.

    Raises:
        SandboxError: It is none; says why.
        DesignError: The design in it is wrong.
    """
    try:
        table = json.loads(text)
        is_one = (table["kind"], table["schema"]) == (KIND, SCHEMA)
        verdict, design = table["verdict"], str(table["design"])
        solved, stars = bool(verdict["solved"]), int(verdict["stars"])
    except (ValueError, LookupError, TypeError, RecursionError):
        is_one = False
    if not is_one:
        msg = f"{file} is not a report of an exercise; `sandbox check FILE --report REPORT` writes one"
        raise SandboxError(msg)
    return Report(loads(design, f"{file} (design)"), solved, stars)


def _words(*, solved: bool, stars: int) -> str:
    return f"solved with {stars} star{'s' if stars != 1 else ''}" if solved else "not solved"
