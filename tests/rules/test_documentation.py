"""Every rule carries its documentation in its file, as its readers look for it."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import sandbox.rules
from sandbox.rules import SHARED, rules
from sandbox.rules.rule import SEVERITIES, Rule

FOLDER = Path(sandbox.rules.__file__).parent
NAMES = sorted(file.stem for file in FOLDER.glob("*.py") if file.stem not in {"__init__", *SHARED})
OF_THE_ENGINE = {"not-converged"}
"""Rules about what the engine does, which no page of AWS's tells."""


def rule(name: str) -> Rule:
    """The rule of a file."""
    return import_module(f"sandbox.rules.{name}").RULE


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_named_as_its_file(name: str):
    """`visibility-too-short` stands in `visibility_too_short.py`, and `rules()` finds it."""
    assert rule(name).name == name.replace("_", "-")
    assert rule(name) in rules()


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_says_what_is_wrong_why_and_what_to_do(name: str):
    """One sentence, why it matters, what to write instead of what."""
    sections = r"[^\n]{20,110}\.\n\n## Why it matters\n(.+)\n\n## Instead of\n(    .+)\n## Use\n(    .+)\n?"
    told = re.fullmatch(sections, import_module(f"sandbox.rules.{name}").__doc__ or "", re.DOTALL)

    assert told
    why, wrong, right = told.groups()
    assert why.strip().endswith(".")
    assert wrong.strip() != right.strip()


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_a_severity_and_a_source(name: str):
    """Where AWS or a paper says so; what the engine finds about itself has none."""
    sut = rule(name)

    assert sut.severity in SEVERITIES
    if sut.name in OF_THE_ENGINE:
        assert sut.source == ""
    else:
        assert sut.source.startswith("https://")


@pytest.mark.parametrize("name", NAMES)
def test_a_check_says_what_it_looks_at(name: str):
    """The check has a docstring of its own."""
    assert rule(name).check.__doc__
