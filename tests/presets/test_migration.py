"""The ways from the monolith can be compared: the same people, and all of their cost."""

import pytest

from sandbox.design.presets import preset
from sandbox.design.reading import loads
from sandbox.evaluate import evaluate

WAYS = ("monolith-on-instances", "lift-and-shift", "strangler", "leapfrog")
STAGES = ("0 %", "25 %", "50 %", "75 %", "100 %")


@pytest.mark.parametrize("name", WAYS)
def test_the_same_people_come(name: str) -> None:
    """Each way has the traffic of the monolith."""
    first, other = (loads(preset(one).text, one).nodes["people"] for one in (WAYS[0], name))

    assert other == first


@pytest.mark.parametrize("name", WAYS)
def test_the_people_who_work_on_it_are_counted(name: str) -> None:
    """The total is the bill, the hours of each month, and once those of building."""
    told = evaluate(loads(preset(name).text, name)).to_dict()["cost"]
    effort = loads(preset(name).text, name).effort

    assert effort is not None
    monthly = told["monthly_usd"] + effort.run_hours_per_month * effort.usd_per_hour
    built = effort.build_hours * effort.usd_per_hour
    assert told["total"]["monthly_usd"] == pytest.approx(monthly)
    assert told["total"]["three_years_usd"] == pytest.approx(built + 36 * monthly)


def test_the_way_of_the_strangler_is_dearer_than_its_ends() -> None:
    """Each month two systems cost more than the old one, and the new one alone the least."""
    drawn = loads(preset("strangler").text, "strangler")
    months = [
        evaluate(drawn.with_variant(stage)).to_dict()["cost"]["total"]["monthly_usd"] for stage in STAGES
    ]

    assert min(months[1:4]) > months[0] > months[4]


@pytest.mark.parametrize(
    ("name", "variant", "months"),
    [("lift-and-shift", "", 15), ("leapfrog", "", 41), ("strangler", "100 %", 53)],
)
def test_building_pays_in_the_months_that_are_told(name: str, variant: str, months: int) -> None:
    """What was spent once, divided by what each month saves; the monolith's description says it."""
    before = evaluate(loads(preset(WAYS[0]).text, WAYS[0])).to_dict()["cost"]["total"]
    drawn = loads(preset(name).text, name)
    after = evaluate(drawn.with_variant(variant) if variant else drawn).to_dict()["cost"]["total"]

    assert round(after["build_usd"] / (before["monthly_usd"] - after["monthly_usd"])) == months
