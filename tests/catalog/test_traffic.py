"""Every way of saying how much traffic there is comes to the rate that a hand calculation gives."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sandbox.catalog.rates import People
from sandbox.catalog.service import Site
from sandbox.catalog.services.traffic import Traffic, bill, lower, rate, volume_ratio
from sandbox.engine.profiles import averages

MONTH_S = 2_628_000


@pytest.mark.parametrize(
    ("settings", "peak", "mean", "words"),
    [
        ({}, 10, 10, "10/s"),
        ({"rate_per_s": 200}, 200, 200, "200/s"),
        ({"rate_per_s": 0}, 0, 0, "0/s"),
        ({"requests": {"count": 30, "per": "second"}}, 30, 30, "30 requests a second = 30/s"),
        ({"requests": {"count": 120, "per": "minute"}}, 2, 2, "120 requests a minute = 2/s"),
        ({"requests": {"count": 7200, "per": "hour"}}, 2, 2, "7,200 requests an hour = 2/s"),
        ({"requests": {"count": 864_000, "per": "day"}}, 10, 10, "864,000 requests a day = 10/s"),
        ({"requests": {"count": 604_800, "per": "week"}}, 1, 1, "604,800 requests a week = 1/s"),
        ({"requests": {"count": 5_256_000, "per": "month"}}, 2, 2, "5,256,000 requests a month = 2/s"),
        (
            {"users": {"count": 5000, "actions": 20, "hours": "9-18", "days": "weekdays", "peak_factor": 2}},
            5000 * 20 / (9 * 3600) * 2,
            5000 * 20 * 5 / (7 * 86_400),
            "5,000 users × 20 actions a day over 9 h on weekdays × peak 2 = 6.17/s",
        ),
        (
            {"users": {"count": 864, "actions": 100}},
            1,
            1,
            "864 users × 100 actions a day over 24 h every day = 1/s",
        ),
        (
            {"users": {"count": 360, "actions": 10, "per": "hour", "hours": "22-6", "days": "weekends"}},
            1,
            8 / 24 * 2 / 7,
            "360 users × 10 actions an hour over 8 h on weekends = 1/s",
        ),
        (
            {"users": {"count": 144, "actions": 1000, "per": "week", "hours": "8-16", "days": "weekdays"}},
            1,
            40 / 168,
            "144 users × 1,000 actions a week over 8 h on weekdays = 1/s",
        ),
        (
            {"users": {"count": 1314, "actions": 1000, "per": "month", "hours": "0-12", "peak_factor": 3}},
            3,
            0.5,
            "1,314 users × 1,000 actions a month over 12 h every day × peak 3 = 3/s",
        ),
        (
            {"users": {"concurrent": 50, "think_s": 5}},
            10,
            10,
            "50 users, each asking again 5 s after an answer: at most 10/s",
        ),
        (
            {"users": {"concurrent": 50, "think_s": 0}},
            inf,
            inf,
            "50 users, each asking again 0 s after an answer",
        ),
    ],
)
def test_every_way_of_saying_a_rate(settings, peak, mean, words):
    """Peak, mean and the arithmetic, each by hand."""
    traffic = Traffic.model_validate(settings)

    assert rate(traffic).peak_per_s == pytest.approx(peak)
    assert rate(traffic).mean_per_s == pytest.approx(mean)
    assert rate(traffic).words == words


@given(
    count=st.floats(1, 1e6),
    actions=st.floats(0.01, 1000),
    per=st.sampled_from(["day", "week", "month"]),
    hours=st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda pair: pair[0] < pair[1]),
    days=st.sampled_from(["all", "weekdays", "weekends"]),
    factor=st.floats(1, 50),
)
def test_the_peak_never_changes_the_volume(count, actions, per, hours, days, factor):
    """A month's volume depends on what people do, not on when they are busiest."""
    people = {"count": count, "actions": actions, "per": per, "hours": f"{hours[0]}-{hours[1]}", "days": days}
    flat, peaked = People(**people), People(**people, peak_factor=factor)
    months = {"day": MONTH_S / 86_400 * {"all": 7, "weekdays": 5, "weekends": 2}[days] / 7, "month": 1}

    assert peaked.rate().mean_per_s == pytest.approx(flat.rate().mean_per_s)
    assert peaked.rate().peak_per_s == pytest.approx(flat.rate().peak_per_s * factor)
    assert flat.rate().peak_per_s >= flat.rate().mean_per_s * (1 - 1e-12)
    if per in months:
        assert flat.rate().mean_per_s * MONTH_S == pytest.approx(count * actions * months[per])


