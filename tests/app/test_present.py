"""From evaluations to what is drawn."""

import pytest

from sandbox.app.present import costs, facts, faulting, fields, graph, header, ladder, ways
from sandbox.app.present.asking import asked
from sandbox.app.reading import Details, Reading
from sandbox.catalog.profiles import SHAPES
from sandbox.catalog.service import services
from sandbox.design.edits import add_node
from sandbox.design.model import Design
from sandbox.evaluate import evaluate
from sandbox.outcome import Finding, Rung
from sandbox.why import why
from tests.app.outcomes import node
from tests.app.shop import shop
from widgets.facts import Fact
from widgets.form.layout import plan_of


@pytest.mark.parametrize(
    ("told", "sign", "words"),
    [
        ({"throttled_per_s": 12}, "throttled", "throttled 12%"),
        ({"backlog_growth_per_s": 5}, "held", "held 5/s"),
        ({"lost_per_s": 2, "throttled_per_s": 12}, "lost", "lost 2/s"),
        ({"throttled_per_s": 0.001}, "", ""),
        ({}, "", ""),
    ],
)
def test_a_node_is_marked_by_the_gravest_that_happens(told, sign, words):
    """Lost before throttled before held; rounding is nothing."""
    assert graph.mark(node(offered_per_s=100, **told)) == (sign, words)


def test_the_graph_has_every_node_and_edge():
    """Each with its rate, its load and what delivers it."""
    drawn = graph.graph(evaluate(shop()))

    place = next(one for one in drawn.nodes if one.id == "place")
    assert (place.label, place.rate, place.detail, place.family) == (
        "Place order",
        "100/s",
        "10 / 20",
        "compute",
    )
    assert place.gauge == pytest.approx(0.5, rel=0.05)
    assert [edge.kind for edge in drawn.edges] == ["sync", "sync", "polled"]


@pytest.mark.parametrize("service", sorted(services()))
def test_every_setting_of_a_form_can_be_set_to_its_own_value(service):
    """What the form offers is what the design takes: kinds, bounds and choices agree."""
    design = add_node(Design(), "it", service)
    for field in fields.fields(design, "nodes.it"):
        assert field.help
        if field.choices and field.kind == "choice":
            assert field.value in field.choices or field.optional
        design.with_values(fields.changes(design, "nodes.it", field.name, field.value))


@pytest.mark.parametrize("service", sorted(services()))
def test_every_label_of_a_form_is_whole_on_a_usual_screen(service):
    """The inspector has 42 cells at 140 columns; no name and no unit is cut there."""
    found = fields.fields(add_node(Design(), "it", service), "nodes.it")
    plan = plan_of(found, 42)
    assert [field.label for field in found if len(field.label) > plan.label] == []
    assert [field.unit for field in found if len(field.unit) > plan.unit] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_course_of_traffic_can_be_chosen_and_changed(shape):
    """Each shape has its own lines, which the design takes."""
    design = add_node(Design(), "it", "traffic")

    chosen = design.with_values(fields.changes(design, "nodes.it", "profile.shape", shape))

    assert chosen.node("it").settings.profile.shape == shape
    for field in fields.fields(chosen, "nodes.it"):
        assert field.help
        chosen.with_values(fields.changes(chosen, "nodes.it", field.name, field.value))


def test_a_fault_is_switched_on_changed_and_off():
    """Its lines stand behind the switch, and are values of the fault."""
    design = faulting.switched(add_node(Design(), "it", "lambda"), "it", True)

    names = [field.name for field in fields.fields(design, "nodes.it") if field.name.startswith("fault")]
    changed = design.with_values(fields.changes(design, "nodes.it", "fault.slower", 3))

    assert names == [
        "fault",
        *(f"fault.{key}" for key in ("from_s", "to_s", "slower", "fail", "capacity", "poisoned")),
    ]
    assert changed.faults[0].slower == 3
    assert faulting.switched(changed, "it", False) == add_node(Design(), "it", "lambda")


def test_a_node_says_whose_it_is():
    """The team stands among the settings of everything that a team runs."""
    design = add_node(Design(), "it", "lambda").with_value("nodes.it.team", "shop")
    told = {field.name: field for field in fields.fields(design, "nodes.it")}

    assert told["team"].value == "shop"
    assert fields.changes(design, "nodes.it", "team", "mail") == {"nodes.it.team": "mail"}
    assert "team" not in {field.name for field in fields.fields(shop(), "nodes.shoppers")}


def test_every_field_of_the_design_can_be_set_to_its_own_value():
    """Name, region, free tiers, and the quotas of the services in it."""
    design = shop()
    told = {field.name: field for field in fields.fields(design, "")}

    assert told["account.lambda_concurrency"].default == 1000
    assert "account.sns_publish_per_s" not in told
    assert "eu-west-1" in told["region"].choices
    assert all(region.count("-") >= 2 for region in told["region"].choices)
    for name, field in told.items():
        design.with_value(name, field.value)


