"""All that is drawn, in ASCII: for terminals and fonts without box drawing.

Widgets that know both alphabets draw with the plain one (`widgets.glyphs`). This filter is the net
under them: it swaps whatever sign is left on its way to the screen, of borders, scroll bars and texts
of any origin, one for one, so that nothing moves.
"""

import sys
from functools import lru_cache
from unicodedata import category, normalize

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_LIKE = {
    "-": "─━┄╌╍╴╶–—−‐‑▔▀▄",
    "|": "‖│┃┆╎╏┇║▌▍▎▏▐▕▊▋",
    "+": "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┠┣┤┥┨┫┬┯┰┳┴┷┸┻┼┿╂╋╭╮╯╰╔╗╚╝╠╣╦╩╬▖▗▘▙▛▜▝▟✓",
    "=": "═▅≡",
    "#": "█▉▇▆▢▣▤▥▦",
    "_": "▁▂",
    "~": "…≈≋≃⁓",
    ".": "·░▒▃",
    "*": "•●◆★⚙",
    "@": "◷",
    "Q": "⌕",
    "Y": "⋔",
    "%": "⇄⇌",
    "o": "○◇◯◈◉◍⊚☆",
    ">": "→▶▸›»⇥≥⟶⇉⇶⋙",
    "<": "←◀◂‹«≤⟵⌫⏎",
    "^": "↑⌃⇱",
    "v": "↓▼▾",
    "!": "▲▴⚠",
    "x": "×✕✗✘",
    "/": "÷√",
    '"': "“”„",
    "'": "‘’‚",
    "f": "λ",
    "u": "µμ",
    "S": "Σ",
    "8": "∞",
}
_LETTERS = ("Lu", "Ll", "Lt", "Lo", "Mn", "Mc")
"""Categories of what words are made of; raised letters such as those of formulas are not."""
SIGNS = {sign: plain for plain, signs in _LIKE.items() for sign in signs}
"""By each sign the ASCII one that says the same."""
BRAILLE = 0x2800
"""The sign without dots; dots are bits."""
_HALVES = (0x1B, 0xE4)
"""Dots of the two upper and of the two lower rows."""


class Plain(LineFilter):
    """Leaves ASCII signs only; letters of any script stay where the terminal can write them."""

    def __init__(self, encoding: str | None = None) -> None:
        """Make the filter.

        Args:
            encoding: What the terminal reads; by default what standard error, where the app draws, is in.
        """
        super().__init__()
        self._encoding = encoding or getattr(sys.__stderr__, "encoding", None) or "ascii"

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Swap the signs of a line."""
        return [
            segment if segment.control or segment.text.isascii()
            else Segment(plain_text(segment.text, self._encoding), segment.style)
            for segment in segments
        ]  # fmt: skip


@lru_cache(maxsize=4096)
def plain_text(text: str, encoding: str = "utf-8") -> str:
    """A text in ASCII signs that takes as many cells.

    >>> plain_text("╭ λ Größe ─▶ ×1.4 … 10²"), plain_text("Größe 表", "ascii")
    ('+ f Größe -> x1.4 ~ 102', 'Gro?e ??')
    """
    return "".join(_plain(sign, encoding) for sign in text)


@lru_cache(maxsize=1024)
def _plain(sign: str, encoding: str) -> str:
    if sign.isascii():
        return sign
    if sign in SIGNS:
        return SIGNS[sign]
    if 0 <= ord(sign) - BRAILLE < 256:
        return _dots(ord(sign) - BRAILLE)
    if category(sign) in _LETTERS and _writes(sign, encoding):
        return sign
    width = cell_len(sign)
    alike = normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return alike if len(alike) == width else "?" * width


def _dots(dots: int) -> str:
    """Dots of braille by where they are.

    >>> [_dots(dots) for dots in (0x00, 0x09, 0x40, 0x12, 0x47, 0xFF)]
    [' ', "'", '.', "'", ':', '#']
    """
    upper, lower = dots & _HALVES[0], dots & _HALVES[1]
    if upper and lower:
        return "#" if dots.bit_count() > 4 else ":"
    return "'" if upper else "." if lower else " "


def _writes(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True
