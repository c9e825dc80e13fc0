"""Details of an evaluation: headroom, findings, and what is said of the goals.

The goals about a run over time take the longest. Until it has run, the verdict before it is handed on.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.app.messages import Detailed
from sandbox.app.reading import Details
from sandbox.design.model import Design
from sandbox.engine.stopping import Stopped
from sandbox.evaluation import Evaluation


@dataclass(frozen=True)
class Judging:
    """What is to be found out, and what is known of it."""

    evaluation: Evaluation
    """What is shown."""
    origin: Design
    """The design as it was opened: an exercise that did not come along is compared with it."""
    known: Details | None
    """The details before."""
    known_of: Design | None
    """What those are about."""
    folder: Path | None
    """Where a run looks for recorded loads."""

    def detailed(self, tell: Callable[[Detailed], None]) -> Detailed:
        """Find it out, in a thread; the dial only changes the findings.

        Whatever happens, something comes of it: the screen would wait for it for ever.

        Args:
            tell: Told of all but the goals, where those take longer.

        Raises:
            Stopped: Nobody waits for it any more.
        """
        try:
            details = self._details(tell)
        except Stopped:
            raise
        except Exception as error:
            details = Details((), (), failure=str(error) or type(error).__name__)
        return Detailed(self.evaluation, details)

    def _details(self, tell: Callable[[Detailed], None]) -> Details:
        from sandbox.rules import findings  # noqa: PLC0415  # not needed for the first painting

        now, known = self.evaluation, self.known
        is_known = known and not known.failure and not known.is_judging and self.known_of is now.design
        found = tuple(findings(now))
        if known and is_known:
            return replace(known, findings=found)
        from sandbox.exercises.given import given  # noqa: PLC0415
        from sandbox.exercises.grading import grade  # noqa: PLC0415
        from sandbox.goals import has_runs  # noqa: PLC0415

        design = now.design
        exercise = (given(design) or self.origin) if design.exercise else None
        judge = exercise or design
        details = Details(now.headroom, found, given=exercise)
        if has_runs(judge.goals):
            before = known.verdict if known else None
            tell(Detailed(now, replace(details, verdict=before, is_judging=True)))
        is_asked = bool(exercise or design.goals)
        return replace(details, verdict=grade(design, judge, self.folder) if is_asked else None)
