"""A terminal to run the app in: sends keys, and takes the time until the screen has been repainted."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from time import perf_counter
from types import TracebackType
from typing import Self

FRAME_S = 0.004
"""A repaint ends where nothing is written for so long."""
PAUSE_S = 0.06
"""An answer ends where nothing is written for so long."""
LONGEST_S = 30.0
SIZE = (140, 40)
FIRST_PICTURE = 2000
"""Bytes from which on a burst is a picture, and not a question to the terminal."""


@dataclass(frozen=True)
class Answer:
    """When a key was answered [ms]."""

    first: float
    """Until the end of the first repaint that is as large as was asked for."""
    last: float
    """Until the last write."""


class Terminal:
    """A child process behind a pseudo-terminal of 140 × 40 cells.

    What it remembers is its own, unless the environment says where: nobody's work is touched.
    """

    def __init__(self, *arguments: str) -> None:
        self._state = TemporaryDirectory(prefix="sandbox-state-")
        own = {"SANDBOX_STATE": self._state.name} | os.environ
        kind = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        self.began = perf_counter()
        self.child, self.handle = pty.fork()
        if self.child == 0:
            os.execvpe(sys.executable, [sys.executable, *arguments], own | kind)
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """End the child, which has nothing to save."""
        os.kill(self.child, signal.SIGKILL)
        os.close(self.handle)
        os.waitpid(self.child, 0)
        self._state.cleanup()

    def painted(self) -> float:
        """Time from the start to the last write of the first picture [ms]."""
        while True:
            size, ended = self._burst(LONGEST_S)
            if size >= FIRST_PICTURE:
                return (ended - self.began) * 1e3

    def send(self, keys: str) -> None:
        """Send keys without waiting for an answer."""
        os.write(self.handle, keys.encode())

    def press(self, key: str, least: int = 1, rest: float = PAUSE_S) -> "Answer":
        """Send a key, and read all that answers it.

        Args:
            key: What to send.
            least: Bytes that the answer has at least: less is an echo, and what counts is still to come.
            rest: The answer has ended when nothing was written for so long [s].

        Raises:
            TimeoutError: The app wrote nothing for long.
        """
        start = last = perf_counter()
        self.send(key)
        written, first = 0, 0.0
        while True:
            patience = LONGEST_S if written < least else FRAME_S if not first else rest
            if select.select([self.handle], [], [], patience)[0]:
                written += len(os.read(self.handle, 65536))
                last = perf_counter()
            elif written < least:
                msg = f"the app wrote {written} bytes and then nothing for {patience:g} s"
                raise TimeoutError(msg)
            elif not first:
                first = last
            else:
                return Answer((first - start) * 1e3, (last - start) * 1e3)

    def rest(self, seconds: float) -> None:
        """Read what is still written, until nothing has come for so long."""
        while select.select([self.handle], [], [], seconds)[0]:
            os.read(self.handle, 65536)

    def _burst(self, longest: float) -> tuple[int, float]:
        """Read one answer: its bytes, and when the last of them came."""
        size, ended, patience = 0, 0.0, longest
        while select.select([self.handle], [], [], patience)[0]:
            size += len(os.read(self.handle, 65536))
            ended, patience = perf_counter(), PAUSE_S
        if not size:
            msg = f"the app wrote nothing for {longest:g} s"
            raise TimeoutError(msg)
        return size, ended
