"""The reports of the presets are those that somebody has read; `make golden` accepts what they say now."""

import pytest

from sandbox.design.presets import preset_names
from tests.presets.golden import FOLDER, difference

NAMES = preset_names()
READ = "If that is right, run `make golden`, and read what it changed before it is committed."


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", ["evaluate", "variants", "simulate"])
def test_report(name: str, part: str) -> None:
    """A preset at rest, its variants and its hour with a spike are told as they were."""
    changed = difference(name, part)

    assert not changed, f"{name} tells another story now. {READ}\n{changed}"


def test_no_report_is_left_over() -> None:
    """There is a report of every preset, and of nothing else."""
    assert sorted(file.stem for file in FOLDER.glob("*")) == sorted(NAMES)
