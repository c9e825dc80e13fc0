"""The command: exercises listed, told, copied, checked, and reports that are graded anew."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.exercises.report import __doc__ as documented
from sandbox.exercises.report import seal
from tests.exercises.solving import NAMES

SOLVES = ("--set", "nodes.checkout.reserved_concurrency=130")
MINE = """\
[exercise]
story = "Too much waits."
locked = ["nodes.shop"]
[nodes.shop]
service = "traffic"
rate_per_s = 200
[nodes.work]
service = "lambda"
duration_ms = 500
reserved_concurrency = 50
[[edges]]
from = "shop"
to = "work"
[[goals]]
metric = "flows.shop.success_ratio"
at_least = 0.999
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    monkeypatch.setenv("SANDBOX_STATE", str(tmp_path / "state"))
    return tmp_path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Call the command."""
    return subprocess.run(
        [sys.executable, "-m", "sandbox", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=dict(os.environ),
    )


def test_listed_with_what_is_solved(home: Path) -> None:
    """Every exercise is listed, from the first on; one that is solved has a tick and its stars."""
    before = run("exercises").stdout.splitlines()

    assert run("check", "starved", *SOLVES).returncode == 0
    after = run("exercises").stdout.splitlines()

    assert {line.split()[1] for line in before} == set(NAMES)
    assert before[0].split()[1] == "starved"
    assert after[0].startswith("✓ ★ ")
    assert after[1:] == before[1:]


def test_told_and_copied(home: Path) -> None:
    """A name tells the story and one hint; a copy is the exercise, once."""
    copy = home / "copy.toml"

    told = run("exercises", "starved").stdout
    assert "customers cannot pay" in told
    assert "`sandbox exercises starved --hint 1`" in told
    assert "80 executions" in run("exercises", "starved", "--hint", 3).stdout
    assert "has 3 hints" in run("exercises", "starved", "--hint", 4).stderr
    assert "'starved'" in run("exercises", "starvd").stderr
    assert run("exercises", "starved", "--copy", copy).returncode == 0
    assert run("exercises", "starved", "--copy", copy).returncode == 2
    assert run("check", copy).stdout == run("check", "starved").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 1, "not solved yet  ☆☆"),
        (SOLVES, 0, "solved  ★☆"),
        ((*SOLVES, "--set", "nodes.import.architecture=arm64"), 0, "solved  ★★"),
        ((*SOLVES, "--set", "nodes.partner.rate_per_s=20"), 1, "may not be changed: 300 as given, 20 now"),
        (("--load", "0.1"), 0, "all 2 goals met"),
        (("--load", "0.1", "--report", "r.json"), 2, "a load of 1"),
    ],
)  # fmt: skip
def test_verdict(home: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    """Solved ends with 0, not solved with 1; another load only judges the goals."""
    done = run("check", "starved", *arguments)

    assert done.returncode == code
    assert words in done.stdout + done.stderr


def test_a_report_is_graded_anew(home: Path) -> None:
    """A report has the same verdict as its design; one that claims more is told and ends with 2."""
    report, other = home / "ana.json", home / "eve.json"
    first = run("check", "starved", *SOLVES, "--report", report)

    told = json.loads(report.read_text(encoding="utf-8"))
    told["verdict"]["stars"] = 2
    other.write_text(sealed(told), encoding="utf-8")
    again, claimed = run("check", report), run("check", other)

    assert (first.returncode, again.returncode, again.stdout) == (0, 0, first.stdout)
    assert claimed.returncode == 2
    assert "it says solved with 2 stars; graded anew it is solved with 1 star" in claimed.stderr


def test_a_folder_without_reports(home: Path) -> None:
    """Where nothing was handed in, that is said, and it is no success."""
    (home / "empty").mkdir()

    for more in ((), ("--csv",)):
        done = run("exercises", "--collect", home / "empty", *more)
        assert (done.returncode, done.stdout) == (2, "")
        assert "there are no reports (*.json)" in done.stderr


def sealed(table: dict[str, object]) -> str:
    """A report's text, with the digest of what it holds."""
    rest = {key: part for key, part in table.items() if key != "digest"}
    return json.dumps({**rest, "digest": seal(rest)})


