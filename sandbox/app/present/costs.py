"""The Cost panel's rows: the month's bill by node, by what is billed, or line by line."""

from collections.abc import Iterable, Mapping
from typing import Literal

from sandbox.app.reading import Reading
from sandbox.bill import Line
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.units import change, number, percent, usd
from widgets.columns import Cell, Column, Row

Grouping = Literal["node", "kind", "line"]
GROUPINGS: tuple[Grouping, ...] = ("node", "kind", "line")

_AMOUNTS = (
    Column("month", "a month", "right", down=True),
    Column("million", "a million", "right", down=True),
    Column("share", "share", "right", down=True),
    Column("change", "change", "right", dim=True),
    Column("bar", "", kind="bar", most=40),
)
COLUMNS: Mapping[Grouping, tuple[Column, ...]] = {
    "node": (Column("what", "node", flex=True), Column("of", "service", flex=True, dim=True), *_AMOUNTS),
    "kind": (Column("what", "billed for", flex=True), Column("of", "of", flex=True, dim=True), *_AMOUNTS),
    "line": (
        Column("what", "billed for", flex=True),
        Column("of", "quantity × price", flex=True, dim=True),
        *_AMOUNTS,
    ),
}


def rows(reading: Reading, grouping: Grouping) -> tuple[Row, ...]:
    """The bill, the dearest first."""
    now, before = reading.evaluation, reading.baseline
    groups = _groups(now, grouping)
    was = {key: sum(line.usd for line in lines) for key, (_, _, lines) in _groups(before, grouping).items()}
    total = now.monthly_usd
    found = []
    for key, (what, of, lines) in groups.items():
        amount = sum(line.usd for line in lines)
        share = amount / total if total > 0 else 0.0
        moved = change(amount, was.get(key, 0.0)) if before else ""
        million = now.per_million_usd * share if now.per_million_usd is not None else None
        cells = (
            what,
            of,
            Cell(usd(amount), amount),
            Cell(usd(million), million or 0.0),
            Cell(percent(round(share, 4)), share),
            moved,
            share,
        )
        found.append((amount, Row(key, cells)))
    return tuple(row for _, row in sorted(found, key=lambda one: -one[0]))


def total(reading: Reading) -> str:
    """The bill with the people's cost in a line; nothing where the design says nothing of effort."""
    found = reading.evaluation.total_cost
    if found is None:
        return ""
    return (
        f"In total {usd(found.monthly_usd)} a month (people {usd(found.run_usd)}), "
        f"{usd(found.build_usd)} to build; first year {usd(found.over(1))}, three years {usd(found.over(3))}"
    )


def _groups(
    evaluation: Evaluation | None, grouping: Grouping
) -> Mapping[str, tuple[str, str, tuple[Line, ...]]]:
    """By key: what it is called, what it belongs to, and its lines."""
    if evaluation is None:
        return {}
    gathered: dict[str, list[Line]] = {}
    for place, line in enumerate(evaluation.lines):
        gathered.setdefault(_key(line, grouping, place), []).append(line)
    design = evaluation.design
    return {key: (*_words(design, lines, grouping), tuple(lines)) for key, lines in gathered.items()}


def _key(line: Line, grouping: Grouping, place: int) -> str:
    """A row's key begins with its node where it has one."""
    if grouping == "node":
        return line.node
    return f"{line.item}|{line.source}" if grouping == "kind" else f"{line.node}:{line.item}:{place}"


def _words(design: Design, lines: Iterable[Line], grouping: Grouping) -> tuple[str, str]:
    first, *_ = lines
    node = design.nodes[first.node]
    if grouping == "node":
        return node.title, node.kind.title
    if grouping == "line":
        return f"{node.title}: {first.item}", f"{number(first.quantity)} {first.unit} × {usd(first.unit_usd)}"
    titles = dict.fromkeys(design.nodes[line.node].title for line in lines)
    return f"{node.kind.badge}: {first.item}", ", ".join(titles)
