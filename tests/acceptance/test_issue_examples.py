"""Worked examples, from a design to what comes out of it, through the public front door."""

import tomllib
from pathlib import Path

import pytest

from sandbox.design.reading import loads
from sandbox.evaluate import evaluate
from sandbox.goals import look_up

CASES = Path(__file__).parent / "cases"


def cases() -> list[object]:
    """Every case of every file."""
    return [
        pytest.param(case, id=f"{path.stem}: {case['why']}")
        for path in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


@pytest.mark.parametrize("case", cases())
def test_worked_example(case: dict[str, object]) -> None:
    """What its source says is what comes out."""
    told = evaluate(loads(f"schema = 1\n{case['design']}"), case.get("load", 1.0)).to_dict()

    assert told["converged"]
    assert case["source"]
    found = {path: look_up(told, path) for path in case["expect"]}
    assert found == pytest.approx(case["expect"], rel=case.get("rel", 1e-3), abs=1e-6)
