"""Every service in each of its modes: it works, limits, costs, runs, is drawn, and is written down."""

from functools import cache
from math import isfinite

import numpy as np
import pytest

from sandbox.app.present.graph import graph
from sandbox.catalog.account_quotas import account_quotas
from sandbox.catalog.facts import facts
from sandbox.catalog.help import help_of
from sandbox.catalog.service import services
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.evaluation import Evaluation, evaluate_plain
from sandbox.outcome import LimitUse
from sandbox.simulate import simulate
from sandbox.units import rate
from tests.catalog.walking import Mode, design_of, modes, wide_modes

MODES = tuple(modes())
WIDE = tuple(sorted(set(wide_modes()) - set(MODES), key=str))
CLOSE = 1e-6
RUN_S = 120.0


@cache
def evaluated(mode: Mode) -> Evaluation:
    """What a mode's design comes to."""
    return evaluate_plain(design_of(mode))


def test_every_service_is_walked():
    """No service is left out, and what has a choice is walked with each of them."""
    assert {mode.service for mode in MODES} == set(services())
    for wanted in (
        ("dynamodb", "mode", "provisioned"),
        ("sqs", "fifo", True),
        ("step-functions", "type", "express"),
        ("aurora", "mode", "provisioned"),
        ("lambda", "managed_instances", True),
    ):
        assert any(mode.service == wanted[0] and wanted[1:] in mode.settings for mode in MODES), wanted


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_solves(mode):
    """A small load reaches its fixed point, and the service is asked for what was sent to it."""
    evaluation = evaluated(mode)
    told = evaluation.nodes[mode.service]

    assert evaluation.converged
    assert told.offered_per_s > 0
    assert 0 <= told.accepted_per_s <= told.offered_per_s * (1 + CLOSE)
    assert told.latency is None or 0 <= told.latency.p50 <= told.latency.p99


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_bills(mode):
    """Every line of the bill is a finite amount with its source, and they sum up to the total."""
    evaluation = evaluated(mode)

    for line in evaluation.lines:
        assert isfinite(line.usd), line
        assert line.usd >= 0, line
        assert line.usd == pytest.approx(line.quantity * line.unit_usd), line
        assert line.item.strip(), line
        assert line.unit.strip(), line
        assert line.source.strip(), line
    assert sum(line.usd for line in evaluation.lines) == pytest.approx(evaluation.monthly_usd)
    by_node = {key: told.monthly_usd for key, told in evaluation.nodes.items()}
    assert sum(by_node.values()) == pytest.approx(evaluation.monthly_usd)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_lists_its_limits(mode):
    """Every limit has a finite capacity above 0, a unit, a scope and a source; what raises it exists."""
    for key, told in evaluated(mode).nodes.items():
        for use in told.limits:
            says_all(use)
            path = use.raised_by.split(".")
            assert path[0] != "account" or path[-1] in account_quotas(), (key, use)


def says_all(use: LimitUse) -> None:
    """A limit without something that a person asks of it is none."""
    assert isfinite(use.capacity), use
    assert use.capacity > 0, use
    assert isfinite(use.demand), use
    assert use.demand >= 0, use
    for words in (use.name, use.unit, use.scope, use.source):
        assert words.strip(), use


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_runs(mode):
    """Two minutes of it keep what came in: it is done, failed, given up, lost, or still there."""
    timeline = simulate(design_of(mode), RUN_S)

    assert timeline.run.largest_gap < 1e-9
    for name in ("offered", "accepted", "completed", "waiting", "in_service"):
        values = getattr(timeline.run, name)
        assert np.isfinite(values).all(), name
        assert (values >= -1e-4).all(), name
    assert isfinite(timeline.summary.monthly_usd)
    assert timeline.at(-1).nodes[mode.service].service == mode.service


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_is_drawn(mode):
    """Its card has a name, a badge and its rate; its gauge is what is used most of its limits."""
    evaluation = evaluated(mode)
    told, service = evaluation.nodes[mode.service], services()[mode.service]

    card = next(node for node in graph(evaluation).nodes if node.id == mode.service)

    assert card.label.strip()
    assert card.badge == service.badge
    assert card.icon.strip()
    assert card.rate == rate(told.offered_per_s)
    assert card.gauge == max((use.utilisation for use in told.limits), default=None)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_is_kept_in_its_file(mode):
    """What is written is read as the same design, and written again as the same file."""
    design = design_of(mode)
    text = dumps(design)

    assert loads(text) == design
    assert dumps(loads(text)) == text


@pytest.mark.parametrize("service", services().values(), ids=services())
def test_explains_itself(service):
    """It has a summary, a help for each of its settings, and a source and a date for each of its numbers."""
    assert service.summary.strip()
    assert service.title.strip()
    for name in service.settings.model_fields:
        assert help_of(service.settings).get(name, "").strip(), name
    for fact in (*facts(service.id).quotas.values(), *facts(service.id).prices.values()):
        assert fact.source.strip(), fact.key
        assert str(fact.as_of).strip(), fact.key
        assert fact.unit.strip(), fact.key


@pytest.mark.slow
@pytest.mark.parametrize("service", services())
def test_every_combination(service):
    """Whatever is combined of what may be, it works, limits, costs, runs and is drawn."""
    for mode in WIDE:
        if mode.service == service:
            test_solves(mode)
            test_bills(mode)
            test_lists_its_limits(mode)
            test_runs(mode)
            test_is_drawn(mode)
            test_is_kept_in_its_file(mode)