@pytest.mark.parametrize(
    ("settings", "ratio"),
    [
        ({}, 1),
        ({"rate_per_s": 0}, 1),
        ({"requests": {"count": 1}}, 1),
        ({"users": {"concurrent": 5, "think_s": 0}}, 1),
        (
            {"users": {"count": 1, "actions": 1, "hours": "9-18", "days": "weekdays", "peak_factor": 2}},
            45 / 336,
        ),
    ],
)
def test_volume_is_a_share_of_the_peak(settings, ratio):
    """Only people with hours or a peak send less over the month than at the peak."""
    assert volume_ratio(Traffic.model_validate(settings)) == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"rate_per_s": 1, "requests": {"count": 5}}, "rate_per_s and requests both say a rate"),
        ({"requests": {"count": 5}, "users": {"concurrent": 5}}, "requests and users both say a rate"),
        ({"requests": {"count": 5, "per": "fortnight"}}, "per"),
        ({"requests": {"per": "day"}}, "count"),
        ({"users": {"count": 5}}, "actions"),
        ({"users": {"count": 5, "actions": 1, "hours": "9-9"}}, "not two hours of a day"),
        ({"users": {"count": 5, "actions": 1, "hours": "9-25"}}, "not two hours of a day"),
        ({"users": {"count": 5, "actions": 1, "hours": "24-0"}}, "leaves no time"),
        ({"users": {"concurrent": 5, "actions": 1}}, "actions"),
        ({"rate_per_s": -1}, "rate_per_s"),
        ({"rate_per_s": float("nan")}, "rate_per_s"),
        ({"burstiness": 0}, "burstiness"),
        ({"profile": {"shape": "square"}}, "shape"),
    ],
)
def test_what_makes_no_sense_is_refused(settings, words):
    """The message names the key or says what is wrong."""
    with pytest.raises(ValueError, match=words):
        Traffic.model_validate(settings)


def test_traffic_becomes_arrivals():
    """The peak arrives from outside, with its burstiness; its ways out may be alternatives."""
    (station,) = lower(Site("t", Traffic(rate_per_s=200, burstiness=3), {}, "")).stations

    assert (station.arrivals, station.peakedness, station.users, station.routes) == (200, 3, 0, True)
    assert bill(Traffic(), None) == []


def test_a_closed_loop_becomes_users():
    """Its rate is the network's to find."""
    traffic = Traffic.model_validate({"users": {"concurrent": 50, "think_s": 5}})
    (station,) = lower(Site("t", traffic, {}, "")).stations

    assert (station.arrivals, station.users, station.think) == (0, 50, 5)


COURSES: list[tuple[dict[str, object], float]] = [
    ({}, 1.0),
    ({"shape": "ramp", "start": 1, "end": 3, "over_s": 60}, 2.0),
    ({"shape": "steps", "steps": [{"at_s": 0, "factor": 1}, {"at_s": 30, "factor": 2}]}, 1.5),
    ({"shape": "spike", "factor": 4, "at_s": 20, "for_s": 20}, 2.0),
    ({"shape": "spike", "factor": 3, "at_s": 0, "for_s": 20, "rise_s": 20, "fall_s": 20}, 7 / 3),
    ({"shape": "on-off", "on_s": 15, "off_s": 15, "low": 0.5}, 0.75),
    ({"shape": "diurnal", "peak_hour": 0, "low": 0}, 1.0),
    ({"shape": "weekly", "peak_hour": 0, "low": 0, "weekend": 0.5, "start_hour": 120}, 0.5),
]
"""Profiles, and the mean multiplier over their first minute, by hand."""


@pytest.mark.parametrize(("course", "mean"), COURSES)
def test_a_profile_multiplies_the_rate(course, mean):
    """The mean over the first minute is what the shape's own keys say."""
    profile = Traffic.model_validate({"profile": course}).profile

    (first,) = averages(profile.course(), [0.0, 60.0])

    assert first == pytest.approx(mean, abs=1e-5)


@pytest.mark.parametrize("course", [*(course for course, _ in COURSES), {"file": "trace.csv", "column": "n"}])
def test_a_profile_is_read_again(course):
    """What is written of it is the same table."""
    traffic = Traffic.model_validate({"profile": course})

    assert Traffic.model_validate(traffic.model_dump()) == traffic


@pytest.mark.parametrize(
    "wrong", [{"shape": "spike", "low": 1}, {"shape": "wave"}, {"shape": "steps", "steps": []}]
)
def test_a_profile_refuses_what_its_shape_does_not_have(wrong):
    """Keys belong to shapes."""
    with pytest.raises(ValidationError):
        Traffic.model_validate({"profile": wrong})
