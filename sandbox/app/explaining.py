"""A number that is asked about for a finding, and the answer that comes from a thread."""

from dataclasses import dataclass, field

from textual.message import Message

from sandbox.engine.stopping import Stopped
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.why import Reason, why


@dataclass(frozen=True)
class Asked:
    """A number that is asked about for a finding."""

    path: str
    finding: Finding
    evaluation: Evaluation = field(repr=False)

    def is_same(self, other: "Asked") -> bool:
        """Whether it is the same number of the same evaluation."""
        return self.path == other.path and self.evaluation is other.evaluation

    def answer(self) -> "Explained":
        """Find the reason, which may take a search; whatever happens, something comes of it."""
        try:
            return Explained(self, why(self.evaluation, self.path))
        except Stopped:
            raise
        except Exception:  # the finding stands without it
            return Explained(self, None)


@dataclass
class Explained(Message):
    """The reason of a number was found."""

    asked: Asked
    reason: Reason | None
    """None where there is nothing to say, or it was called back."""
    is_known: bool = True
    """False where it was called back."""
