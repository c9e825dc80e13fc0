"""A screen that keeps the evaluation of its document up to date without making a key wait.

| what                  | where                                                                     |
| --------------------- | ------------------------------------------------------------------------- |
| the evaluation        | at once while it takes 8 ms                                                |
| else a first look     | at once: a few rounds from the numbers before                             |
| and then its check    | in a thread, when the keys rest; sooner where the look came to no rest    |
| headroom and findings | in a thread, a moment after the last change                               |
| goals                 | behind them; those about a run over time come when it has run              |

A key calls back what was begun for the numbers before. Where no first look can be had (other parts
than before, or a very large design) the evaluation is left to end, and what it brings is shown even
if the person has gone on: the numbers follow a held key, and then the newest design gets its turn.
"""

from contextlib import suppress
from functools import partial
from time import thread_time

from textual import on
from textual.screen import Screen

from sandbox.app.document import Document
from sandbox.app.errands import Errand
from sandbox.app.judging import Judging
from sandbox.app.messages import Detailed, Ended, Evaluated, Refused
from sandbox.app.reading import Details, Reading
from sandbox.design.model import Design
from sandbox.engine.stopping import Stopped
from sandbox.evaluation import Evaluation, evaluate_plain, look_from

AT_ONCE_S = 0.008
"""An evaluation that takes longer (of the processor) goes to a thread: a key should be drawn within 33 ms."""
LOOK_S = 0.05
"""A first look that takes longer is not had for a while."""
REST_S = 0.15
"""Pause after the last change before what takes long is begun."""
SOON_S = 0.05
"""Pause before a look that came to no rest is checked: the look is painted meanwhile."""
FORGET = 0.7
"""Factor by which a slow look is forgotten with every evaluation."""


