"""What descriptions say of the course of an hour comes to pass."""

import pytest

from sandbox.design.presets import preset
from sandbox.design.reading import loads
from sandbox.evaluate import evaluate
from sandbox.simulate import simulate


def end(name: str, variant: str = "", source: str = "shoppers") -> tuple[float, float | None]:
    """Share of a source's requests that succeed in the last minute, and when all was as before [s]."""
    drawn = loads(preset(name).text, name)
    told = simulate(drawn.with_variant(variant) if variant else drawn).to_dict()
    return told["flows"][source]["success_ratio"][-1], told["summary"]["recovered_at_s"]


def test_a_storm_of_retries_outlasts_its_cause() -> None:
    """A minute's trouble, and one request in seven fails for the rest of the hour."""
    success, recovered = end("endless-retries")

    assert 1 / 8 < 1 - success < 1 / 6
    assert recovered is None


@pytest.mark.parametrize(("variant", "by_s"), [("Short waiting room", 675), ("No retries", 720)])
def test_what_ends_a_storm(variant: str, by_s: float) -> None:
    """With little room to wait, or without retries, it is over soon after the fault, which ends at 660 s."""
    recovered = end("endless-retries", variant)[1]

    assert recovered is not None
    assert recovered <= by_s


def test_the_advice_ends_a_storm_too() -> None:
    """With the throttle that is advised all is as before within a quarter of a minute."""
    drawn = loads(preset("endless-retries").text, "endless-retries")
    fixes = {finding.rule: finding.fix for finding in evaluate(drawn).findings}

    recovered = simulate(drawn.with_values(fixes["throttle-unused"] or {})).to_dict()["summary"]

    assert recovered["recovered_at_s"] <= 660 + 15


@pytest.mark.parametrize(("variant", "spared"), [("", False), ("Wild, reports capped", True)])
def test_who_pays_for_the_reports(variant: str, spared: bool) -> None:
    """In the spike of reports the shop's requests fail, unless the reports have a ceiling."""
    drawn = loads(preset("shared-account").text, "shared-account")
    told = simulate(drawn.with_variant(variant) if variant else drawn, step_s=5).to_dict()

    worst = min(told["flows"]["shoppers"]["success_ratio"])

    assert (worst > 0.999) == spared
