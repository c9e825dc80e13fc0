"""Exit codes, and writing to standard output."""

import os
import sys

MISSED, WRONG, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141
"""A goal is missed; a file, a name or an option is wrong; the person or the reader has gone. 0 is done."""


def write(text: str) -> None:
    """Write to standard output; a reader that has gone (as `| head` does) ends it quietly."""
    try:
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence()
        sys.exit(BROKEN_PIPE)


def silence() -> None:
    """Let what is still to be written go nowhere, so that ending does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
