"""Which exercises a person has solved, and with how many stars; kept in the state folder."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sandbox.errors import StorageError

NAME = "exercises.json"


def done(home: Path | None) -> Mapping[str, int]:
    """Stars by the ids of the exercises that were solved; nothing where that is not there or not right."""
    if home is None:
        return {}
    try:
        told = json.loads((home / NAME).read_text(encoding="utf-8"))
        return {str(name): int(stars) for name, stars in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def remember(home: Path | None, name: str, stars: int) -> None:
    """Keep that an exercise is solved, with the most stars there ever were.

    Where that cannot be written, it is not remembered.
    """
    known = done(home)
    if home is None or not name or known.get(name, 0) >= stars:
        return
    from sandbox.design.files import save_text  # noqa: PLC0415  # listing them needs no designs

    with suppress(OSError, StorageError):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_text(json.dumps({**known, name: stars}, indent=1) + "\n", home / NAME)
