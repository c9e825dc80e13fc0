"""Runs over time against a simulation of every request, on designs that both read for themselves.

Median and 5–95 % band of 200 replicas are held against those of twenty or forty played runs, averaged over
windows, for everything that is offered, served, refused, waits or dies. `calling` and `keeping` say what is
compared of each design, and why a tolerance is wider than chance.
"""

import pytest

from .calling import CALLING
from .cases import Case, disagreements
from .keeping import KEEPING

CASES = {case.name: case for case in (*KEEPING, *CALLING)}
QUICK = {"spike": 16, "letters": 16, "bucket": 10}
"""Designs that the ordinary tests look at, and how many runs they play."""


def judge(case: Case, runs: int | None = None) -> None:
    """Play a design and let it run in the sandbox; they must agree, but where it is known to be wrong."""
    found = disagreements(case, runs)

    assert {key: words for key, words in found.items() if key not in case.wrong} == {}


@pytest.mark.parametrize("name", QUICK)
def test_agreement(name: str) -> None:
    """A spike on a queue, letters that die, and a bucket that empties go as played."""
    judge(CASES[name], QUICK[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_agreement_of_many_runs(name: str) -> None:
    """Every design goes as played, as sure as many runs make it."""
    judge(CASES[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.wrong])
def test_what_is_wrong_is_still_wrong(name: str) -> None:
    """A measure that agrees again is no longer excused."""
    case = CASES[name]
    assert set(disagreements(case)) >= set(case.wrong)
