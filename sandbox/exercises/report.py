"""A result that a teacher collects: who solved what, the design that was handed in, and the verdict on it.

| key         | holds                                                                                      |
| ----------- | ------------------------------------------------------------------------------------------ |
| `kind`      | `sandbox exercise report`                                                                  |
| `schema`    | 1                                                                                          |
| `exercise`  | id of the exercise                                                                         |
| `name`      | who handed it in, as they say themselves; may be empty                                     |
| `when`      | when it was written, in UTC, as in `2026-11-23T15:04:05Z`                                  |
| `sandbox`   | version of the program that wrote it                                                       |
| `given`     | SHA-256 of the exercise as it was given, as text: what the grading went by                 |
| `verdict`   | `solved`, `stars`, `most_stars`, `goals`, `advice`, `breaches`, and `extra` for the stars  |
| `design`    | the design that was handed in, in TOML                                                     |
| `digest`    | SHA-256 of all of the above, as JSON with sorted keys and without spaces                   |

Whoever reads one grades the design anew; what it says of itself only has to agree. The digest shows that a
report was changed by hand; it is no signature, since anybody can work it out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import SandboxError
from sandbox.exercises.grading import Verdict
from sandbox.printable import on_a_line

KIND = "sandbox exercise report"
SCHEMA = 1


@dataclass(frozen=True)
class Report:
    """What was handed in, by whom and when, and what was said of it."""

    design: Design
    solved: bool
    stars: int
    exercise: str = ""
    name: str = ""
    when: str = ""
    given: str = ""
    """Digest of the exercise that it was graded by."""
    is_whole: bool = True
    """Whether its digest is that of what it holds."""

    def disagreement(self, verdict: Verdict, given: Design) -> str:
        """What it says that the verdict does not; nothing where they agree.

        Args:
            verdict: On its design, graded anew.
            given: The exercise as it was given, that this was graded by.

        >>> told = Report(Design(), solved=True, stars=2, given=digest(dumps(Design())))
        >>> told.disagreement(Verdict("", (), (), (), ()), Design())
        'it says solved with 2 stars; graded anew it is not solved'
        """
        if (self.solved, self.stars) != (verdict.solved, verdict.won):
            said = _words(solved=self.solved, stars=self.stars)
            anew = _words(solved=verdict.solved, stars=verdict.won)
            other = "; the exercise has changed since" if self.given != digest(dumps(given)) else ""
            return f"it says {said}; graded anew it is {anew}{other}"
        return "" if self.is_whole else "it was changed after it was written: its digest is another"


def report(design: Design, verdict: Verdict, given: Design, *, name: str, when: str, version: str) -> str:
    """The report as JSON.

    Args:
        design: What is handed in.
        verdict: On it.
        given: The exercise as it was given.
        name: Who hands it in.
        when: Now, in UTC, as in `2026-11-23T15:04:05Z`.
        version: Of this program.
    """
    table: dict[str, object] = {
        "kind": KIND,
        "schema": SCHEMA,
        "exercise": verdict.exercise,
        "name": name,
        "when": when,
        "sandbox": version,
        "given": digest(dumps(given)),
        "verdict": verdict.to_dict(),
        "design": dumps(design),
    }
    sealed = {**table, "digest": seal(table)}
    return json.dumps(sealed, indent=2, allow_nan=False, ensure_ascii=False) + "\n"


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
        said = {key: on_a_line(str(table[key])) for key in ("exercise", "name", "when", "given")}
        is_whole = table["digest"] == seal({key: part for key, part in table.items() if key != "digest"})
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        is_one = False
    if not is_one:
        msg = f"{file} is not a report of an exercise; `sandbox check FILE --report REPORT` writes one"
        raise SandboxError(msg)
    return Report(loads(design, f"{file} (design)"), solved, stars, **said, is_whole=is_whole)


def seal(table: Mapping[str, object]) -> str:
    """Digest of a report's table without the digest itself."""
    return digest(json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=True))


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal.

    >>> digest("")[:8]
    'e3b0c442'
    """
    return sha256(text.encode()).hexdigest()


def _words(*, solved: bool, stars: int) -> str:
    return f"solved with {stars} star{'s' if stars != 1 else ''}" if solved else "not solved"
