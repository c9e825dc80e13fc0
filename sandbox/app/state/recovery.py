"""Unsaved work, written beside every change so that it outlives the app.

| when                       | what happens                                                      |
| -------------------------- | ----------------------------------------------------------------- |
| something changes          | a thread writes the newest state beside the old one, then in its place |
| nothing changes for a while | what was written goes through to the disk                          |
| it is saved or given up    | the file is taken away                                             |

A write without `fsync` outlives `kill -9`: the system has it. It takes a millisecond or two, and
the thread always takes the newest state, so that no key waits and nothing queues up.
"""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from threading import Condition, Thread

from sandbox.app.state.shared import Lock, put
from sandbox.app.version import Version
from sandbox.design.files import reason_of
from sandbox.design.writing import dumps

SCHEMA = 1
CALM_S = 2.0
"""Rest after a change before it goes through to the disk."""
PARTING_S = 2.0
"""Longest that the end of the app waits for the last write."""


@dataclass(frozen=True)
class Snapshot:
    """All that it takes to go on where one was."""

    version: Version
    saved: Version
    path: Path | None
    load: float
    draft: str | None
    is_gone: bool
    last: str = ""
    """The step that was made last, in words."""

    @property
    def is_worth_keeping(self) -> bool:
        """Whether anything is unsaved."""
        return self.is_gone or self.draft is not None or not self.version.says_as(self.saved)

    def table(self) -> Mapping[str, object]:
        """What is written down."""
        return {
            "schema": SCHEMA,
            "at": time.time(),
            "path": None if self.path is None else str(self.path.absolute()),
            "load": self.load,
            "draft": self.draft,
            "last": self.last,
            "saved": self.saved.text,
            "source": self.version.source,
            "names": dict(self.version.names),
            "design": dumps(self.version.design),
        }


class Recorder:
    """Keeps the newest snapshot in a file of its own."""

    def __init__(self, folder: Path, trouble: Callable[[str], None]) -> None:
        """Write into a folder, which is made when there is something to write.

        Args:
            folder: Where all apps keep their unsaved work.
            trouble: Told once, from the thread, if it cannot be written.
        """
        self.folder = folder
        self.file: Path | None = None
        self._trouble: Callable[[str], None] | None = trouble
        self._lock: Lock | None = None
        self._wanted: Snapshot | None = None
        self._is_new = self._is_ending = self._is_busy = False
        self._turn = Condition()
        self._thread: Thread | None = None

    def keep(self, snapshot: Snapshot | None) -> None:
        """Write a snapshot soon; None takes away what was written."""
        with self._turn:
            if snapshot is None and self._thread is None:
                return
            self._wanted, self._is_new = snapshot, True
            if self._thread is None:
                self._thread = Thread(target=self._run, name="recovery", daemon=True)
                self._thread.start()
            self._turn.notify_all()

    def settle(self, longest_s: float = PARTING_S) -> bool:
        """Wait until everything is written; whether it was in time."""
        with self._turn:
            return self._turn.wait_for(lambda: not self._is_new and not self._is_busy, longest_s)

    def close(self) -> None:
        """Write what is still to be written, and let go of the file."""
        self.settle()
        with self._turn:
            self._is_ending = True
            self._turn.notify_all()
        if self._thread is not None:
            self._thread.join(PARTING_S)
        if self._lock is not None:
            self._lock.free(remove=self.file is None or not self.file.exists())

    def _run(self) -> None:
        """Write the newest until the end."""
        is_through = True
        while True:
            with self._turn:
                self._is_busy = False
                self._turn.notify_all()
                self._turn.wait_for(lambda: self._is_new or self._is_ending, None if is_through else CALM_S)
                if self._is_ending and not self._is_new:
                    return
                is_new, snapshot = self._is_new, self._wanted
                self._is_new, self._is_busy = False, True
            try:
                is_through = self._settle_file() if not is_new else self._record(snapshot)
            except OSError as error:
                is_through = True
                self._tell(f"cannot write in {self.folder}: {reason_of(error)}")
            except Exception as error:  # the thread must outlive whatever a design may bring
                is_through = True
                self._tell(f"{type(error).__name__}: {error}")

    def _tell(self, reason: str) -> None:
        if self._trouble is not None:
            self._trouble(reason)
        self._trouble = None

    def _record(self, snapshot: Snapshot | None) -> bool:
        """Write a snapshot, or take it away; whether that went through to the disk."""
        if snapshot is None or not snapshot.is_worth_keeping:
            if self.file is not None:
                self.file.unlink(missing_ok=True)
            return True
        if self.file is None:
            self.file = self._found()
        put(self.file, json.dumps(snapshot.table()))
        return False

    def _found(self) -> Path:
        """A file of one's own, held while the app runs."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while self._lock is None:
            self._lock = Lock.take(self.folder / f"{os.getpid()}-{token_hex(4)}.lock")
        return self._lock.path.with_suffix(".json")

    def _settle_file(self) -> bool:
        """Let what was written go through to the disk."""
        if self.file is not None and self.file.exists():
            handle = os.open(self.file, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return True
