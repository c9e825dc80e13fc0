"""The house keeps its own rules: small files, short functions, declared dependencies, a whole wheel."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("sandbox", "widgets", "presets")
LONGEST_FILE, WANTED_FILE = 300, 200
LONGEST_FUNCTION, WANTED_FUNCTION = 50, 35
MODULES = {"pyyaml": "yaml"}
"""Modules that are not called as the package they come in."""
COMES_WITH = {"pydantic_core": "pydantic", "annotated_types": "pydantic"}
"""Modules of a dependency that has a package of its own for them."""
UNIMPORTED = {
    "types-pyyaml",
    *("hatchling", "import-linter", "mypy", "ruff"),
    *("pytest-asyncio", "pytest-textual-snapshot", "pytest-xdist"),
    *("tree-sitter", "tree-sitter-toml"),
}
"""Tools that are run, plugins that pytest finds by itself, and what Textual imports for its editor."""
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "index" + "-url")


@cache
def tracked() -> tuple[Path, ...]:
    """The project's files: what git knows, or everything where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
    ) if (ROOT / ".git").exists() else None  # fmt: skip
    if listed is not None and listed.returncode == 0:
        return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())
    hidden = {".venv", "dist", "build", "__pycache__"}
    return tuple(p for p in ROOT.rglob("*") if p.is_file() and not hidden & set(p.relative_to(ROOT).parts))


@cache
def parsed() -> dict[Path, ast.Module]:
    """Every Python file as a tree."""
    return {path: ast.parse(path.read_text("utf-8")) for path in tracked() if path.suffix == ".py"}


def imported(folders: tuple[str, ...]) -> set[str]:
    """Top-level modules that the Python files of some folders import from elsewhere."""
    found: set[str] = set()
    for path, tree in parsed().items():
        if path.relative_to(ROOT).parts[0] not in folders:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return {name for name in found if name not in sys.stdlib_module_names}


def dependencies(table: str) -> dict[str, str]:
    """The module of each dependency of one list in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = project["dependencies"] if table == "app" else project["optional-dependencies"][table]
    names = [re.split(r"[<>=!~\[ ]", entry)[0] for entry in listed]
    return {name: MODULES.get(name, name.replace("-", "_")) for name in names}


def functions() -> Iterator[tuple[str, int]]:
    """Every function and the lines it takes, its docstring not counted."""
    for path, tree in parsed().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                skipped = (first.end_lineno or 0) - first.lineno + 1 if doc else 0
                lines = (node.end_lineno or 0) - node.lineno + 1 - skipped
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines


def told(what: str, sizes: dict[str, int], wanted: int, longest: int) -> list[str]:
    """Print what is larger than wanted; return what is too large."""
    large = sorted((name for name in sizes if sizes[name] > wanted), key=lambda name: -sizes[name])
    head = f"{len(large)} of {len(sizes)} {what} have more than {wanted} lines:"
    print(head, *(f"  {sizes[name]:4} {name}" for name in large), sep="\n")  # noqa: T201  # seen with -rP
    return [f"{sizes[name]} lines: {name}" for name in large if sizes[name] > longest]


def test_files_are_small():
    """No Python file has a second subject: none has more than 300 lines (most have fewer than 200)."""
    sizes = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in parsed()}

    assert not told("files", sizes, WANTED_FILE, LONGEST_FILE)


def test_functions_are_short():
    """No function has more than 50 lines beside its docstring (most have fewer than 35)."""
    assert not told("functions", dict(functions()), WANTED_FUNCTION, LONGEST_FUNCTION)


def test_no_registry_is_named():
    """Where packages come from is the machine's business, not the project's."""
    naming = [
        f"{path.relative_to(ROOT)}: {registry}"
        for path in tracked()
        for registry in REGISTRIES
        if registry in path.read_text("utf-8", errors="replace")
    ]

    assert not naming


def test_every_dependency_says_why():
    """Each line of a dependency carries its reason."""
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    named = [line for line in lines if re.match(r'\s+"[a-z][\w-]*[<>=!~]', line)]

    assert len(named) == len(dependencies("app")) + len(dependencies("dev"))
    assert not [line.strip() for line in named if not re.search(r'",\s*# \S', line)]


@pytest.mark.parametrize(
    ("table", "folders"),
    [("app", PACKAGES), ("dev", ("tests", "benchmarks", "screenshots"))],
)
def test_dependencies_are_those_that_are_used(table: str, folders: tuple[str, ...]):
    """Nothing is imported that is not declared, and nothing declared that is not used."""
    declared = dependencies(table)
    used = {COMES_WITH.get(name, name) for name in imported(folders)}
    ours = {*PACKAGES, "tests", "benchmarks", "screenshots"}
    local = {path.stem for path in parsed() if path.relative_to(ROOT).parts[0] == "tests"}
    known = {*declared.values(), *(dependencies("app").values() if table == "dev" else ())}

    assert not used - known - ours - local
    needed = {module for name, module in declared.items() if name not in UNIMPORTED}
    assert not needed - used - set(dependencies("app").values() if table == "dev" else ())


def test_the_wheel_is_whole(tmp_path: Path):
    """The wheel carries every file of the three packages, the licence and the command, and no more."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("serverless_sandbox-*.whl")
    with ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
        entry = next(n for n in archive.namelist() if n.endswith("entry_points.txt"))
        assert "sandbox = sandbox.cli:main" in archive.read(entry).decode()
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
    wanted = {p.relative_to(ROOT) for p in tracked() if p.relative_to(ROOT).parts[0] in PACKAGES}

    assert {str(path) for path in wanted} <= carried
    assert {name.split("/")[0] for name in carried} == set(PACKAGES)
    assert not [name for name in carried if name.endswith(".pyc")]
