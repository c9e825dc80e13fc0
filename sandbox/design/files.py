"""Designs on disk: read with care, saved so that nothing is lost."""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import IO

from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import DesignError, Problem, SandboxError, StorageError

LARGEST = 5_000_000
"""Bytes; a design of a thousand nodes has a tenth of it."""


def load(path: str | os.PathLike[str]) -> Design:
    """Read a design from a file.

    Raises:
        StorageError: The file cannot be read, or is too large to be a design.
        DesignError: What is in it is not a design; carries every problem.
    """
    return loads(*read_text(path))


def read_text(path: str | os.PathLike[str]) -> tuple[str, str]:
    """Text of a file with all that it begins with, and its name for messages.

    Raises:
        StorageError: The file cannot be read, or is too large to be a design.
        DesignError: It is not UTF-8.
    """
    name = os.fspath(path)
    try:
        with Path(name).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise _too_large(name, size)
            return _decoded(_bounded(file, name), name), name
    except OSError as error:
        raise StorageError(f"{name}: {reason_of(error)}") from None
    except ValueError as error:  # a NUL in the name
        if isinstance(error, UnicodeError):
            raise
        raise StorageError(f"{name!r} is not the name of a file") from None


def source_of(path: Path | None) -> str | None:
    """Text of a file that was read before; None where there is none, or none any more."""
    try:
        return None if path is None else read_text(path)[0]
    except SandboxError:
        return None


def stamp(path: Path | None) -> tuple[int, int, int] | None:
    """What tells one state of a file from another; None where there is none."""
    try:
        told = path.stat() if path is not None else None
    except OSError:
        return None
    return None if told is None else (told.st_ino, told.st_size, told.st_mtime_ns)


def read_stdin() -> Design:
    """Read a design from standard input.

    Raises:
        StorageError: There is more than a design can be.
        DesignError: What comes is not a design; carries every problem.
    """
    name = "standard input"
    return loads(_decoded(_bounded(sys.stdin.buffer, name), name), name)


def save(design: Design, path: str | os.PathLike[str]) -> None:
    """Write a design, as `save_text` does.

    Raises:
        StorageError: The file cannot be written.
    """
    save_text(dumps(design), path)


def save_text(text: str, path: str | os.PathLike[str]) -> None:
    """Write a text whole or not at all: beside the file first, then in its place.

    A link is followed, the file's mode is kept, and whatever interrupts the work leaves
    the old file as it was.

    Raises:
        StorageError: The file cannot be written.
    """
    target = Path(os.fspath(path))
    try:
        target = target.resolve()
        if target.is_dir():
            raise IsADirectoryError
        _replace(target, text.encode("utf-8"))
    except (OSError, RuntimeError) as error:
        raise StorageError(f"{os.fspath(path)} was not saved: {_refusal(error, target)}") from None


def _refusal(error: OSError | RuntimeError, target: Path) -> str:
    """Why a file cannot be written: it is its folder that must let it."""
    if not isinstance(error, OSError):
        return "the link leads to itself"
    if isinstance(error, FileNotFoundError):
        return f"there is no such file or folder as {target.parent}"
    if isinstance(error, PermissionError) and not os.access(target.parent, os.W_OK | os.X_OK):
        return f"no permission to write in {target.parent}"
    return reason_of(error)


def _replace(target: Path, content: bytes) -> None:
    """Put content in a file's place, through the disk."""
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    handle, name = mkstemp(prefix=f".{target.name[:60]}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), mode)
        Path(name).replace(target)
    except BaseException:  # an interrupt too: the half-written file must not stay
        with suppress(OSError):
            Path(name).unlink()
        raise
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Make the new name itself safe; not every file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    """The process's mask of rights for new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _bounded(file: IO[bytes], name: str) -> bytes:
    """Everything there is, and never more than a design can be."""
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _too_large(name, None)
    return content


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"not UTF-8: byte {error.start:,} is 0x{content[error.start]:02x}; save the file as UTF-8"
        raise DesignError([Problem(message, line=line)], name) from None


def _too_large(name: str, size: int | None) -> StorageError:
    has = f"has {size / 1e6:,.1f} MB" if size else f"has more than {LARGEST / 1e6:g} MB"
    return StorageError(f"{name} {has}; a design has at most {LARGEST / 1e6:g} MB")


def reason_of(error: OSError) -> str:
    """Why the system refused, in a few words."""
    reasons = {
        FileNotFoundError: "there is no such file",
        PermissionError: "no permission",
        IsADirectoryError: "it is a directory, not a file",
        NotADirectoryError: "a part of its path is not a directory",
    }
    by_number = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "there is no room left in the quota",
        errno.EROFS: "the disk can only be read",
    }
    return (
        reasons.get(type(error)) or by_number.get(error.errno or 0) or (error.strerror or str(error)).lower()
    )
