"""Measure everything and print one table: the figure, its target, and the one as a part of the other."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks import keys, layout, one_function, starting, steady, timeline
from benchmarks.measure import Calm, Figure

GROUPS: tuple[tuple[Callable[[int], Iterator[Figure]], int, int], ...] = (
    (steady.figures, 50, 5),
    (timeline.figures, 50, 20),
    (starting.figures, 10, 3),
    (keys.figures, 60, 12),
    (layout.figures, 50, 5),
)
"""What measures, how often, and how often with `--quick`."""


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="measure less often; the spread says less")
    parser.add_argument(
        "--with-ciw",
        action="store_true",
        help="install Ciw beside the project's environment, and compare with it",
    )
    options = parser.parse_args()
    if options.with_ciw:
        one_function.install_ciw()
    quick = options.quick
    calm, found = Calm(), list[Figure]()
    calm.look()
    progress = Console(stderr=True)
    try:
        for measure, times, few in GROUPS:
            for figure in measure(few if quick else times):
                found.append(figure)
                calm.look()
                progress.print(f"{figure.group}: {figure.work}", style="dim")
    finally:
        console = Console(width=None if sys.stdout.isatty() else 110)
        console.print(table(found))
        console.print(f"{machine()}\n{calm}", style="dim", highlight=False)


def table(figures: list[Figure]) -> Table:
    """All figures, with a line between the groups."""
    told = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("Work", "Target", "Measured", "Least", "Most", "Of the target"):
        told.add_column(name, justify="left" if name == "Work" else "right")
    for place, figure in enumerate(figures):
        last = place + 1 == len(figures) or figures[place + 1].group != figure.group
        if not figure.values:
            told.add_row(figure.work, *("–",) * 5, style="dim", end_section=last)
            continue
        over = figure.ratio is not None and figure.ratio > 1
        told.add_row(
            figure.work,
            f"≤ {_amount(figure.target, figure.unit)}" if figure.target else "–",
            _amount(figure.told, figure.unit),
            _amount(min(figure.values), figure.unit),
            _amount(max(figure.values), figure.unit),
            "–" if figure.ratio is None else f"{'▲ ' if over else ''}{figure.ratio:.0%}",
            style="yellow" if over else "",
            end_section=last,
        )
    return told


def machine() -> str:
    """What it was measured on."""
    cpu = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        names = [
            line.split(":", 1)[1].strip() for line in facts.read_text().splitlines() if "model name" in line
        ]
        cpu = names[0] if names else cpu
    return f"{os.cpu_count()} cores of {cpu}, Python {platform.python_version()}, {platform.system()}."


def _amount(value: float, unit: str) -> str:
    """Three significant digits and the unit; from a second on in seconds.

    >>> _amount(12.345, "ms"), _amount(1234.5, "ms"), _amount(0.678, "×")
    ('12.3 ms', '1.23 s', '0.68 ×')
    """
    if unit == "ms" and value >= 1000:
        return f"{value / 1000:.3g} s"
    return f"{value:.3g} ms" if unit == "ms" else f"{value:.2f} {unit}"


if __name__ == "__main__":
    main()
