"""Ending a computation whose result nobody waits for any more.

A thread cannot be stopped from outside, so what takes long looks from time to time whether it should end.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Stopped(Exception):  # noqa: N818  # nothing went wrong
    """The computation was ended before it had a result."""


_wanted: ContextVar[Callable[[], bool] | None] = ContextVar("wanted", default=None)


@contextmanager
def stoppable(wanted: Callable[[], bool]) -> Iterator[None]:
    """Let what is computed inside end early, in this thread only.

    Args:
        wanted: Says whether to end; asked often, so it must be quick.

    >>> with stoppable(lambda: True):
    ...     look()
    Traceback (most recent call last):
    sandbox.engine.stopping.Stopped
    """
    before = _wanted.set(wanted)
    try:
        yield
    finally:
        _wanted.reset(before)


def look() -> None:
    """End here if that is wanted.

    Raises:
        Stopped: It is.
    """
    wanted = _wanted.get()
    if wanted is not None and wanted():
        raise Stopped
