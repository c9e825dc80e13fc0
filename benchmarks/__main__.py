"""Measure, and print a row for each figure: the figure, its target, and the one as a part of the other."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from rich.console import Console

from benchmarks import keys, layout, one_function, starting, steady, timeline
from benchmarks.measure import Calm, Figure

GROUPS: Mapping[str, tuple[Callable[[int], Iterator[Figure]], int, int]] = {
    "steady": (steady.figures, 50, 5),
    "timeline": (timeline.figures, 50, 5),
    "starting": (starting.figures, 10, 3),
    "keys": (keys.figures, 60, 12),
    "layout": (layout.figures, 50, 5),
}
"""What measures, how often, and how often with `--quick`."""

QUICK_S = 8.0
"""Time after which a group begins no further row with `--quick`."""

COLUMNS = (("Work", 66), ("Target", 10), ("Measured", 10), ("Least", 10), ("Most", 10), ("Of the target", 15))
"""Headings and widths."""


def main() -> None:
    """Read the options, measure, print each row when it is there."""
    options = _options()
    if options.with_ciw:
        one_function.install_ciw()
    console = Console(width=None if sys.stdout.isatty() else 130)
    calm = Calm()
    calm.look()
    console.print(_line([name for name, _ in COLUMNS]), style="bold", highlight=False)
    try:
        for name in options.group or GROUPS:
            console.print()
            for figure in _measured(name, quick=options.quick):
                console.print(_row(figure), style=_style(figure), highlight=False, markup=False)
                calm.look()
    finally:
        console.print(f"\n{machine()}\n{calm}", style="dim", highlight=False)


def _options() -> argparse.Namespace:
    """What is wanted."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("group", nargs="*", help=f"only these groups: {', '.join(GROUPS)}")
    parser.add_argument(
        "--quick", action="store_true", help="the first rows of each group, measured less often: a minute"
    )
    parser.add_argument(
        "--with-ciw",
        action="store_true",
        help="install Ciw beside the project's environment, and compare with it",
    )
    options = parser.parse_args()
    if unknown := set(options.group) - set(GROUPS):
        parser.error(f"no group is called {', '.join(sorted(unknown))}: there are {', '.join(GROUPS)}")
    return options


def _measured(group: str, *, quick: bool) -> Iterator[Figure]:
    """The rows of a group; those that there is time for where it is to be quick."""
    measure, times, few = GROUPS[group]
    start = perf_counter()
    for figure in measure(few if quick else times):
        yield figure
        if quick and perf_counter() - start > QUICK_S:
            return


def _row(figure: Figure) -> str:
    """One figure: its target, its middle, its spread, and its part of the target."""
    if not figure.values:
        return _line([figure.work, *("–",) * 5])
    return _line(
        [
            figure.work,
            f"≤ {_amount(figure.target, figure.unit)}" if figure.target else "–",
            *(_amount(value, figure.unit) for value in (figure.told, min(figure.values), max(figure.values))),
            "–" if figure.ratio is None else f"{'▲ ' if _is_over(figure) else ''}{figure.ratio:.0%}",
        ]
    )


def _line(cells: Sequence[str]) -> str:
    """Cells below their headings: the first to the left, numbers to the right."""
    (_, first), *others = COLUMNS
    numbers = (f"{cell:>{width}}" for cell, (_, width) in zip(cells[1:], others, strict=True))
    return f"{cells[0]:<{first}}" + "".join(numbers)


def _style(figure: Figure) -> str:
    """What is over its target stands out, and what was not measured does not."""
    return "dim" if not figure.values else "yellow" if _is_over(figure) else ""


def _is_over(figure: Figure) -> bool:
    """Whether a target is missed."""
    return figure.ratio is not None and figure.ratio > 1


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
