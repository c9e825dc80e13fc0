"""A text that is typed, read when the person pauses: at once where that is quick, else in a thread."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import inf
from time import monotonic, perf_counter

from textual.timer import Timer
from textual.widget import Widget

from sandbox.app.present.typed import Checked, checked

REST_S = 0.15
"""Pause after a key before the text is read."""
AT_ONCE_S = 0.008
"""A text that takes longer to read is read in a thread."""
IN_A_ROW_S = 2.0
"""Longest pause between keys that make one step."""


class Listener:
    """Waits for the end of a run of keys, and hands over what the text says then."""

    def __init__(self, owner: Widget, text: Callable[[], str], judge: Callable[[Checked], None]) -> None:
        """Listen to a widget.

        Args:
            owner: Whose timers and workers are used.
            text: What is typed.
            judge: Is told what a text says; maybe the text has been changed meanwhile.
        """
        self._owner, self._text, self._judge = owner, text, judge
        self._timer: Timer | None = None
        self._reads = False
        self._took_s = inf  # not known yet, so the first is read in a thread
        self._heard_at = self._taken_at = -inf

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits to be read."""
        return self._timer is None and not self._reads

    def hear(self) -> None:
        """Begin to wait again, because a key was typed."""
        self._heard_at = monotonic()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._owner.set_timer(REST_S, self._read)

    def flush(self) -> Checked:
        """Read at once what still waits to be read, and whatever else is there."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._reads = False
        return checked(self._text())

    def takes(self) -> bool:
        """Note that a text is taken; whether it goes on with what was taken before."""
        continues = self._heard_at - self._taken_at < IN_A_ROW_S
        self._taken_at = self._heard_at
        return continues

    def part(self) -> None:
        """Let what is typed next be something new."""
        self._taken_at = -inf

    def _read(self) -> None:
        self._timer = None
        text = self._text()
        if self._took_s > AT_ONCE_S:
            self._reads = True
            self._owner.run_worker(partial(self._read_apart, text), thread=True, exclusive=True, group="text")
        else:
            self._tell(self._timed(text))

    def _read_apart(self, text: str) -> None:
        outcome = self._timed(text)
        with suppress(RuntimeError):  # the app has ended meanwhile
            self._owner.app.call_from_thread(self._tell, outcome)

    def _timed(self, text: str) -> Checked:
        start = perf_counter()
        outcome = checked(text)
        self._took_s = perf_counter() - start
        return outcome

    def _tell(self, outcome: Checked) -> None:
        self._reads = False
        self._judge(outcome)
