"""What the app says of every preset, as text that somebody has read: `make golden` writes it anew.

One file in `golden` for each preset, in three parts, each under the command that prints it: the design at
rest, what its variants change, and an hour in which three times as many come for five minutes.
"""

import argparse
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from difflib import unified_diff
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sandbox import units
from sandbox.design.model import Design
from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.evaluate import evaluate
from sandbox.exports import run, text
from sandbox.exports.layout import Cell, grid, heading
from sandbox.simulate import simulate

FOLDER = Path(__file__).parent / "golden"
SPIKE = {"shape": "spike", "factor": 3, "for_s": 300}
IN_TOML = '{shape = "spike", factor = 3, for_s = 300}'


def rest(name: str) -> str:
    """The report of a preset as it opens, and which of the advice is meant."""
    drawn = _design(name)
    told = evaluate(drawn).to_dict()
    rules = _rules(told, drawn.preset.expects if drawn.preset else ())
    return _command(f"evaluate {name}") + text.plain(lambda width: Group(text.report(told, width), *rules))


def variants(name: str) -> str:
    """What each variant changes, in short."""
    return _command(f"evaluate {name} --variant …") + text.plain(lambda _: Group(*_variants(_design(name))))


def hour(name: str) -> str:
    """The report of an hour with a spike; clocks and uploads keep their own time."""
    drawn = _design(name)
    busy = [f"nodes.{node.id}.profile" for node in drawn.nodes.values() if node.service == "traffic"]
    told = simulate(drawn.with_values(dict.fromkeys(busy, SPIKE))).to_dict()
    words = "".join(f" --set '{path}={IN_TOML}'" for path in busy)
    return _command(f"simulate {name}{words}") + text.plain(lambda width: run.report(told, width))


PARTS = {"evaluate": rest, "variants": variants, "simulate": hour}
"""The parts of a file, in order."""


def kept(name: str) -> dict[str, str]:
    """The parts of a preset's file; empty where there is none."""
    file = FOLDER / f"{name}.txt"
    parts = file.read_text(encoding="utf-8").split("\n$ ") if file.exists() else []
    told = [part if place == 0 else f"$ {part}" for place, part in enumerate(parts)]
    whole = [*(f"{part}\n" for part in told[:-1]), *told[-1:]]
    return dict(zip(PARTS, whole, strict=False))


def difference(name: str, part: str) -> str:
    """What a part says now against what is kept, as a unified diff; empty where they are the same."""
    before, now = kept(name).get(part, ""), PARTS[part](name)
    if part != list(PARTS)[-1]:
        now += "\n"
    lines = unified_diff(before.splitlines(), now.splitlines(), f"golden/{name}.txt", "now", lineterm="")
    return "\n".join(lines)


def write(name: str) -> str:
    """Write the file of a preset; returns its name."""
    FOLDER.mkdir(exist_ok=True)
    whole = "\n".join(part(name) for part in PARTS.values())
    (FOLDER / f"{name}.txt").write_text(whole, encoding="utf-8")
    return name


def _design(name: str) -> Design:
    return loads(preset(name).text, f"{name}.toml")


def _command(words: str) -> str:
    return f"$ sandbox {words}\n\n"


def _rules(told: Mapping[str, Any], expects: tuple[str, ...]) -> Iterator[RenderableType]:
    """Every finding by its rule, and whether the preset is meant to raise it."""
    rows = [
        (
            Cell(found["rule"]),
            found["severity"],
            found.get("node") or found.get("edge") or "",
            "yes" if found["rule"] in expects else "no",
        )
        for found in told["findings"]
    ]
    if rows:
        yield heading("Rules")
        yield grid(["Rule", "Severity", "Where", "Expected"], rows)


def _variants(drawn: Design) -> Iterator[RenderableType]:
    """A row for each variant, and the findings that come and go with it."""
    told = {"as it opens": evaluate(drawn).to_dict()}
    told |= {name: evaluate(drawn.with_variant(name)).to_dict() for name in drawn.variants}
    names = "Variant|Success|p99|Lost|Piles up|Throttles first|A month|Goals missed"
    yield grid(names.split("|"), [_row(*item) for item in told.items()], right=(1, 2, 3, 4, 6, 7))
    rules = {name: {found["rule"] for found in one["findings"]} for name, one in told.items()}
    plain = rules["as it opens"]
    changed = {name: [*_signed("+", one - plain), *_signed("−", plain - one)] for name, one in rules.items()}
    if any(changed.values()):
        yield heading("Findings that come and go")
        yield from (Text(f"{name}: {', '.join(some)}") for name, some in changed.items() if some)


def _signed(sign: str, rules: set[str]) -> list[str]:
    return [f"{sign} {rule}" for rule in sorted(rules)]


def _row(name: str, told: Mapping[str, Any]) -> tuple[Cell | str, ...]:
    """A variant in one row; of several sources the worst counts."""
    flows, nodes = told["flows"].values(), told["nodes"].values()
    slowest = [flow["latency_ms"]["p99"] for flow in flows if flow["latency_ms"]]
    growth = sum(max(node["backlog_growth_per_s"] or 0.0, 0.0) for node in nodes)
    return (
        Cell(name),
        units.success(min((flow["success_ratio"] for flow in flows), default=None)),
        units.milliseconds(max(slowest, default=None)),
        units.rate(round(sum(node["lost_per_s"] or 0.0 for node in nodes), 6)),
        units.rate(round(growth, 6)),
        _first(told),
        units.usd(told["cost"]["monthly_usd"]),
        str(sum(not goal["met"] for goal in told["goals"])),
    )


def _first(told: Mapping[str, Any]) -> str:
    rung = next(iter(told["headroom"]), None)
    return f"{units.times(rung['load_multiplier'])} {rung['node']}, {rung['limit']}" if rung else ""


def main() -> None:
    """Write all, or those that are named."""
    parser = argparse.ArgumentParser(prog="golden", description=__doc__)
    parser.add_argument("names", nargs="*", help="write only the reports of these presets")
    wanted = parser.parse_args().names or preset_names()
    with ProcessPoolExecutor() as pool:
        for name in pool.map(write, wanted):
            print(name)


if __name__ == "__main__":
    main()
