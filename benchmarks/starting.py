"""From a key press on the command line to what it shows: whole processes, Python's own start included."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

from benchmarks.designs import shops
from benchmarks.measure import Figure, process
from benchmarks.terminal import Terminal
from sandbox.design.files import save
from sandbox.design.model import Design
from sandbox.design.presets import preset
from sandbox.design.reading import loads

GROUP = "Start"
PRESET = "serverless-api"


def figures(times: int) -> Iterator[Figure]:
    """Measure everything of this group.

    Args:
        times: How often each process is started.
    """
    yield Figure(GROUP, "python -c pass", process(["-c", "pass"], times))
    yield Figure(GROUP, "import the engine", process(["-c", "import sandbox.engine.steady"], times), 250)
    yield Figure(GROUP, "sandbox --version", process(["-m", "sandbox", "--version"], times), 250)
    yield Figure(
        GROUP, f"sandbox evaluate {PRESET}", process(["-m", "sandbox", "evaluate", PRESET], times), 600
    )
    for name, design in ((PRESET, loads(preset(PRESET).text, PRESET)), ("60 nodes", shops(60))):
        yield Figure(GROUP, f"first paint of the app, {name}", first_paints(design, max(times // 2, 3)), 1000)


def first_paints(design: Design, times: int) -> tuple[float, ...]:
    """Time from starting the app in a terminal to the last write of its first picture [ms], each time."""
    found = []
    with TemporaryDirectory() as folder:
        path = f"{folder}/design.toml"
        save(design, path)
        for _ in range(times + 1):
            with Terminal("-m", "sandbox", "open", path) as terminal:
                found.append(terminal.painted())
    return tuple(found[1:])
