"""A screen that keeps the evaluation of its document up to date without making a key wait.

| what                   | where                                                              |
| ---------------------- | ------------------------------------------------------------------ |
| the evaluation         | at once while it takes 8 ms, else in a thread; the newest wins      |
| headroom and findings  | in a thread, a moment after the last change; one at a time          |

A thread cannot be stopped. So while one runs no other starts, what it brings is shown even if
the person has gone on (the numbers follow a held key), and then the newest design gets its turn.
"""

from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from threading import Thread
from time import perf_counter

from textual import on
from textual.message import Message
from textual.screen import Screen

from sandbox.app.document import Document
from sandbox.app.messages import Detailed, Evaluated, Refused
from sandbox.app.reading import Details, Reading
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation, evaluate_plain
from sandbox.outcome import Rung

AT_ONCE_S = 0.008
"""An evaluation that takes longer goes to a thread: a key should be drawn within 33 ms."""
REST_S = 0.15
"""Pause after the last change before what takes long is begun."""


class EvaluatingScreen(Screen[None]):
    """Evaluates `document` when told that it changed, and calls `show` and `show_details`."""

    def __init__(self, document: Document, evaluation: Evaluation | None = None) -> None:
        super().__init__()
        self.document = document
        self.baseline: Evaluation | None = None
        self._evaluation = evaluation or evaluate_plain(document.design, document.load)
        self._details: Details | None = None
        self._detailed: Evaluation | None = None
        """What the details are about."""
        self._took_s = 0.0
        self._evaluates = self._is_behind = False
        self._seeks_details = False

    @property
    def reading(self) -> Reading:
        """What the views show now."""
        stale = self._detailed_design is not self._evaluation.design
        return Reading(self._evaluation, self.baseline, self._details, is_stale=stale)

    def show(self, reading: Reading) -> None:
        """Show new numbers; the details are those of before."""
        raise NotImplementedError

    def prepare(self, evaluation: Evaluation) -> None:
        """Work out what `show` will ask for: maybe in a thread, and not when it is drawn."""
        evaluation.nodes, evaluation.edges  # noqa: B018  # kept once they are told

    def show_details(self, reading: Reading) -> None:
        """Show new headroom and findings."""
        raise NotImplementedError

    def show_refusal(self, reason: str) -> None:
        """Say why a change was taken back."""
        raise NotImplementedError

    def begin(self, document: Document, evaluation: Evaluation) -> None:
        """Take over another document, already evaluated."""
        self.document, self.baseline = document, evaluation
        self._details = self._detailed = None
        self._accept(evaluation)

    def evaluate(self) -> None:
        """Evaluate the document as it is now, at once if that is quick."""
        if self._evaluates:
            self._is_behind = True
        elif self._took_s > AT_ONCE_S:
            self._evaluates = True
            self._apart(partial(self._timed, self.document.design, self.document.load))
        else:
            outcome = self._timed(self.document.design, self.document.load)
            if isinstance(outcome, Refused):
                self._take_back(outcome)
            else:
                self._took_s = outcome.took_s
                self._accept(outcome.evaluation)

    def _timed(self, design: Design, load: float) -> Evaluated | Refused:
        """Evaluate, or say why that cannot be; whatever happens, the design before is kept."""
        start = perf_counter()
        try:
            evaluation = evaluate_plain(design, load)
            self.prepare(evaluation)
        except Exception as error:
            return Refused(design, str(error) or type(error).__name__)
        return Evaluated(evaluation, perf_counter() - start)

    def _apart(self, deed: Callable[[], Message]) -> None:
        """Do something in a thread that leaving the app does not wait for, and post what comes of it."""

        def do() -> None:
            message = deed()
            with suppress(RuntimeError):  # the app has ended meanwhile
                self.post_message(message)

        Thread(target=copy_context().run, args=(do,), daemon=True).start()

    @on(Evaluated)
    def _on_evaluated(self, event: Evaluated) -> None:
        self._evaluates, self._took_s = False, event.took_s
        if self._is_of_this_document(event.evaluation.design):
            self._accept(event.evaluation)
        self._catch_up()

    @on(Refused)
    def _on_refused(self, event: Refused) -> None:
        self._evaluates = False
        if self._is_of_this_document(event.design):
            self._is_behind = False
            self._take_back(event)
        self._catch_up()

    def _catch_up(self) -> None:
        """Evaluate what changed while the thread ran."""
        if self._is_behind:
            self._is_behind = False
            self.evaluate()

    def _is_of_this_document(self, design: Design) -> bool:
        """Whether a design belongs to the open document, not to one closed meanwhile."""
        steps = (*self.document.done, *self.document.undone)
        return design is self.document.design or any(step.design is design for step in steps)

    def _take_back(self, refused: Refused) -> None:
        self.document.give_up(self._evaluation.design)
        self.show(self.reading)
        self.show_refusal(refused.reason)

    def _accept(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self.show(self.reading)
        self.set_timer(REST_S, self._seek_details)

    def _seek_details(self) -> None:
        """Begin with the details, unless newer numbers came or a thread is at it."""
        if self._seeks_details or self._detailed is self._evaluation or not self.is_attached:
            return
        self._seeks_details = True
        known = (
            self._details.rungs
            if self._details
            and not self._details.failure
            and self._detailed_design is self._evaluation.design
            else None
        )
        self._apart(partial(_detailed, self._evaluation, known))

    @property
    def _detailed_design(self) -> Design | None:
        return self._detailed.design if self._detailed else None

    @on(Detailed)
    def _on_detailed(self, event: Detailed) -> None:
        self._seeks_details = False
        if self._is_of_this_document(event.evaluation.design):
            self._details, self._detailed = event.details, event.evaluation
            self.show_details(self.reading)
        self._seek_details()


def _detailed(evaluation: Evaluation, rungs: tuple[Rung, ...] | None) -> Detailed:
    """Find out headroom and findings; the ladder begins at a load of 1, so the dial leaves it as it is.

    Whatever happens, something comes of it: the screen would wait for it for ever.
    """
    from sandbox.rules import findings  # noqa: PLC0415  # not needed for the first painting

    try:
        rungs = evaluation.headroom if rungs is None else rungs
        details = Details(rungs, tuple(findings(evaluation)))
    except Exception as error:
        details = Details((), (), failure=str(error) or type(error).__name__)
    return Detailed(evaluation, details)
