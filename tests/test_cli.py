"""The command: what it prints, how it ends, and how little it loads."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sandbox.cli.reading import preset_text
from sandbox.cli.root import cli
from sandbox.design.presets import preset_names

COMMAND = [sys.executable, "-m", "sandbox"]
HEAVY = ("numpy", "pydantic", "textual", "networkx", "rich")
DESIGN = """\
schema = 1
name = "Shop"
[nodes.shoppers]
service = "traffic"
rate_per_s = 100
[nodes.ship]
service = "lambda"
duration_ms = 500
timeout_s = 900
[[edges]]
from = "shoppers"
to = "ship"
[variants.busy]
"nodes.shoppers.rate_per_s" = 300
[[goals]]
metric = "nodes.ship.concurrency"
at_most = 60
"""


def run(*arguments: str, text: str = DESIGN) -> subprocess.CompletedProcess[str]:
    """Call the command with a design on standard input."""
    return subprocess.run(
        [*COMMAND, *arguments], input=text, capture_output=True, text=True, timeout=60, check=False
    )


def concurrency(*arguments: str) -> float:
    """Concurrency of the function, by the JSON result."""
    done = run("evaluate", "-", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["nodes"]["ship"]["concurrency"]


def test_little_law() -> None:
    """100 requests a second of half a second each keep 50 in service; load, variants and values apply."""
    assert concurrency() == pytest.approx(50, rel=0.01)
    assert concurrency("--load", "2") == pytest.approx(100, rel=0.01)
    assert concurrency("--variant", "busy") == pytest.approx(150, rel=0.01)
    assert concurrency("--set", "nodes.ship.duration_ms=250") == pytest.approx(25, rel=0.01)
    changes = ("--set", "nodes.shoppers.rate_per_s=200", "--set", "nodes.ship.runtime = 'java'")
    assert concurrency("--variant", "busy", *changes) == pytest.approx(100, rel=0.01)
    assert concurrency("--set", "nodes.ship.runtime=java", "--set", "nodes.ship.duration_ms=") < 12


@pytest.mark.parametrize(("limit", "code"), [("60", 0), ("40", 1), ("'x'", 2)])
def test_check(limit: str, code: int) -> None:
    """Goals met end with 0, one missed with 1, a wrong file with 2."""
    done = run("check", "-", text=DESIGN.replace("at_most = 60", f"at_most = {limit}"))

    assert done.returncode == code, done.stdout + done.stderr
    assert code == 2 or "nodes.ship.concurrency" in done.stdout


def test_report() -> None:
    """The report names nodes, the first limit and the cost; without a terminal it is plain text."""
    done = run("evaluate", "-", "--load", "25")

    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in ("Shop", "ship throttles", "Cost of a month", "Goals", "$"))
    assert "\x1b" not in done.stdout


WRONG = {
    "bad TOML": (("evaluate", "-"), "= =", "not TOML"),
    "misspelt key": (("evaluate", "-"), DESIGN.replace("duration_ms", "durtion_ms"), "'duration_ms'"),
    "no such file": (("evaluate", "nothing.toml"), "", "no such file"),
    "no such preset": (("evaluate", "nothing"), "", "neither a file nor a preset 'nothing'"),
    "a directory": (("evaluate", "/tmp"), "", "directory"),
    "without end": (("evaluate", "/dev/zero"), "", "5 MB"),
    "no such variant": (("evaluate", "-", "--variant", "bussy"), DESIGN, "'busy'"),
    "no such path": (("evaluate", "-", "--set", "nodes.shp.x=1"), DESIGN, "'ship'"),
    "value out of bounds": (("evaluate", "-", "--set", "nodes.ship.memory_mb=1"), DESIGN, "128 MB"),
    "no value": (("evaluate", "-", "--set", "nodes.ship"), DESIGN, "PATH=VALUE"),
    "two values": (("evaluate", "-", "--set", "name='a'\nb=1"), DESIGN, "one value"),
    "no load": (("evaluate", "-", "--load", "nan"), DESIGN, "above 0"),
    "load without end": (("evaluate", "-", "--load", "1e300"), DESIGN, "at most 1,000,000"),
    "load below": (("check", "-", "--load", "-1"), DESIGN, "above 0"),
    "no such command": (("evalute",), "", "No such command"),
    "a file for a command": (("shop.toml",), "", "sandbox open shop.toml"),
    "no such preset to show": (("presets", "nothing"), "", "no preset 'nothing'"),
    "no terminal": (("open", "-"), DESIGN, "terminal"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong(case: str) -> None:
    """Whatever is wrong is one message on standard error and exit code 2, never a traceback."""
    arguments, text, words = WRONG[case]

    done = run(*arguments, text=text)

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_not_utf8() -> None:
    """Standard input that is not UTF-8 is told with its byte."""
    done = subprocess.run(
        [*COMMAND, "evaluate", "-"], input=b'name = "\xe9"', capture_output=True, check=False
    )

    assert done.returncode == 2
    assert b"byte 8 is 0xe9" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "kept_out"),
    [
        (("--help",), HEAVY),
        (("--version",), HEAVY),
        (("evaluate", "--help"), HEAVY),
        (("presets",), HEAVY),
        (("exercises",), HEAVY),
        (("schema",), ("textual", "rich")),
        (("evaluate", "-", "--json"), ("textual", "rich")),
        (("evaluate", "-"), ("textual", "markdown_it")),
    ],
)
def test_what_is_loaded(arguments: tuple[str, ...], kept_out: tuple[str, ...]) -> None:
    """A command loads what it needs and no more."""
    program = (
        "import atexit, sys; from sandbox.cli import main\n"
        f"atexit.register(lambda: print(sorted(set({kept_out!r}) & set(sys.modules)), file=sys.stderr))\n"
        f"sys.argv[1:] = {list(arguments)!r}; main()"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], input=DESIGN, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"


def test_the_package_in_python() -> None:
    """`sandbox.evaluate` is the function whatever was imported before, and no Textual is loaded."""
    program = (
        "import sys, sandbox\n"
        "import sandbox.evaluate\n"
        "from sandbox.evaluate import Evaluation\n"
        f"result = sandbox.evaluate(sandbox.loads({DESIGN!r}), load=2.0)\n"
        "assert isinstance(result, Evaluation) and isinstance(result, sandbox.Evaluation)\n"
        "assert result.to_dict()['load'] == 2.0 and 'textual' not in sys.modules\n"
        "assert not hasattr(sandbox, 'nothing') and 'load' in dir(sandbox)\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_schema_is_json() -> None:
    """The schema is a JSON document of its dialect."""
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")


def test_presets(tmp_path: Path) -> None:
    """Every preset is listed, explained and copied once; a copy is evaluated as the preset is."""
    invoke = CliRunner().invoke
    listed = invoke(cli, ["presets"]).output

    for name in preset_names():
        assert name in listed
        assert invoke(cli, ["presets", name]).output.strip()
        target = tmp_path / f"{name}.toml"
        assert invoke(cli, ["presets", name, "--copy", str(target)]).exit_code == 0
        assert invoke(cli, ["presets", name, "--copy", str(target)]).exit_code != 0
        assert target.read_text("utf-8") == preset_text(name)
    copied = str(tmp_path / "serverless-api.toml")
    assert run("evaluate", "serverless-api", "--json").stdout == run("evaluate", copied, "--json").stdout


def test_broken_pipe() -> None:
    """A reader that goes away ends the command without a word."""
    process = subprocess.Popen([*COMMAND, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()

    assert process.stderr is not None
    said = process.stderr.read()

    assert process.wait(60) == 141
    assert said == b""


def test_interrupted() -> None:
    """Ctrl-C ends with 130 and without a traceback."""
    process = subprocess.Popen(
        [*COMMAND, "evaluate", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b"#")
    process.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(2)

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 130
    assert b"Traceback" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("schema",), ("evaluate", "-"), ("evaluate", "-", "--json")], ids=str)
def test_full_disk(arguments: tuple[str, ...]) -> None:
    """Output that cannot be written is one message and exit 2, never a traceback."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *arguments],
            input=DESIGN,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["the output was not written: no space left on device"]
