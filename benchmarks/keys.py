"""From a key in the app to the repainted screen, in a real (pseudo) terminal with 60 nodes."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

from benchmarks.designs import shops
from benchmarks.measure import Figure
from benchmarks.terminal import Terminal
from sandbox.design.files import save

GROUP = "Keys"
TARGET_MS = 33.0
RIGHT, LEFT = "\x1b[C", "\x1b[D"
KEYS = {
    "turn the load": ("]", "["),
    "select the next node": (RIGHT, LEFT),
    "choose the next setting": ("\x1b[B", "\x1b[A"),
    "nudge that setting": (RIGHT, LEFT),
}
"""What is done, and the keys that do it and take it back."""
EDIT, QUIET_S = "e", 0.3


def figures(times: int) -> Iterator[Figure]:
    """Measure everything of this group.

    Args:
        times: How often each key is pressed.
    """
    with TemporaryDirectory() as folder:
        path = f"{folder}/design.toml"
        save(shops(60), path)
        with Terminal("-m", "sandbox", "open", path) as terminal:
            terminal.painted()
            terminal.rest(1.5)
            for what, keys in KEYS.items():
                if what == "choose the next setting":
                    terminal.press(EDIT)
                values = _pressed(terminal, keys, times)
                yield Figure(GROUP, f"{what}, 60 nodes (p95)", values, TARGET_MS, share=0.95)


def _pressed(terminal: Terminal, keys: tuple[str, str], times: int) -> tuple[float, ...]:
    """Press a key and the one that takes it back in turn, each when the screen has come to rest."""
    values = []
    for count in range(times + 2):
        terminal.rest(QUIET_S)
        values.append(terminal.press(keys[count % 2]))
    return tuple(values[2:])
