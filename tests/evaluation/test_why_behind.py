"""Every finding of every preset leads to a number that can be explained, or says that there is none."""

import pytest

from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.evaluation import evaluate_plain
from sandbox.outcome import Finding
from sandbox.rules import findings, rules
from sandbox.why import askable, behind, why
from tests.app.shop import SHOP


@pytest.mark.parametrize("name", preset_names())
def test_the_number_behind_a_finding_can_be_explained(name: str):
    """Its reason is about the finding's node, and has a value."""
    evaluation = evaluate_plain(loads(preset(name).text, name))

    for finding in findings(evaluation):
        path = behind(evaluation, finding)
        if path is not None:
            assert (finding.node or (finding.edge or "").partition(">")[2]) in path
            assert why(evaluation, path).value


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.metric], ids=lambda rule: rule.name)
def test_a_rule_names_a_number_that_has_an_answer(rule):
    """What is named can be asked of any node."""
    assert askable(f"nodes.any.{rule.metric}")


@pytest.mark.parametrize(
    ("about", "wanted"),
    [
        ({"node": "place"}, "nodes.place.throttled_per_s"),
        ({"edge": "intake>ship"}, "nodes.ship.concurrency"),
        ({"node": "shoppers"}, "flows.shoppers.latency_ms"),
        ({"node": "gone"}, None),
        ({}, None),
    ],
)
def test_where_a_rule_names_no_number_the_state_of_the_node_does(about, wanted):
    """What goes wrong there, else what it is busy with; of a source, how long it waits."""
    evaluation = evaluate_plain(loads(SHOP.replace("reserved_concurrency = 20", "reserved_concurrency = 2")))

    assert behind(evaluation, Finding("few-receives", "warning", "", **about)) == wanted