def test_a_teacher_collects(home: Path) -> None:
    """Reports of a folder are graded anew, each with name, verdict and stars; what is not right is named."""
    class_ = home / "class"
    class_.mkdir()
    run("check", "starved", *SOLVES, "--report", class_ / "a.json", "--name", "Ana")
    run("check", "starved", "--report", class_ / "b.json", "--name", "Ben")
    table = json.loads((class_ / "b.json").read_text(encoding="utf-8"))
    table["name"] = "Eve"
    (class_ / "changed.json").write_text(json.dumps(table), encoding="utf-8")
    table["verdict"] = {**table["verdict"], "solved": True, "stars": 2}
    (class_ / "claimed.json").write_text(sealed(table), encoding="utf-8")
    (class_ / "other.json").write_text("{}", encoding="utf-8")

    told = run("exercises", "--collect", class_, "--csv")
    rows = list(csv.DictReader(told.stdout.splitlines()))
    shown = run("exercises", "--collect", class_)

    assert (told.returncode, shown.returncode) == (1, 1)
    assert [(row["name"], row["solved"], row["stars"]) for row in rows] == [
        ("Ana", "true", "1"),
        ("Ben", "false", "0"),
        ("Eve", "false", "0"),
        ("Eve", "false", "0"),
        ("other", "false", "0"),
    ]  # fmt: skip
    assert [row["wrong"] for row in rows[:2]] == ["", ""]
    assert "its digest is another" in rows[2]["wrong"]
    assert "it says solved with 2 stars; graded anew it is not solved" in rows[3]["wrong"]
    assert "not a report" in rows[4]["wrong"]
    assert all(row["when"].endswith("Z") for row in rows[:4])
    assert "Exercises solved: Ana 1, Ben 0, Eve 0" in shown.stdout


def test_a_report_says_what_it_was_graded_by(home: Path) -> None:
    """Every key that is documented is there; who hands in solves one's own exercise by the teacher's file."""
    given, folder = home / "given.toml", home / "class"
    folder.mkdir()
    given.write_text(MINE.replace("[exercise]", '[exercise]\nid = "mine"'), encoding="utf-8")
    run("check", given, "--given", given, "--report", folder / "me.json", "--name", "Me")

    table = json.loads((folder / "me.json").read_text(encoding="utf-8"))
    alone, named = (
        run("exercises", "--collect", folder),
        run("exercises", "--collect", folder, "--given", given),
    )

    assert [key for key in table if f"`{key}`" not in str(documented)] == []
    assert (table["kind"], table["exercise"], table["name"]) == ("sandbox exercise report", "mine", "Me")
    assert alone.returncode == 1
    assert "--given FILE" in alone.stdout.replace("\n", " ")
    assert named.returncode == 0
    assert "not solved" in named.stdout


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"kind": "x"}', '{"kind": "sandbox exercise report", "schema": 1}']
)
def test_no_report(home: Path, text: str) -> None:
    """A JSON file that is no report is told, with how to get one."""
    (home / "x.json").write_text(text, encoding="utf-8")

    done = run("check", home / "x.json")

    assert done.returncode == 2
    assert "is not a report of an exercise" in done.stderr


def test_an_exercise_of_ones_own(home: Path) -> None:
    """What a teacher wrote is compared with what was given, where that is named."""
    given, handed_in, report = home / "given.toml", home / "in.toml", home / "in.json"
    given.write_text(MINE, encoding="utf-8")
    handed_in.write_text(MINE.replace("rate_per_s = 200", "rate_per_s = 20"), encoding="utf-8")

    assert run("check", given).returncode == 1
    alone = run("check", handed_in, "--report", report)
    assert alone.returncode == 0
    assert "--given FILE" in alone.stdout
    assert run("check", handed_in, "--given", given).returncode == 1
    assert "--given FILE" in run("check", report).stderr
    assert "it is not solved" in run("check", report, "--given", given).stderr
