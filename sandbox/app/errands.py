"""Work that is done in a thread while the screen goes on, and that can be called back."""

from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from threading import Event, Thread

from textual.message import Message
from textual.message_pump import MessagePump

from sandbox.engine.stopping import Stopped, stoppable


class Errand:
    """One kind of work, one at a time: what comes of it is posted as a message.

    A thread cannot be stopped from outside, but the engine looks whether it should end.
    """

    def __init__(self, poster: MessagePump) -> None:
        self._poster = poster
        self._stop = Event()
        self.is_out = False
        """Whether it is being done; whoever gets the message calls `back`."""

    def go(self, deed: Callable[[], Message], ended: Message) -> None:
        """Begin, in a thread that leaving the app does not wait for.

        Args:
            deed: What to do.
            ended: What is posted when it was called back.
        """
        self.is_out, stop = True, Event()
        self._stop = stop

        def do() -> None:
            try:
                with stoppable(stop.is_set):
                    message = deed()
            except Stopped:
                message = ended
            with suppress(RuntimeError):  # the app has ended meanwhile
                self._poster.post_message(message)

        Thread(target=copy_context().run, args=(do,), daemon=True).start()

    def call_back(self) -> None:
        """Let it end early, if it is out."""
        self._stop.set()

    def back(self) -> None:
        """It has ended."""
        self.is_out = False
