"""The exercises that come along: unsolved as given, solved by what is stored, and not by what is locked."""

from dataclasses import replace

import pytest

from sandbox.design.presets import exercise, preset_names
from sandbox.design.reading import loads
from sandbox.errors import MissingPriceError
from sandbox.evaluate import evaluate
from sandbox.exercises.given import come_along, given
from sandbox.exercises.grading import grade
from sandbox.rules import rules
from tests.exercises.solving import NAMES, SOLUTIONS, solved
from tests.exercises.tampering import tampered

LOCKS = [(name, lock) for name in NAMES for lock in come_along(name).exercise.locked]


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
def test_one_change_is_not_enough_or_is_the_only_one(name: str) -> None:
    """Everything that the solution changes for the goals is free to be changed."""
    locked = come_along(name).exercise.locked

    for path in SOLUTIONS[name].get("values", {}):
        assert not any(path == lock or path.startswith(f"{lock}.") for lock in locked)


@pytest.mark.parametrize(("name", "lock"), LOCKS)
def test_what_is_locked_cannot_help(name: str, lock: str) -> None:
    """A solution that also changes something locked is none, and the verdict says what it was."""
    try:
        verdict = grade(tampered(solved(name), lock), come_along(name))
    except MissingPriceError:  # elsewhere there is no price for what solves it
        verdict = grade(tampered(come_along(name), lock), come_along(name))

    assert not verdict.solved
    assert verdict.won == 0
    assert any(breach.path.startswith(lock) for breach in verdict.breaches)


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
