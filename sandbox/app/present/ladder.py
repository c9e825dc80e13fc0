"""The Headroom panel's rows: which limit binds at which load, the first to bind first."""

from math import isfinite

from sandbox.app.present.facts import NEAR
from sandbox.app.present.wording import spoken
from sandbox.evaluation import Evaluation
from sandbox.outcome import LimitUse, Rung
from sandbox.units import ahead, rate, times
from widgets.columns import Cell, Column, Row

COLUMNS = (
    Column("load", "load", "right"),
    Column("rate", "requests", "right", spare=True),
    Column("node", "what throttles", flex=True),
    Column("limit", "limit", flex=True),
    Column("kind", "raised by", dim=True, flex=True),
    Column("used", "load now", "right", spare=True, down=True),
    Column("bar", "", kind="bar", most=40),
)


def rows(evaluation: Evaluation, rungs: tuple[Rung, ...]) -> tuple[Row, ...]:
    """One row for each rung; its bar is how much of the way to it the present load is."""
    return tuple(_row(evaluation, rung, place) for place, rung in enumerate(rungs))


def _row(evaluation: Evaluation, rung: Rung, place: int) -> Row:
    share = evaluation.load / rung.load_multiplier if rung.load_multiplier > 0 else 1.0
    node = evaluation.design.nodes.get(rung.node)
    return Row(
        key=f"{place}:{rung.node}",
        cells=(
            Cell(_at(rung), rung.load_multiplier),
            Cell(rate(rung.rate_per_s), rung.rate_per_s),
            node.title if node else rung.node,
            limit(rung, _use(evaluation, rung)),
            raised_by(_setting(evaluation, rung), is_adjustable=rung.adjustable),
            Cell(f"{share:,.0%}", share),
            min(share, 1.0),
        ),
        tone="bad" if share >= 1 else "warn" if share >= NEAR else "",
    )


def _at(rung: Rung) -> str:
    """The load at which a limit binds, and when that will be where the sources say how they grow."""
    at = times(rung.load_multiplier)
    return at if rung.months is None else f"{at} {ahead(rung.months)}"


def limit(rung: Rung, use: LimitUse | None) -> str:
    """What binds, with its size; a consumer's is what it does now."""
    if use is None or not rung.key.startswith("consumer:") or not isfinite(use.capacity):
        return rung.limit
    return f"{rung.limit} {rate(use.capacity)}"


def raised_by(path: str, *, is_adjustable: bool) -> str:
    """Who can lift a limit: a setting of the design, AWS on request, or nobody.

    >>> raised_by("nodes.ship.reserved_concurrency", is_adjustable=True)
    'reserved concurrency'
    >>> raised_by("nodes.bank.rate_limit_per_s", is_adjustable=True)
    'rate limit'
    >>> raised_by("account.lambda_concurrency", is_adjustable=True), raised_by("", is_adjustable=False)
    ('AWS, if asked', 'nobody')
    """
    if path and not path.startswith("account"):
        return spoken(path)
    return "AWS, if asked" if is_adjustable else "nobody"


def _setting(evaluation: Evaluation, rung: Rung) -> str:
    """Path of what raises the limit that a rung is about."""
    use = _use(evaluation, rung)
    return use.raised_by if use else ""


def _use(evaluation: Evaluation, rung: Rung) -> LimitUse | None:
    """How much of the limit that a rung is about is used now."""
    told = evaluation.nodes.get(rung.node)
    return next((use for use in told.limits if use.key == rung.key), None) if told else None
