"""The app with a design in a file, and somewhere to remember things."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from sandbox.app.app import SandboxApp
from sandbox.app.document import Document
from sandbox.app.state.recovery import Recorder, Snapshot
from sandbox.app.workbench import Workbench
from sandbox.design.files import load
from sandbox.design.reading import loads
from tests.app.shop import SHOP

FILED = f"# ours\n{SHOP}"
"""The shop as a person wrote it."""


def written(folder: Path, text: str = FILED) -> Path:
    """The shop in a file."""
    path = folder / "shop.toml"
    path.write_text(text)
    return path


@asynccontextmanager
async def running(
    home: Path, path: Path | None = None, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[Pilot[None], Workbench]]:
    """The app with a file, or with nothing opened."""
    app = SandboxApp(load(path) if path else None, path)
    app.home = home
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot, app._workbench


def change(bench: Workbench, value: int = 77) -> None:
    """Change a setting, as the form does."""
    bench.document.edit(f"to {value}", bench.document.design.with_value("nodes.ship.duration_ms", value))
    bench.evaluate()


def noted(pilot: Pilot[None]) -> str:
    """What is said in passing."""
    return " ".join(note.message for note in pilot.app._notifications)


def abandoned(home: Path, path: Path, value: int) -> None:
    """Leave unsaved work behind, as an app that is killed does."""
    document = Document(loads(FILED), path, source=FILED)
    document.edit("change", document.design.with_value("nodes.ship.duration_ms", value))
    recorder = Recorder(home / "recovery", print)
    recorder.keep(Snapshot(document.version, document.saved, path, 1.0, None, is_gone=False))
    assert recorder.settle()
    assert recorder._lock is not None
    recorder._lock.free(remove=False)


def duration(bench: Workbench) -> float:
    """The setting now."""
    return bench.document.design.nodes["ship"].settings.duration_ms