class EvaluatingScreen(Screen[None]):
    """Evaluates `document` when told that it changed, and calls `show` and `show_details`."""

    def __init__(self, document: Document, evaluation: Evaluation | None = None) -> None:
        super().__init__()
        self.document = document
        self.baseline: Evaluation | None = None
        self._evaluation = evaluation or evaluate_plain(document.design, document.load)
        self._origin = document.design
        """As it was opened: an exercise that did not come along is compared with it."""
        self._details: Details | None = None
        self._detailed: Evaluation | None = None
        """What the details are about."""
        self._took_s = self._look_s = 0.0
        self._is_behind = False
        self._evaluating, self._detailing = Errand(self), Errand(self)

    @property
    def reading(self) -> Reading:
        """What the views show now."""
        now = self._evaluation
        is_moving = now.is_first_look and not now.converged
        stale = is_moving or self._detailed_design is not now.design
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
        self.document, self.baseline, self._origin = document, evaluation, document.design
        self._details = self._detailed = None
        self._accept(evaluation)

    def evaluate(self) -> None:
        """Evaluate the document as it is now, or have a first look at it, at once if that is quick."""
        self._detailing.call_back()
        if self._took_s > AT_ONCE_S:
            if not self._first_look():
                self._evaluate_apart()
            return
        outcome = self._timed(self.document.design, self.document.load)
        if isinstance(outcome, Refused):
            self._take_back(outcome)
        else:
            self._took_s = outcome.took_s
            self._accept(outcome.evaluation)

    @property
    def is_settled(self) -> bool:
        """Whether nothing newer than what is shown is on its way."""
        return not (self._is_behind or self._evaluating.is_out)

    def _first_look(self) -> bool:
        """Show where the numbers go from those before; whether that could be done."""
        if self._look_s > LOOK_S:
            return False
        start = thread_time()
        try:
            look = look_from(self._evaluation, self.document.design, self.document.load)
            if look is not None:
                self.prepare(look)
        except Exception as error:
            self._take_back(Refused(self.document.design, str(error) or type(error).__name__))
            return True
        if look is None:
            return False
        self._look_s = thread_time() - start
        self._evaluating.call_back()
        self._accept(look)
        return True

    def _evaluate_apart(self) -> None:
        """Evaluate in a thread, or after the one that is out."""
        self._is_behind = self._evaluating.is_out
        if not self._evaluating.is_out:
            self._evaluating.go(partial(self._timed, self.document.design, self.document.load), Ended())

    def _timed(self, design: Design, load: float) -> Evaluated | Refused:
        """Evaluate, or say why that cannot be; whatever happens, the design before is kept."""
        start = thread_time()
        try:
            evaluation = evaluate_plain(design, load)
            self.prepare(evaluation)
        except Stopped:
            raise
        except Exception as error:
            return Refused(design, str(error) or type(error).__name__)
        return Evaluated(evaluation, thread_time() - start)

    @on(Evaluated)
    def _on_evaluated(self, event: Evaluated) -> None:
        self._evaluating.back()
        self._took_s, self._look_s = event.took_s, self._look_s * FORGET
        if self._is_of_this_document(event.evaluation.design) and not self._is_overtaken(event.evaluation):
            self._accept(event.evaluation)
        self._catch_up()

    @on(Ended)
    def _on_ended(self) -> None:
        self._evaluating.back()
        self._catch_up()

    @on(Refused)
    def _on_refused(self, event: Refused) -> None:
        self._evaluating.back()
        if self._is_of_this_document(event.design):
            self._is_behind = False
            self._take_back(event)
        self._catch_up()

    def _catch_up(self) -> None:
        """Evaluate what changed while the thread ran."""
        if self._is_behind:
            self._evaluate_apart()
        elif self._evaluation.is_first_look:
            self._check_soon()

    def _is_overtaken(self, evaluation: Evaluation) -> bool:
        """Whether a look at something newer is shown already."""
        now = self._evaluation
        document = self.document
        is_newest = evaluation.design is document.design and evaluation.load == document.load
        is_same = now.design is evaluation.design and now.load == evaluation.load
        return now.is_first_look and not is_same and not is_newest

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
        if evaluation.is_first_look:
            self._check_soon()
        else:
            self.set_timer(REST_S, self._seek_details)

    def _check_soon(self) -> None:
        """Check the look that is shown when the keys rest; sooner where it came to no rest itself."""
        rest = REST_S if self._evaluation.converged else SOON_S
        self.set_timer(rest, partial(self._check_look, self._evaluation))

    def _check_look(self, look: Evaluation) -> None:
        """Evaluate what there was only a look at, if that is still what is shown."""
        if self._evaluation is look and self.is_attached and not self._evaluating.is_out:
            self._evaluate_apart()

    def _seek_details(self) -> None:
        """Begin with the details, unless newer numbers came or a thread is at it."""
        now = self._evaluation
        told = self._details
        is_done = self._detailed is now and told is not None and not told.is_judging
        if self._detailing.is_out or is_done or now.is_first_look or not self.is_attached:
            return
        folder = self.document.path.parent if self.document.path else None
        judging = Judging(now, self._origin, told, self._detailed_design, folder)
        self._detailing.go(partial(judging.detailed, self._post_part), Detailed(now, None))

    def _post_part(self, message: Detailed) -> None:
        """Show what is known of the details before the rest; called in the thread."""
        with suppress(RuntimeError):  # the app has ended meanwhile
            self.post_message(message)

    @property
    def _detailed_design(self) -> Design | None:
        return self._detailed.design if self._detailed else None

    @on(Detailed)
    def _on_detailed(self, event: Detailed) -> None:
        is_part = event.details is not None and event.details.is_judging
        if not is_part:
            self._detailing.back()
        is_shown = event.evaluation is self._evaluation
        if event.details is not None and (is_shown or self._is_of_this_document(event.evaluation.design)):
            self._details, self._detailed = event.details, event.evaluation
            self.show_details(self.reading)
        if not is_part:
            self._seek_details()
