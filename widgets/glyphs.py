"""The signs widgets draw with, once for Unicode terminals and once for plain ASCII."""

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
    ascending="^",
    descending="v",
    blocks=" #",
    track=".",
    levels="_.-=+*#@",
)
