"""Numbers that are asked about for findings, and answers that come from a thread once the keys rest."""

from dataclasses import dataclass, field

from textual.message import Message
from textual.widget import Widget

from sandbox.app.errands import Errand
from sandbox.engine.stopping import Stopped
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.why import Reason, why

REST_S = 0.15
"""Pause after the last change before a reason is looked for."""


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


class Reasons:
    """The reason of the number behind one finding at a time; the last stays while a newer is looked for."""

    def __init__(self, widget: Widget) -> None:
        """Looking for nothing yet.

        Args:
            widget: Gets `Explained` when something came of a search.
        """
        self._widget = widget
        self._errand = Errand(widget)
        self._out: Asked | None = None
        self._wanted: Asked | None = None
        self._known: tuple[Asked, Reason | None] | None = None

    def is_settled(self, wanted: Asked | None) -> bool:
        """Whether all is known that is wanted, and nothing is looked for."""
        return self._missing(wanted) is None and not self._errand.is_out

    def of(self, finding: Finding | None) -> Reason | None:
        """What is known of a finding."""
        return self._known[1] if self._known and self._known[0].finding == finding else None

    def want(self, wanted: Asked | None) -> None:
        """Look for a reason when the keys rest; a search for another one ends at once.

        Args:
            wanted: What to ask; nothing where there is no number, or new ones are on their way.
        """
        self._wanted = wanted
        missing = self._missing(wanted)
        if self._errand.is_out and not (missing and self._out and missing.is_same(self._out)):
            self._errand.call_back()
        if missing is not None:
            self._widget.set_timer(REST_S, self._ask)

    def learn(self, event: Explained) -> bool:
        """Take an answer; whether there is one, and the search was not called back."""
        self._errand.back()
        if event.is_known:
            self._known = (event.asked, event.reason)
        return event.is_known

    def _missing(self, wanted: Asked | None) -> Asked | None:
        """What is wanted, if it is not known yet."""
        return None if wanted is None or (self._known and self._known[0].is_same(wanted)) else wanted

    def _ask(self) -> None:
        """Look for the reason in a thread: the change in it takes a search."""
        missing = self._missing(self._wanted)
        if missing is not None and self._widget.is_attached and not self._errand.is_out:
            self._out = missing
            self._errand.go(missing.answer, Explained(missing, None, is_known=False))
