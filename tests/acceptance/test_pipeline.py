"""From an empty screen to a saved pipeline: by keyboard and by mouse, in the app and in a real terminal."""

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from textual import events

from sandbox.app import evaluating
from sandbox.design.files import load
from sandbox.design.model import Design
from sandbox.units import milliseconds, rate, usd
from tests.acceptance.emulator import Terminal
from tests.acceptance.pipeline import APP_ONLY, KEYS, NAMED, is_pipeline, said
from tests.app.dialog_host import screen_text
from tests.app.shop import opened, until
from widgets.facts import Fact, FactTable

ROOT = Path(__file__).parents[2]


def evaluated(path):
    """What the command line says of a file."""
    told = subprocess.run(
        [sys.executable, "-m", "sandbox", "evaluate", str(path), "--json"],
        capture_output=True, text=True, check=True, timeout=60, cwd=ROOT,
    )  # fmt: skip
    return json.loads(told.stdout)


async def agree(pilot, bench, path):
    """Every number that the app tells of any part is the command line's, to the digit."""
    result = evaluated(path)
    design = bench.document.design
    spots = [
        (None, None),
        *((key, None) for key in design.nodes),
        *((None, at) for at in range(len(design.edges))),
    ]
    for node, edge in spots:
        bench.canvas.select(node, edge)
        await pilot.pause()
        shown = [fact for fact in bench.query_one(FactTable).facts if isinstance(fact, Fact)]
        facts = [fact for fact in shown if not fact.key.endswith(APP_ONLY)]
        assert facts
        assert {f.key: f.value for f in facts} == {f.key: said(result, f) for f in facts}
    drawn = screen_text(pilot.app)
    assert f"{usd(result['cost']['monthly_usd'])}/mo" in drawn
    assert rate(result["nodes"]["table"]["offered_per_s"]) in drawn


async def saved(pilot, bench, path):
    """Save by keyboard."""
    await pilot.press("ctrl+s")
    await until(pilot, lambda: pilot.app.screen is not bench)
    pilot.app.screen.query_one("Input").value = str(path)
    await pilot.press("enter")
    await until(pilot, path.exists)
    await until(pilot, lambda: pilot.app.screen is bench)


@pytest.mark.parametrize(
    "keys",
    [pytest.param(KEYS, id="fewest"), pytest.param(tuple(NAMED), id="by name", marks=pytest.mark.slow)],
)
async def test_the_keyboard_alone_draws_it(tmp_path, keys):
    """Key by key; then it is saved, and the command line says the same as the screen."""
    path = tmp_path / "pipeline.toml"
    async with opened(Design()) as (pilot, bench):
        for key in keys:
            await pilot.press({"⏎": "enter"}.get(key, key))
        await until(pilot, lambda: is_pipeline(bench.document.design))
        assert bench.canvas.selected == "table"
        await saved(pilot, bench, path)
        assert is_pipeline(load(path))
        await agree(pilot, bench, path)


@pytest.mark.parametrize("at_once_s", [evaluating.AT_ONCE_S, -1.0], ids=["at once", "in a thread"])
async def test_no_key_is_lost_however_fast_they_come(monkeypatch, at_once_s):
    """All of them before the first is answered, as a paste would send them; then two are undone and done."""
    monkeypatch.setattr(evaluating, "AT_ONCE_S", at_once_s)
    async with opened(Design()) as (pilot, bench):
        for key in (*NAMED, "u", "u", "U", "U"):
            name, character = ("enter", "\r") if key == "⏎" else (key, key)
            pilot.app.post_message(events.Key(name, character))
        await until(pilot, lambda: is_pipeline(bench.document.design))
        await until(pilot, lambda: bench.inspector.subject == "nodes.table")
        assert bench.canvas.selected == "table"


@pytest.mark.slow
async def test_the_mouse_alone_draws_it(tmp_path):
    """Double clicks add, lines drawn from edge to edge connect."""
    path = tmp_path / "pipeline.toml"
    async with opened(Design(), size=(200, 55)) as (pilot, bench):
        canvas = bench.canvas
        for row, service in enumerate(("Traffic", "HTTP API", "Lambda", "SQS", "Lambda", "DynamoDB")):
            await pilot.click(canvas, offset=(3, canvas.size.height - 2), times=2)
            await until(pilot, lambda: pilot.app.screen is not bench)
            lines = screen_text(pilot.app).splitlines()
            y = next(y for y, line in enumerate(lines) if re.search(rf"│ +\S .*{service}", line))
            await pilot.click(offset=(lines[y].index(service), y), times=2)
            await until(pilot, lambda count=row + 1: len(canvas.graph.nodes) == count)
        keys = list(bench.document.design.nodes)
        for place, (source, target) in enumerate(pairwise(keys)):
            await drag(pilot, canvas, source, target)
            if pilot.app.screen is not bench:
                await pilot.press("enter")
            await until(pilot, lambda count=place + 1: len(canvas.graph.edges) == count)
        assert is_pipeline(bench.document.design)
        await saved(pilot, bench, path)
        await agree(pilot, bench, path)


async def drag(pilot, canvas, source, target):
    """Draw a line from a node's right edge to another node."""
    boxes, scroll, origin = canvas._picture.layout.boxes, canvas.scroll_offset, canvas._origin

    def at(x, y):
        return (x - scroll.x + origin.x, y - scroll.y + origin.y)

    start, end = boxes[source], boxes[target]
    await pilot.mouse_down(canvas, offset=at(start.right, start.port))
    await pilot.hover(canvas, offset=at(end.x + 2, end.port))
    await pilot.mouse_up(canvas, offset=at(end.x + 2, end.port))
    await pilot.pause(0.1)


def test_a_real_terminal_draws_it(tmp_path):
    """From the shell: every key at once, saved, and the screen says what the command line says."""
    path = tmp_path / "pipeline.toml"
    with Terminal("-m", "sandbox", "open", home=tmp_path) as terminal:
        terminal.until(lambda text: "Presets" in text)
        terminal.send("\x1b")
        terminal.until(lambda text: "add" in text and "Presets" not in text)
        terminal.send(*("\r" if key == "⏎" else key for key in KEYS))
        terminal.until(lambda text: "DynamoDB table" in text and "▤ table" in text)
        terminal.send("\x13")
        terminal.until(lambda text: "Save" in text)
        terminal.send("pipeline")
        terminal.until(lambda text: "saves" in text)
        terminal.send("\r")
        terminal.until(lambda _: path.exists())
        assert is_pipeline(load(path))
        result = evaluated(path)
        table = result["nodes"]["table"]
        for words in (
            rf"{re.escape(usd(result['cost']['monthly_usd']))}/mo",
            rf"offered +{re.escape(rate(table['offered_per_s']))}",
            rf"latency p99 +{re.escape(milliseconds(table['latency_ms']['p99']))}",
            rf"cost a month +{re.escape(usd(table['monthly_usd']))}",
        ):
            terminal.until(lambda text, words=words: re.search(words, text))


def test_the_readme_counts_the_keys():
    """What it says of keystrokes is what the test needs."""
    told = re.findall(r"(\d+) keystrokes", (ROOT / "README.md").read_text("utf-8"))
    assert {int(count) for count in told} == {len(KEYS)}
