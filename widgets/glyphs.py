"""The signs widgets draw with, once for Unicode terminals and once for plain ASCII."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One cell per sign, so that a table swaps for another without moving anything."""

    less: str = "‹"
    more: str = "›"
    chosen: str = "▌"
    changed: str = "•"
    unset: str = "–"
    cut: str = "…"
    rule: str = "─"
    good: str = "✓"
    warn: str = "!"
    bad: str = "▲"
    note: str = "·"
    ascending: str = "▲"
    descending: str = "▼"
    blocks: str = " ▏▎▍▌▋▊▉█"
    """A bar's last cell from empty to full."""
    track: str = "░"
    levels: str = "▁▂▃▄▅▆▇█"
    """A sparkline's cell from lowest to highest."""

    def mark(self, tone: str) -> str:
        """The sign that says a tone without colour; a blank for none."""
        return {"good": self.good, "warn": self.warn, "bad": self.bad}.get(tone, " ")


UNICODE = Glyphs()
ASCII = Glyphs(
    less="<",
    more=">",
    chosen=">",
    changed="*",
    unset="-",
    cut="~",
    rule="-",
    good="+",
    warn="!",
    bad="#",
    note=".",
    ascending="^",
    descending="v",
    blocks=" #",
    track=".",
    levels="_.-=+*#@",
)

ALPHABET: ContextVar[Glyphs] = ContextVar("alphabet", default=UNICODE)
"""What the terminal of this app can show; widgets made from now on draw with it."""


def alphabet() -> Glyphs:
    """The table widgets draw with unless they are told otherwise."""
    return ALPHABET.get()


def is_plain() -> bool:
    """Whether that is the ASCII table."""
    return alphabet() is ASCII
