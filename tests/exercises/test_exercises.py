"""The exercises that come along: unsolved as given, solved by what is stored, and not by what is locked."""

from dataclasses import replace

import pytest

from sandbox.design.presets import exercise, preset_names
from sandbox.design.reading import loads
from sandbox.evaluate import evaluate
from sandbox.exercises.given import come_along, given
from sandbox.exercises.grading import grade
from sandbox.exercises.locks import breaches
from sandbox.rules import rules
from tests.exercises.solving import NAMES, SOLUTIONS, solved
from tests.exercises.tampering import CHEATS, changed, settings

WORK = {
    "duration_ms", "per_record_ms", "duration_cv", "cpu_bound", "measured_memory_mb", "init_ms",
    "error_ratio", "idle_expiry_s", "response_kb", "item_kb", "payload_kb", "latency_ms", "query_ms",
    "managed_instances", "runtime", "storage_gb", "concurrency_per_task", "startup_s", "max_attempts",
    "max_record_age_s", "retention_s", "operation", "usd_per_month", "servers", "requests_per_server_per_s",
}  # fmt: skip
"""Settings that say what the work is, not how it is dealt with."""


def test_they_are_all_there() -> None:
    """There are at least ten, each with a solution, and none has the name of a preset."""
    assert len(NAMES) >= 10
    assert set(NAMES) == set(SOLUTIONS)
    assert not set(NAMES) & set(preset_names())


@pytest.mark.parametrize("name", NAMES)
def test_unsolved_at_the_start(name: str) -> None:
    """As it opens an exercise has a fault in it, and nothing is locked that was changed."""
    design = come_along(name)

    verdict = grade(design, design)

    assert evaluate(design).converged
    assert not verdict.solved
    assert verdict.won == 0
    assert verdict.breaches == ()
    assert verdict.goals


@pytest.mark.parametrize("name", NAMES)
def test_its_solution_solves_it(name: str) -> None:
    """What is stored meets every goal without changing what is locked, and wins every star."""
    verdict = grade(solved(name), come_along(name))

    assert evaluate(solved(name)).converged
    assert [goal for goal in verdict.goals if not goal.met] == []
    assert [breach.words for breach in verdict.breaches] == []
    assert verdict.solved
    assert [star for star in verdict.stars if not star.won] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_solution_only_changes_what_is_free(name: str) -> None:
    """Every value of the solution, and every further node and edge, is free."""
    exercise = come_along(name).exercise

    assert [path for path in SOLUTIONS[name].get("values", {}) if exercise.locks(path)] == []
    assert [*breaches(solved(name), come_along(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_can_be_changed(name: str) -> None:
    """Another value of any setting that is not free is told with its path."""
    design = solved(name)
    exercise, given_parts = come_along(name).exercise, {*settings(come_along(name))}
    tried = [path for path in settings(design) if path in given_parts and exercise.locks(path)]
    told = {path: changed(design, path) for path in tried}
    silent = [
        path
        for path, other in told.items()
        if other and not any(path.startswith(breach.path) for breach in breaches(other, come_along(name)))
    ]

    assert silent == []
    assert sum(other is not None for other in told.values()) > 0.7 * len(tried)


@pytest.mark.parametrize("name", NAMES)
def test_work_cannot_be_made_less(name: str) -> None:
    """Traffic, own times, failures, what others do, and the sizes of items are never free."""
    design, free = come_along(name), come_along(name).exercise.free
    outside = [key for key, node in design.nodes.items() if node.service in ("traffic", "external")]

    assert [path for path in free if path.split(".")[1] in outside] == []
    assert [path for path in free if path.rpartition(".")[2] in WORK] == []


@pytest.mark.parametrize("cheat", CHEATS)
@pytest.mark.parametrize("name", NAMES)
def test_cheats_are_told(name: str, cheat: str) -> None:
    """What goes round the problem is a breach, also of a design that else is right."""
    design = CHEATS[cheat](solved(name))

    assert [*breaches(design, come_along(name))]


@pytest.mark.parametrize("name", NAMES)
def test_a_breach_costs_every_star(name: str) -> None:
    """A solution that also changes something locked is none."""
    design = solved(name)
    source = next(key for key, node in design.nodes.items() if node.service == "traffic")

    verdict = grade(design.with_value(f"nodes.{source}.payload_kb", 0.3), come_along(name))

    assert not verdict.solved
    assert verdict.won == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "more"),
    [
        ({"edges.booking>proxy.calls": 0.5}, "half of the bookings"),
        ({"edges.proxy>bookings.calls": 0.5}, "half of the queries"),
        ({"nodes.booking.reserved_concurrency": 60}, "a cap on the function"),
    ],
)
def test_too_many_connections_are_not_solved_by_less_work(values: dict[str, object], more: str) -> None:
    """Where the database may be reached in another way, each request must still reach it once."""
    assert not grade(solved("connections").with_values(values), come_along("connections")).solved, more


@pytest.mark.parametrize("name", NAMES)
def test_less_traffic_solves_nothing(name: str) -> None:
    """Who turns the sources down has changed what is locked."""
    design = come_along(name)
    sources = [key for key, node in design.nodes.items() if node.service == "traffic"]
    calm = design.with_values({f"nodes.{key}.rate_per_s": 0.001 for key in sources})

    verdict = grade(calm, design)

    assert not verdict.solved
    assert {f"nodes.{key}.rate_per_s" for key in sources} <= {breach.path for breach in verdict.breaches}


@pytest.mark.parametrize("name", NAMES)
def test_what_was_given_counts(name: str) -> None:
    """Goals made easier and locks taken out of a copy change nothing of the verdict."""
    design = come_along(name)
    eased = replace(
        design, goals=(), exercise=design.exercise.model_copy(update={"locked": (), "cleared": ()})
    )

    assert given(eased) is design
    assert grade(eased, given(eased)).to_dict() == grade(design, design).to_dict()


@pytest.mark.parametrize("name", NAMES)
def test_it_tells_its_story(name: str) -> None:
    """An exercise knows its id, has a story, three hints or more, a debrief, and rules that there are."""
    told = come_along(name).exercise

    assert told.id == name
    assert len(told.story.split()) > 40
    assert len(told.hints) >= 3
    assert len(told.debrief.split()) > 30
    assert {*told.cleared} <= {rule.name for rule in rules()}
    assert all(node.label for node in come_along(name).nodes.values())
    assert loads(exercise(name).text) == come_along(name)


def test_each_leads_to_the_next() -> None:
    """From the first on, `next` goes through all of them once, and the last leads nowhere."""
    follows = {name: come_along(name).exercise.next for name in NAMES}
    name = next(iter(set(NAMES) - set(follows.values())))
    way = []
    while name:
        way.append(name)
        name = follows[name]

    assert sorted(way) == sorted(NAMES)
