"""A thread that tells when another program changes a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread

from sandbox.design.files import read_text, stamp
from sandbox.errors import SandboxError

EVERY_S = 0.5
SETTLED_S = 0.1
"""A file that is being written is read once it has rested for so long."""
Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Seen:
    """What is in a file now."""

    path: Path
    text: str | None
    """None where it is not there."""
    problem: str = ""
    """Why it could not be read."""
    stamp: Stamp | None = None
    """The state of the file when it was read."""


class Watch:
    """Looks at one file by and by: it works on every file system and costs a call each time."""

    def __init__(self, seen: Callable[[Seen], None]) -> None:
        """Watch nothing yet.

        Args:
            seen: Told, from the thread, what another program put into the file.
        """
        self._seen = seen
        self._path: Path | None = None
        self._known: Stamp | None = None
        self._given: tuple[Path | None, Stamp | None] = (None, None)
        self._is_ending = False
        self._turn = Condition()
        self._thread: Thread | None = None

    def look_at(self, path: Path | None, known: Stamp | None) -> None:
        """Watch another file, or the same one in another known state.

        What was told once is not told again because the same is known as before.
        """
        with self._turn:
            if (path, known) == self._given:
                return
            self._given = (path, known)
            self._path, self._known = path, known
            if path is not None and self._thread is None:
                self._thread = Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Watch no longer."""
        with self._turn:
            self._is_ending = True
            self._turn.notify_all()

    def _run(self) -> None:
        while self._rest(EVERY_S):
            with self._turn:
                path, known = self._path, self._known
            now = stamp(path)
            while now != known:  # until it rests: some programs take the old file away first
                before = now
                if not self._rest(SETTLED_S):
                    return
                now = stamp(path)
                if now == before:
                    break
            if path is not None and now != known:
                self._tell(path, known, now)

    def _tell(self, path: Path, known: Stamp | None, now: Stamp | None) -> None:
        """Read the file, and pass on what is in it unless the app itself has written it meanwhile."""
        seen = Seen(path, None)
        if now is not None:
            try:
                seen = Seen(path, read_text(path)[0], stamp=now)
            except SandboxError as error:
                seen = Seen(path, None, str(error), now)
        with self._turn:
            if (self._path, self._known) != (path, known):
                return
            self._known = now
        self._seen(seen)

    def _rest(self, seconds: float) -> bool:
        """Pause; whether to go on."""
        with self._turn:
            return not self._turn.wait_for(lambda: self._is_ending, seconds)
