"""A real terminal for a test: a child behind a pseudo-terminal, and the screen that its writing makes."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from widgets.cells import cell_len

_PIECES = re.compile(
    r"\x1b\[(?P<arguments>[0-9;:?<=>]*)[ !\"$']*(?P<final>[@-~])"  # control sequences
    r"|\x1b[\]P_^].*?(?:\x07|\x1b\\)"  # strings to the terminal
    r"|\x1b[()][A-Z0-9]|\x1b[78=>cM]"
    r"|(?P<control>[\r\n\x08\x07])"
    r"|(?P<text>[^\x1b\r\n\x08\x07]+)",
    re.DOTALL,
)


class Emulator:
    """What the app's writing leaves on a screen; knows only how Textual writes."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.cells = [[" "] * width for _ in range(height)]
        self.x = self.y = 0
        self._rest = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def feed(self, data: bytes) -> None:
        """Take what was written."""
        text = self._rest + self._decoder.decode(data)
        end = 0
        for piece in _PIECES.finditer(text):
            if piece.start() != end:
                break
            end = piece.end()
            if piece["text"]:
                self._write(piece["text"])
            elif piece["control"]:
                self._control(piece["control"])
            elif piece["final"] in ("H", "f"):
                row, _, column = piece["arguments"].partition(";")
                self.y, self.x = int(row or 1) - 1, int(column or 1) - 1
            elif piece["final"] == "J":
                self.cells = [[" "] * self.width for _ in range(self.height)]
        self._rest = text[end:]

    def _write(self, text: str) -> None:
        for letter in text:
            width = cell_len(letter)
            if width and 0 <= self.y < self.height and self.x < self.width:
                self.cells[self.y][self.x] = letter
            self.x += width

    def _control(self, letter: str) -> None:
        if letter == "\n":
            self.x, self.y = 0, self.y + 1
        elif letter == "\r":
            self.x = 0

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join("".join(line).rstrip() for line in self.cells)


class Terminal:
    """The app in a terminal of its own: send keys, read the screen."""

    def __init__(self, *arguments: str, home: Path, size: tuple[int, int] = (140, 40)) -> None:
        self.screen = Emulator(*size)
        self._child, self._handle = pty.fork()
        if self._child == 0:
            kind = {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LC_ALL": "C.UTF-8",
                "HOME": str(home),
            }
            gone = {"COLUMNS", "LINES", "NO_COLOR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TEXTUAL_ANIMATIONS"}
            kept = {name: value for name, value in os.environ.items() if name not in gone}
            os.chdir(home)
            kind["PYTHONPATH"] = str(Path(__file__).parents[2])
            os.execvpe(sys.executable, [sys.executable, *arguments], kept | kind)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        """End the child, whatever it does."""
        os.kill(self._child, signal.SIGKILL)
        os.close(self._handle)
        os.waitpid(self._child, 0)

    def send(self, *keys: str) -> None:
        """Send keys, all at once."""
        os.write(self._handle, "".join(keys).encode())

    def until(self, true: Callable[[str], object], longest_s: float = 20.0) -> str:
        """Read until something is true of the screen; the screen then."""
        ends = monotonic() + longest_s
        while not true(self.screen.text):
            if monotonic() > ends:
                raise AssertionError(f"it did not come about:\n{self.screen.text}")
            if select.select([self._handle], [], [], 0.05)[0]:
                self.screen.feed(os.read(self._handle, 65536))
        return self.screen.text
