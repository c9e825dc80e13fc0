"""From a key in the app to the repainted screen, in a real (pseudo) terminal with 60 nodes."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

from benchmarks.designs import shops
from benchmarks.measure import Figure
from benchmarks.terminal import Answer, Terminal
from sandbox.design.files import save

GROUP = "Keys"
TARGET_MS = 33.0
RIGHT, LEFT, DOWN, UP = "\x1b[C", "\x1b[D", "\x1b[B", "\x1b[A"
CANVAS = 4000
"""Bytes that a canvas with new numbers has at least; the echo of a key has a few hundred."""
KEYS = (
    ("turn the load", "", ("]", "["), CANVAS),
    ("select the next node", RIGHT * 2, (RIGHT, LEFT), CANVAS),
    ("choose the next setting", RIGHT + "e", (DOWN, UP), 1),
    ("nudge that setting", "", (RIGHT, LEFT), CANVAS),
)
"""What is done, the keys that lead there, those that do it and take it back, and the answer's least size."""
QUIET_S = 0.8
"""So long after a key the numbers have been checked and everything is repainted that had to be."""


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
            for what, before, keys, least in KEYS:
                terminal.rest(1.0)
                terminal.send(before)
                answers = _pressed(terminal, keys, least, times)
                first = tuple(answer.first for answer in answers)
                yield Figure(GROUP, f"{what}, 60 nodes (p95)", first, TARGET_MS, share=0.95)
                last = tuple(answer.last for answer in answers)
                if least == CANVAS and last != first:
                    yield Figure(GROUP, f"{what}, to the last write (p95)", last, share=0.95)


def _pressed(terminal: Terminal, keys: tuple[str, str], least: int, times: int) -> list[Answer]:
    """Press a key and the one that takes it back in turn, each when the screen has come to rest."""
    answers = []
    for count in range(times + 2):
        terminal.rest(QUIET_S)
        answers.append(terminal.press(keys[count % 2], least, QUIET_S))
    return answers[2:]
