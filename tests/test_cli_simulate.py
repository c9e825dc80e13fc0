"""`sandbox simulate`: what it prints, and how it ends."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from sandbox.design.presets import preset
from sandbox.design.reading import loads
from sandbox.exports.run import report
from sandbox.simulate import simulate
from tests.test_cli import run
from widgets.cells import cell_len

SPIKE = 'nodes.shoppers.profile={shape="spike", factor=30, at_s=60, for_s=30}'


def test_the_report_says_what_happened_and_what_it_costs() -> None:
    """A spike beyond the account's concurrency throttles, and is over when it is over."""
    done = run("simulate", "-", "--horizon", "5m", "--set", SPIKE)

    assert done.returncode == 0, done.stderr
    assert "throttled" in done.stdout
    assert "back in its steady state" in done.stdout
    assert "for this run" in done.stdout
    assert done.stderr == ""  # no progress bar where no one looks


def test_the_report_fits_into_80_columns() -> None:
    """Courses, bands and what goes wrong, with nothing cut off."""
    timeline = simulate(loads(preset("queue-worker").text, "queue-worker"), 900.0, 1.0, 3)
    console = Console(width=80, file=StringIO())

    console.print(report(timeline.to_dict(), 80))

    lines = console.file.getvalue().splitlines()
    assert max(cell_len(line) for line in lines) <= 80
    assert "…" not in "".join(lines)
    text = " ".join(" ".join(lines).split())
    for said in (
        "Over time, 0 to 15 min",
        "What goes wrong",
        "5 – 95 %",
        "throttled at order-table",
    ):
        assert said in text


CONTRACT = {
    "nodes": "offered_per_s completed_per_s throttled_per_s concurrency environments backlog oldest_age_s "
    "lost_per_s dead_lettered_per_s latency_ms",
    "summary": "completed throttled lost dead_lettered recovered_at_s run_usd monthly_usd error_budget_spent",
    "": "schema design step_s seed replicas time_s nodes flows bands summary",
}
"""Names that other people's scripts rely on."""


def test_the_json_result_has_the_names_of_the_contract() -> None:
    """Every list is as long as the moments, and one seed gives one text."""
    options = ("simulate", "queue-worker", "--horizon", "1m", "--replicas", "3", "--seed", "7", "--json")
    first, second = run(*options).stdout, run(*options).stdout
    result = json.loads(first)

    assert first == second
    assert set(CONTRACT[""].split()) <= set(result)
    assert set(CONTRACT["summary"].split()) <= set(result["summary"])
    for told in (result, *result["bands"].values()):
        for node in told["nodes"].values():
            assert set(CONTRACT["nodes"].split()) <= set(node)
            assert all(row is None or len(row) == len(result["time_s"]) for row in node.values())
        assert all(len(flow["success_ratio"]) == len(result["time_s"]) for flow in told["flows"].values())


def test_json_and_csv_say_the_same() -> None:
    """A row for each tick and node, with the values of the JSON result."""
    options = ("simulate", "-", "--horizon", "30s", "--step", "1s", "--seed", "7", "--replicas", "3")
    result = json.loads(run(*options, "--json").stdout)
    rows = list(csv.DictReader(StringIO(run(*options, "--csv").stdout)))

    assert len(result["time_s"]) == 30
    assert len(rows) == 30 * len(result["nodes"])
    assert (result["seed"], result["replicas"], result["step_s"]) == (7, 3, 1.0)
    last = {row["node"]: row for row in rows[-len(result["nodes"]) :]}
    for key, node in result["nodes"].items():
        assert float(last[key]["offered_per_s"]) == pytest.approx(node["offered_per_s"][-1], rel=1e-4)


WRONG = [
    (("--horizon", "soon"), "'soon' is no duration"),
    (("--horizon", "0"), "no duration between"),
    (("--step", "-1"), "no duration between"),
    (("--replicas", "0"), "0 is not in the range"),
    (("--json", "--csv"), "choose one"),
    (("--horizon", "300d", "--step", "1ms"), "at most 10,000,000"),
    (("--horizon", "10s", "--step", "1h"), "longer than the whole run"),
    (("--set", 'nodes.shoppers.profile={file="nowhere.csv"}'), "nowhere.csv: no such file"),
    (("--set", 'nodes.shoppers.profile={shape="wave"}'), "has no form 'wave'"),
]


@pytest.mark.parametrize(("options", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_is_wrong_is_said(options: tuple[str, ...], message: str) -> None:
    """In one line on standard error, with exit code 2 and nothing on standard output."""
    done = run("simulate", "-", *options)

    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_empty_design_is_told(tmp_path: Path) -> None:
    """There is nothing to run, and no accident."""
    path = tmp_path / "empty.toml"
    path.write_text('schema = 1\nname = "Empty"\n')

    done = run("simulate", str(path))

    assert done.returncode == 2
    assert "nothing to run" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_recording_is_found_beside_the_design(tmp_path: Path) -> None:
    """Wherever the command is called from."""
    (tmp_path / "trace.csv").write_text("time,count\n0,60\n60,600\n")
    text = 'schema = 1\nname = "x"\n[nodes.t]\nservice = "traffic"\nprofile = {file = "trace.csv"}\n'
    path = tmp_path / "design.toml"
    path.write_text(text)

    done = run("simulate", str(path), "--horizon", "2m", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["nodes"]["t"]["offered_per_s"][-1] == 10
