"""The files that were open last."""

import json
from contextlib import suppress
from pathlib import Path

from sandbox.app.state.shared import put

MOST = 12
NAME = "recent.json"


def recent(home: Path | None) -> list[Path]:
    """The files that were open last and are still there, the last one first."""
    return [path for path in _read(home) if _is_file(path)]


def remember(home: Path | None, path: Path) -> None:
    """Put a file first among those that were open; where that cannot be written, it is not remembered."""
    if home is None:
        return
    path = path.absolute()
    known = [path, *(other for other in _read(home) if other != path)][:MOST]
    with suppress(OSError):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        put(home / NAME, json.dumps([str(one) for one in known], indent=1))


def _read(home: Path | None) -> list[Path]:
    """What is written down; nothing where that is not there or not right."""
    if home is None:
        return []
    try:
        told = json.loads((home / NAME).read_text(encoding="utf-8"))
        return [Path(one) for one in told if isinstance(one, str)]
    except (OSError, ValueError, TypeError):
        return []


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
