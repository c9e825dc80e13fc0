"""Imports point downwards, and what is heavy is imported only by what needs it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = frozenset({"numpy", "pydantic", "rich", "textual"})
SEEN = """
import sys
sys.argv[1:] = {arguments!r}
from sandbox.cli import main
try:
    main()
finally:
    print(*sorted({{name.split(".")[0] for name in sys.modules}}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "kept_out"),
    [
        (["--help"], HEAVY),
        (["--version"], HEAVY),
        (["evaluate", "--help"], HEAVY),
        (["presets"], {"textual", "rich"}),
        (["schema"], {"textual", "rich"}),
        (["evaluate", "serverless-api"], {"textual"}),
        (["evaluate", "serverless-api", "--json"], {"textual", "rich"}),
        (["check", "serverless-api"], {"textual"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_imports_only_what_it_needs(arguments: list[str], kept_out: set[str]):
    """No command pays for what it does not use."""
    ran = subprocess.run(
        [sys.executable, "-c", SEEN.format(arguments=arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert not kept_out & set(ran.stderr.split())


@pytest.mark.parametrize(
    ("module", "kept_out"),
    [
        ("sandbox", HEAVY | {"click"}),
        ("sandbox.engine.steady", {"pydantic", "rich", "textual", "click"}),
        ("sandbox.evaluate", {"rich", "textual", "click"}),
        ("widgets.canvas.plan", {"sandbox", "numpy", "pydantic", "textual"}),
    ],
)
def test_a_module_imports_only_what_it_needs(module: str, kept_out: set[str]):
    """The engine knows no models, the package nothing heavy, the drawing of a graph no Textual."""
    code = f"import sys, {module}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)

    assert not kept_out & set(ran.stdout.split())


@pytest.mark.parametrize(
    "deed",
    ["from sandbox.evaluate import evaluate as do", "from sandbox.app.document import Document as do"],
    ids=["evaluated", "opened"],
)
def test_a_design_reads_only_the_services_it_needs(deed: str):
    """However many the catalogue has, a function behind some traffic needs few of them."""
    text = """[nodes.a]
service = "traffic"
[nodes.b]
service = "lambda"
[[edges]]
from = "a"
to = "b"
"""
    code = f"""import sys
from sandbox.design.reading import loads
{deed}
do(loads({text!r}))
print(*(name for name in sys.modules if name.startswith("sandbox.catalog.services.")))"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    found = {name.rsplit(".", 1)[1] for name in ran.stdout.split()}

    assert {"traffic", "lambda_"} <= found
    assert len(found) <= 8, found


def test_imports_point_downwards():
    """The layers of pyproject.toml hold: nothing imports from above, and nothing in a circle."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
