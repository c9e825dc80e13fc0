"""A real app in a real terminal, killed in the middle of editing."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal
from sandbox.app.state.left import left
from sandbox.design.files import load, save_text
from sandbox.design.reading import loads
from tests.app.filed import FILED, written

pytestmark = pytest.mark.slow
LONGEST_S = 30
SAVING = """
import sys
from sandbox.design.files import save_text
for number in range(100_000):
    save_text(f'name = "{number}"\\n' + "# " + "x" * 200_000 + "\\nregion = 'eu-west-1'\\n", sys.argv[1])
    print(number, flush=True)
"""


def until_shown(terminal: Terminal, words: str) -> None:
    """Read what the app draws until some words are in it."""
    drawn, end = b"", time.monotonic() + LONGEST_S
    while words.encode() not in drawn:
        assert time.monotonic() < end, f"{words!r} was not shown"
        if select.select([terminal.handle], [], [], 0.1)[0]:
            drawn += os.read(terminal.handle, 65536)


def until(condition) -> None:
    """Wait for what the app does."""
    end = time.monotonic() + LONGEST_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """Where the app remembers."""
    monkeypatch.setenv("SANDBOX_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("SANDBOX_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "state"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_the_work_is_offered_again_to_the_last_change(tmp_path, home, how):
    """Killed right after a key was drawn; on the next start Enter and ctrl+s bring all into the file."""
    path = written(tmp_path)
    with Terminal("-m", "sandbox", "open", str(path)) as terminal:
        terminal.painted()
        terminal.rest(0.5)
        terminal.press("\t")
        for _ in range(4):
            terminal.press("d")
        os.kill(terminal.child, how)
        time.sleep(0.2)
    assert path.read_text() == FILED
    (found,), _ = left(home / "recovery")
    wanted = found.document.design
    found.leave()
    assert len(wanted.nodes) == len(loads(FILED).nodes) + 4

    with Terminal("-m", "sandbox") as terminal:
        until_shown(terminal, "Unsaved work")
        terminal.rest(0.5)
        terminal.press("\r")
        until(lambda: not list(home.glob(f"recovery/{found.file.name}")))
        terminal.rest(0.5)
        terminal.press("\x13")
        until(lambda: path.read_text() != FILED)
    assert load(path) == wanted
    assert path.read_text().startswith("# ours\n")


def test_a_save_that_is_killed_leaves_a_whole_file(tmp_path):
    """The one before or the one after, whenever it happens."""
    path = tmp_path / "shop.toml"
    save_text("name = 'first'\n", path)
    for pause in (0.0, 0.001, 0.003, 0.007, 0.011):
        with subprocess.Popen(
            [sys.executable, "-c", SAVING, str(path)], stdout=subprocess.PIPE, text=True
        ) as saving:
            assert saving.stdout is not None
            saving.stdout.readline()
            time.sleep(pause)
            saving.kill()
        assert load(path).region == "eu-west-1"
