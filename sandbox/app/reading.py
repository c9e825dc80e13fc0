"""What the views read: an evaluation, what it is compared with, and what is told about it later."""

from dataclasses import dataclass

from sandbox.app.clock import Clock
from sandbox.app.version import Version
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.exercises.grading import Verdict
from sandbox.outcome import Finding, Rung


@dataclass(frozen=True)
class Details:
    """What takes longer to find out; the screen shows it when it comes."""

    rungs: tuple[Rung, ...]
    """The ladder of throttling points, the first to bind first."""
    findings: tuple[Finding, ...]
    """The gravest first."""
    verdict: Verdict | None = None
    """On the goals; None where the design has none, or it cannot be judged."""
    given: Design | None = None
    """The exercise as it was given, where the design is one."""
    failure: str = ""
    """Why neither could be found out, where that is so."""
    is_judging: bool = False
    """Whether the verdict is the one before: a run over time is still to say the new one."""


@dataclass(frozen=True)
class Source:
    """The text behind an evaluation; it is worked out when it is asked for."""

    document: object
    """Tells one open document from another."""
    version: Version
    draft: str | None = None
    """Text that is being typed and is not a design yet."""
    subject: str = ""
    """What is selected, as in `nodes.ship`."""


@dataclass(frozen=True)
class Reading:
    """All that a view needs to draw itself."""

    evaluation: Evaluation
    baseline: Evaluation | None = None
    """What changes are shown against."""
    details: Details | None = None
    """None while it is worked out for the first time."""
    source: Source | None = None
    clock: Clock | None = None
    """The run over time, and which moment of it is shown."""
    moment: str = ""
    """The moment that the evaluation is of, in words; nothing for the steady state."""
    steady: Evaluation | None = None
    """The steady state, where the evaluation is of a moment."""
    is_stale: bool = False
    """Whether the details are those of the design before."""

    @property
    def settled(self) -> Evaluation:
        """The steady state, whatever moment is shown: what advice is about."""
        return self.steady or self.evaluation