@pytest.mark.parametrize("wanted", ways.WAYS)
def test_saying_the_traffic_in_another_way_keeps_its_rate(wanted):
    """What limits are held against stays the same."""
    design = shop()
    other = design.with_values(fields.changes(design, "nodes.shoppers", ways.NAME, wanted))

    assert ways.way(other.nodes["shoppers"].settings) == wanted
    if wanted != ways.LOOP:
        rate = evaluate(other).source_rate_per_s
        assert rate == pytest.approx(100, rel=0.001)


def test_facts_show_the_change_against_the_baseline():
    """Twice the load is a hundred per cent more."""
    design = shop()
    told = facts.facts(evaluate(design, 2.0), evaluate(design), "nodes.place")
    offered = next(fact for fact in told if isinstance(fact, Fact) and fact.label == "offered")

    assert (offered.value, offered.change) == ("200/s", "+100 %")


@pytest.mark.parametrize("subject", ["", *(f"nodes.{key}" for key in shop().nodes), "edges.0", "edges.2"])
def test_facts_without_a_change_say_none(subject):
    """Compared with itself nothing changed."""
    evaluation = evaluate(shop())
    told = facts.facts(evaluation, evaluation, subject)

    assert told
    assert not [fact for fact in told if isinstance(fact, Fact) and fact.change]


@pytest.mark.parametrize("load", [1.0, 4.0])
def test_what_can_be_asked_has_an_answer(load):
    """No fact leads to a question that nobody answers."""
    evaluation = evaluate(shop(), load)
    for subject in ("", *(f"nodes.{key}" for key in shop().nodes), "edges.0", "edges.2"):
        for fact in facts.facts(evaluation, None, subject):
            path = asked(evaluation, fact.key) if isinstance(fact, Fact) else None
            if path is not None:
                assert why(evaluation, path).formula


@pytest.mark.parametrize(
    ("load", "words", "tone"),
    [
        (1.0, "▲ Place order throttles 1 % at ×1.60", "warn"),
        (0.1, "▲ Place order throttles 1 % at ×1.60", ""),
        (2.0, "▲ Place order throttles from ×1.60", "bad"),
        (6.0, "▲ Place order throttles from ×1.60 and 1 more", "bad"),
    ],
)
def test_the_top_line_names_what_throttles_first(load, words, tone):
    """In words, and graver the nearer it is."""
    rungs = (
        Rung("place", "reserved concurrency", 1.6, 160, True, "slots:place.reserved"),
        Rung("intake", "throughput of Ship", 5.0, 500, True, "consumer:intake>ship#2"),
    )
    found = header.nearest(shop(), load, Details(rungs, ()))

    assert (found[0], found[2]) == (words, tone)


def test_the_ladder_says_who_raises_a_limit():
    """A setting by its name, the first to bind first."""
    evaluation = evaluate(shop())
    rows = ladder.rows(evaluation, evaluation.headroom)

    assert rows[0].key == "0:place"
    assert "reserved concurrency" in rows[0].cells


@pytest.mark.parametrize("grouping", costs.GROUPINGS)
def test_the_bill_adds_up_in_every_grouping(grouping):
    """The shares are all of it, the dearest first."""
    evaluation = evaluate(shop())
    rows = costs.rows(Reading(evaluation), grouping)
    at = [column.key for column in costs.COLUMNS[grouping]].index("month")
    amounts = [row.cells[at].order for row in rows]

    assert sum(amounts) == pytest.approx(evaluation.monthly_usd)
    assert amounts == sorted(amounts, reverse=True)


def test_findings_stand_by_their_node_and_all_by_the_design():
    """Another node has none of them."""
    evaluation = evaluate(shop(), 4.0)
    reading = Reading(evaluation, None, Details((), evaluation.findings))

    assert "throttles" in facts.findings(reading, "nodes.place")[0].text
    assert facts.findings(reading, "nodes.place")[0].tone == "bad"
    assert "Place order: throttles" in facts.findings(reading, "")[0].text
    assert facts.findings(reading, "nodes.shoppers") == ()


def test_findings_about_an_edge_stand_by_it():
    """The edge that is selected has its own findings, and the design names both ends."""
    design = shop()
    place = next(place for place, edge in enumerate(design.edges) if edge.target == "place")
    source = design.nodes[design.edges[place].source].title
    told = Finding("payload-too-large", "error", "too large", edge=f"{design.edges[place].source}>place")
    reading = Reading(evaluate(design), None, Details((), (told,)))

    assert facts.findings(reading, f"edges.{place}")[0].text == "▲ too large"
    assert facts.findings(reading, "")[0].text == f"▲ {source} → Place order: too large"
    assert facts.findings(reading, f"edges.{place - 1 if place else 1}") == ()
