"""Handing a result in: the one place where a report gets its time and is written."""

from datetime import UTC, datetime
from pathlib import Path

from sandbox import __version__
from sandbox.design.files import save_text
from sandbox.design.model import Design
from sandbox.exercises.grading import Verdict
from sandbox.exercises.report import report


def hand_in(design: Design, verdict: Verdict, given: Design, name: str, path: str | Path) -> None:
    """Write the report on a design.

    Args:
        design: What is handed in.
        verdict: On it.
        given: The exercise as it was given.
        name: Who hands it in; may be empty.
        path: The file.

    Raises:
        StorageError: It cannot be written.
    """
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    save_text(report(design, verdict, given, name=name, when=when, version=__version__), path)
