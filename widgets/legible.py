"""Text that stays readable where a terminal has few colours.

With 256 or 16 colours each colour becomes the nearest there is, and a text may get the colour it
stands on. This filter knows what a style becomes, and takes black or white where too little is left.
With 16 colours it also draws all dark backgrounds black and all light ones white: the nearest to
many of them is a grey on which nothing reads well. With 256 they become greys: the nearest to a dark
blue-grey is a garish blue.
"""

from functools import lru_cache

from rich.color import Color as TerminalColor
from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

LEAST = 3.0
"""Contrast below which a text is given another colour; themes keep 4.5 where they have all colours."""
KEPT = 0.75
"""Part of its contrast that a style has to keep; what is meant to stand back may be below `LEAST`."""
DARK, BRIGHT = 0.045, 0.7
"""Relative luminance below which a background is black or a dark grey, and above which a light one."""
_INKS = (TerminalColor.from_ansi(15), TerminalColor.from_ansi(0))


class Legible(LineFilter):
    """Keeps texts apart from what they stand on."""

    def __init__(self, system: ColorSystem) -> None:
        super().__init__()
        self._system = system

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Change the colours of what could not be read."""
        return [
            segment if segment.control or segment.style is None
            else Segment(segment.text, legible(segment.style, self._system))
            for segment in segments
        ]  # fmt: skip


@lru_cache(maxsize=4096)
def legible(style: Style, system: ColorSystem) -> Style:
    """The style, with black or white in place of a colour that is not told from its background.

    >>> pale = Style.parse("#dddddd on #ffffff")
    >>> legible(pale, ColorSystem.TRUECOLOR) is pale
    True
    >>> str(legible(pale, ColorSystem.STANDARD))
    'color(0) on color(15)'
    """
    if style.bgcolor is None or system is ColorSystem.TRUECOLOR:
        return style
    meant = style.bgcolor.get_truecolor()
    style = _grounded(style, meant, system)
    color = style.color
    if color is None:
        return style
    ground = _seen(style.bgcolor or _INKS[1], system)
    was, now = contrast(color.get_truecolor(), meant), contrast(_seen(color, system), ground)
    if now >= min(LEAST, KEPT * was):
        return style
    ink = max(_INKS, key=lambda ink: contrast(_seen(ink, system), ground))
    return style + Style.from_color(ink)


def _grounded(style: Style, ground: ColorTriplet, system: ColorSystem) -> Style:
    """The style on black or white, or on a grey where there are some, if its background is nearly that."""
    light = _luminance(ground)
    if DARK < light < BRIGHT:
        return style
    if system is ColorSystem.STANDARD:
        return style + Style.from_color(None, _INKS[light < BRIGHT])
    return style + Style.from_color(None, _grey(light))


def _grey(light: float) -> TerminalColor:
    """The one of the 24 greys among 256 colours that is as light; they go from 8 to 238 of 255.

    >>> _grey(0.0).number, _grey(1.0).number
    (232, 255)
    """
    part = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return TerminalColor.from_ansi(232 + min(23, max(0, round((255 * part - 8) / 10))))


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Contrast ratio of two colours, from 1 to 21.

    Source: Web Content Accessibility Guidelines 2.2, *contrast ratio*.

    >>> round(contrast(ColorTriplet(255, 255, 255), ColorTriplet(0, 0, 0)), 1)
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: ColorTriplet) -> float:
    """Relative luminance, from 0 to 1 (same source)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(color: TerminalColor, system: ColorSystem) -> ColorTriplet:
    return color.downgrade(system).get_truecolor()
