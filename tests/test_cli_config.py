"""`sandbox config`: where the file is, what it may say, what is wrong in it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

COMMAND = [sys.executable, "-m", "sandbox", "config"]


def run(
    *arguments: str, file: Path | str = "", program: list[str] = COMMAND
) -> subprocess.CompletedProcess[str]:
    """Call the command with a configuration."""
    return subprocess.run(
        [*program, *arguments],
        capture_output=True, text=True, timeout=60, check=False,
        env=os.environ | {"SANDBOX_CONFIG": str(file)},
    )  # fmt: skip


def test_the_path_is_printed(tmp_path: Path) -> None:
    """The platform's usual place, unless the environment says otherwise; the file need not be there."""
    assert run(file=tmp_path / "own.toml").stdout == f"{tmp_path / 'own.toml'}\n"
    assert Path(run().stdout.strip()).parts[-2:] == ("serverless-sandbox", "config.toml")


def test_the_example_is_right_as_it_comes_and_with_everything_in_it(tmp_path: Path) -> None:
    """It can be saved and used at once, and its lines taken in one by one."""
    file = tmp_path / "config.toml"
    text = run("--example").stdout
    lines = text.splitlines()
    file.write_text(
        "\n".join(
            line.removeprefix("# ") if line.startswith(('# "', "# theme =")) else line for line in lines
        )
    )

    assert tomllib.loads(text) == {"look": {}, "keys": {}}
    assert run("--check", file=file).returncode == 0, run("--check", file=file).stderr


def test_problems_are_told_with_their_lines(tmp_path: Path) -> None:
    """All at once on standard error, and exit 2."""
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"design.ad" = "q"\n[look]\npallete = 3\n')

    done = run("--check", file=file)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "config.toml:4: look.pallete is not known here. Did you mean 'palette'?",
        "config.toml:2: keys.design.ad is not an action. Did you mean 'design.add'?",
        "2 problems; the defaults are used instead.",
    ]


def test_the_path_costs_nothing_heavy() -> None:
    """Only the check and the example look at the app."""
    program = "import sys; from sandbox.cli.root import cli; cli.main(['config'], standalone_mode=False);"
    code = f"{program} print(*{{name.split('.')[0] for name in sys.modules}})"

    loaded = run(program=[sys.executable, "-c", code]).stdout.split()

    assert not {"textual", "numpy", "pydantic", "rich"} & set(loaded)
