"""The Headroom panel's rows: which limit binds at which load, the first to bind first."""

from sandbox.design.model import Design
from sandbox.outcome import Rung
from sandbox.units import rate, times
from widgets.columns import Cell, Column, Row

COLUMNS = (
    Column("load", "load", "right"),
    Column("rate", "requests", "right"),
    Column("node", "what throttles", flex=True),
    Column("limit", "limit", flex=True),
    Column("kind", "raised by", dim=True, flex=True),
    Column("used", "used now", "right", down=True),
    Column("bar", "", kind="bar", most=40),
)


def rows(design: Design, rungs: tuple[Rung, ...], load: float) -> tuple[Row, ...]:
    """One row for each rung; its bar is how much of the way to it the present load is."""
    return tuple(_row(design, rung, place, load) for place, rung in enumerate(rungs))


def _row(design: Design, rung: Rung, place: int, load: float) -> Row:
    share = load / rung.load_multiplier if rung.load_multiplier > 0 else 1.0
    name = design.nodes[rung.node].title if rung.node in design.nodes else rung.node
    return Row(
        key=f"{place}:{rung.node}",
        cells=(
            Cell(times(rung.load_multiplier), rung.load_multiplier),
            Cell(rate(rung.rate_per_s), rung.rate_per_s),
            name,
            rung.limit,
            raised_by(rung),
            Cell(f"{share:.0%}", share),
            min(share, 1.0),
        ),
        tone="bad" if share >= 1 else "warn" if share >= 0.5 else "",
    )


def raised_by(rung: Rung) -> str:
    """Who can lift a limit.

    >>> raised_by(Rung("a", "reserved concurrency", 2.0, 400, True, "slots:a.own", "set on the function"))
    'a setting'
    >>> raised_by(Rung("a", "write units", 2.0, 400, False, "quota:a.write", "per partition"))
    'nobody'
    """
    if rung.key.startswith("consumer:") or rung.scope.startswith("set on"):
        return "a setting"
    return "asking AWS" if rung.adjustable else "nobody"
