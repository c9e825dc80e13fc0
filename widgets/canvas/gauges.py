"""A utilisation as a colour's role, a number, a bar, or the height of one cell."""

from widgets.canvas.glyphs import Glyphs
from widgets.canvas.spans import Span


def ramp(gauge: float | None) -> str:
    """The role of a utilisation: one ramp from calm to exceeded.

    >>> [ramp(value) for value in (None, 0.3, 0.7, 0.9, 1.2)]
    ['detail', 'low', 'mid', 'high', 'over']
    """
    if gauge is None:
        return "detail"
    return next(
        (role for limit, role in ((0.6, "low"), (0.8, "mid"), (1.0, "high")) if gauge < limit), "over"
    )


def percent(gauge: float) -> str:
    """A utilisation in at most five cells.

    >>> percent(0.004), percent(0.24), percent(1.4), percent(123)
    ('<1%', '24%', '140%', '×123')
    """
    if 0 < gauge < 0.005:
        return "<1%"
    if gauge < 9.995:
        return f"{gauge:.0%}"
    return f"×{gauge:.0f}" if gauge < 999.5 else "×>999"


def bar(gauge: float, width: int, glyphs: Glyphs) -> tuple[Span, ...]:
    """As many cells, filled as far as the limit is used."""
    eighths = round(min(max(gauge, 0.0), 1.0) * width * 8)
    if gauge > 0:
        eighths = max(eighths, 1)
    full, part = divmod(eighths, 8)
    text = glyphs.bars[7] * full + (glyphs.bars[part - 1] if part else "")
    return (Span(text, f"{ramp(gauge)} bar"), Span(" " * (width - len(text)), "bar"))


def step(gauge: float | None, glyphs: Glyphs) -> Span:
    """The load as the height of one cell."""
    text = " " if gauge is None else glyphs.steps[min(7, int(min(max(gauge, 0.0), 1.0) * 8))]
    return Span(text, ramp(gauge))
