"""Every rule tells what it is for, lets pass what is right, and its fix makes the finding go away.

`cases/` has a file for each subject, with two kinds of tables:

    [[case]]   a design that a rule tells something about, and the nearest design that it lets pass
    rule       name of the rule
    at         the node or edge that the finding is about ("" for the whole design)
    says       numbers with their units, or words, that the message has
    why        what is wrong, in a sentence
    design     the design
    passes     values by path that make it the design that is let pass
    instead    that design as a whole, where no values do it
    fix        the finding's own fix, by path ("" restores a default); left out where no one value mends it
    then       by the name of a rule that tells something once it is mended, why that is the truth

    [[quiet]]  a design near to a finding, on which one rule says nothing: rule, why, design
"""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sandbox.design.model import Design
from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.errors import DesignError
from sandbox.evaluate import evaluate
from sandbox.evaluation import evaluate_plain
from sandbox.outcome import Finding
from sandbox.rules import findings, rules

FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
TABLES = [tomllib.loads(file.read_text(encoding="utf-8")) for file in FILES]


def cases(kind: str) -> list[Any]:
    """All cases of a kind, of every file."""
    told = [case for table in TABLES for case in table.get(kind, [])]
    return [pytest.param(case, id=f"{case['rule']}: {case['why']}") for case in told]


CASES = cases("case")
QUIET = cases("quiet")
ROUNDS = 3
"""Times that all fixes of a preset are applied before nothing is left to mend."""


def drawn(case: dict[str, Any]) -> Design:
    """The design of a case."""
    return loads(f"schema = 1\n{case['design']}", "case.toml")


def found(design: Design, rule: str) -> list[Finding]:
    """What one rule tells about a design."""
    return [finding for finding in evaluate(design).findings if finding.rule == rule]


def values(table: dict[str, Any]) -> dict[str, object]:
    """Values by path; an empty one restores a default."""
    return {path: None if value == "" else value for path, value in table.items()}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_tells_of_what_it_is_for(case: dict[str, Any]):
    """The finding is about the right part, with its numbers and units, and a source."""
    mine = {finding.node or finding.edge or "": finding for finding in found(drawn(case), case["rule"])}
    sut = mine[case["at"]]

    assert [words for words in case["says"] if words not in sut.message] == []
    assert sut.severity == next(rule.severity for rule in rules() if rule.name == case["rule"])
    assert sut.source
    assert len(mine) == 1


@pytest.mark.parametrize("case", CASES)
def test_a_fix_mends_what_it_was_told_for(case: dict[str, Any]):
    """The fix is the stated one, the design takes it, and the finding is gone."""
    design = drawn(case)
    (sut,) = found(design, case["rule"])

    if "fix" not in case:
        assert sut.fix is None
        return
    assert sut.fix == values(case["fix"])
    assert found(design.with_values(sut.fix), case["rule"]) == []


def advice(design: Design) -> dict[tuple[str, str | None, str | None], Finding]:
    """What all rules tell about a design, by rule and place."""
    every = findings(evaluate_plain(design))
    return {(finding.rule, finding.node, finding.edge): finding for finding in every}


@pytest.mark.parametrize("case", [param for param in CASES if "fix" in param.values[0]])
def test_a_fix_brings_no_new_finding(case: dict[str, Any]):
    """What is told of a mended design was told before, or a case says why it comes to light."""
    design = drawn(case)
    new = advice(design.with_values(values(case["fix"]))).keys() - advice(design).keys()

    assert {rule for rule, _, _ in new} == set(case.get("then", {}))


@pytest.mark.parametrize("case", CASES)
def test_a_rule_lets_pass_what_is_right(case: dict[str, Any]):
    """One change away from the wrong design nothing is told."""
    right = drawn(case).with_values(values(case.get("passes", {})))
    if "instead" in case:
        right = drawn({"design": case["instead"]})

    assert found(right, case["rule"]) == []


@pytest.mark.parametrize("case", QUIET)
def test_a_rule_leaves_to_others_what_is_theirs(case: dict[str, Any]):
    """A rule is quiet where it has nothing to say or a graver one speaks."""
    assert found(drawn(case), case["rule"]) == []


def test_every_rule_has_a_case():
    """A rule without a design that triggers it is not known to work; the engine's own is below."""
    told = {case["rule"] for table in TABLES for case in table.get("case", [])}

    assert told == {rule.name for rule in rules()} - {"not-converged"}


def test_a_state_that_was_not_found_is_told():
    """Numbers of an iteration that did not end are never shown without a word."""
    plain = evaluate_plain(loads("schema = 1"))
    steady = replace(plain.steady, converged=np.zeros_like(plain.steady.converged))

    assert "not-converged" in {finding.rule for finding in findings(replace(plain, steady=steady))}
    assert "not-converged" not in {finding.rule for finding in findings(plain)}


def test_more_provisioned_than_reserved_is_no_design():
    """AWS refuses it, and so does the file; no rule is needed."""
    settings = "reserved_concurrency = 5, provisioned_concurrency = 6"

    with pytest.raises(DesignError, match="provisioned_concurrency = 6 is more than"):
        drawn({"design": f'nodes.f = {{service = "lambda", {settings}}}'})


@cache
def told_of_preset(name: str) -> tuple[Finding, ...]:
    """What is told about a design that comes along, as it is."""
    return evaluate(loads(preset(name).text, f"{name}.toml")).findings


@pytest.mark.parametrize("name", preset_names())
def test_presets_are_told_of_only_what_is_intended(name: str):
    """As it comes a preset has the findings that it says it is meant to have, and no other error."""
    told = told_of_preset(name)
    card = loads(preset(name).text).preset

    assert card is not None
    assert set(card.expects) <= {finding.rule for finding in told}
    assert {finding.rule for finding in told if finding.severity == "error"} <= set(card.expects)


@pytest.mark.parametrize("name", preset_names())
def test_fixes_of_a_preset_come_to_an_end(name: str):
    """Applied again and again, they leave nothing to mend, and no error that was not there."""
    design = loads(preset(name).text, f"{name}.toml")
    told = before = tuple(findings(evaluate_plain(design)))
    for _ in range(ROUNDS):
        for fix in [finding.fix for finding in told if finding.fix]:
            design = design.with_values(fix)
        told = tuple(findings(evaluate_plain(design)))

    errors = {finding.rule for finding in before if finding.severity == "error"}
    assert [finding.rule for finding in told if finding.fix] == []
    assert {finding.rule for finding in told if finding.severity == "error"} <= errors


@pytest.mark.parametrize("name", preset_names())
def test_no_fix_of_a_preset_brings_another_warning(name: str):
    """Each alone, of the preset and of its variants, trades one trouble for another nowhere."""
    plain = loads(preset(name).text, f"{name}.toml")
    for design in (plain, *map(plain.with_variant, plain.variants)):
        before = advice(design)
        for finding in [finding for finding in before.values() if finding.fix]:
            after = advice(design.with_values(finding.fix or {}))
            new = [after[place] for place in after.keys() - before.keys()]
            assert [other for other in new if other.severity != "note"] == [], finding


def test_the_gravest_comes_first():
    """Errors stand before warnings, and warnings before notes."""
    order = [rule.severity for rule in rules()]

    assert order == sorted(order, key=("error", "warning", "note").index)
