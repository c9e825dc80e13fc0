"""Files that several running apps share: written whole, and locks that go with the app however it ends."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Self

try:
    import fcntl
except ImportError:  # where files are locked in other ways
    fcntl = None  # type: ignore[assignment]


class Lock:
    """A file that one running app holds: the system frees it when the app ends, even by `kill -9`."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """Hold a file; None where a running app does already.

        Raises:
            OSError: The file cannot be written.
        """
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _held(handle):
                os.close(handle)
                return None
            if _is_at(handle, path):
                with suppress(OSError):  # a full disk: the lock holds without a name in it
                    _sign(handle)
                return cls(path, handle)
            os.close(handle)  # it was taken away while it was being opened

    def free(self, *, remove: bool = True) -> None:
        """Let go of the file, and take it away."""
        if self._handle >= 0:
            if remove:
                with suppress(OSError):
                    self.path.unlink()
            os.close(self._handle)
            self._handle = -1


def _is_at(handle: int, path: Path) -> bool:
    """Whether an open file is the one of a path."""
    try:
        return os.fstat(handle).st_ino == path.stat().st_ino
    except OSError:
        return False


def _held(handle: int) -> bool:
    """Try to lock a file; whether that worked."""
    if fcntl is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
    owner = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
    return not (owner.isdecimal() and int(owner) != os.getpid() and _runs(int(owner)))


def _sign(handle: int) -> None:
    """Write down who holds the file."""
    os.truncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def put(path: Path, text: str) -> None:
    """Write a small file whole or not at all; without waiting for the disk.

    Raises:
        OSError: It cannot be written; what was there is still there.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
