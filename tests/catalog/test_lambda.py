"""A function lowers to stations that share its concurrency, and costs what is measured and published."""

import numpy as np
import pytest
from bill_cases import charges, usd
from hypothesis import given
from hypothesis import strategies as st

from sandbox.catalog.edges import AsyncEdge, CallEdge, OnFailureEdge, PolledEdge, StreamEdge
from sandbox.catalog.facts import facts, resolve
from sandbox.catalog.functions.settings import Lambda, stretch
from sandbox.catalog.help import help_of
from sandbox.catalog.service import Link, Site, services
from sandbox.catalog.services.lambda_ import lower
from sandbox.catalog.usage import MONTH_S

PEERS = {
    "sync": CallEdge,
    "async": AsyncEdge,
    "polled": PolledEdge,
    "stream": StreamEdge,
    "dead-letter": OnFailureEdge,
}

MEASURED = {
    "x86_64": (
        (128, 5409.33, 11.4705), (256, 2660.95, 11.2895), (512, 1340.95, 11.3789),
        (1024, 628.45, 10.6824), (1769, 386.10, 11.3308), (2048, 377.23, 12.7914),
    ),
    "arm64": (
        (128, 4334.14, 7.4245), (256, 2148.52, 7.3635), (512, 1069.75, 7.3348),
        (1024, 535.49, 7.3466), (1769, 380.86, 8.9845), (2048, 294.94, 8.0784),
    ),
}  # fmt: skip
"""Memory [MB], warm duration [ms] and USD per million calls of a CPU-bound function, 300 calls each:
github.com/cebert/aws-lambda-performance-benchmarks, published-results/december-2025, c8c9c66."""


def site(function, *kinds, account="", raised=None, settings=None):
    """A function between neighbours."""
    quotas = resolve("lambda", "us-east-1", raised or {})
    links = [
        Link(index, kind, "", "peer", "sqs", (settings or {}).get(index) or PEERS[kind](), 2)
        for index, kind in enumerate(kinds)
    ]
    return Site("f", function, quotas, account, inflows=links)


@pytest.mark.parametrize(
    ("kinds", "stations", "entries"),
    [
        ((), ["f"], {}),
        (("sync",), ["f"], {0: "f"}),
        (("polled",), ["f#0"], {0: "f#0"}),
        (("sync", "polled", "stream", "async"), ["f", "f#1", "f#2"], {0: "f", 1: "f#1", 2: "f#2", 3: "f"}),
        (("dead-letter",), ["f"], {0: "f"}),
    ],
)
def test_each_mapping_has_its_own_station(kinds, stations, entries):
    """Calls and events enter by one station, each queue and stream by another, and all may call on."""
    parts = lower(site(Lambda(), *kinds))

    assert [station.id for station in parts.stations] == stations
    assert parts.entries == entries
    assert parts.callers == tuple(stations)


def test_failures_are_counted_by_item_only_where_they_are_reported():
    """A mapping's report of item failures concerns its own station."""
    parts = lower(site(Lambda(), "polled", "polled", settings={1: PolledEdge(report_item_failures=True)}))

    assert [station.item_failures for station in parts.stations] == [False, True]


@pytest.mark.parametrize(
    ("settings", "pool", "capacity", "aside", "ready"),
    [
        ({}, "lambda.concurrency", 1000, 0, 0),
        ({"reserved_concurrency": 20}, "f.reserved", 20, 20, 0),
        ({"provisioned_concurrency": 5}, "lambda.concurrency", 1000, 5, 5),
        ({"reserved_concurrency": 20, "provisioned_concurrency": 5}, "f.reserved", 15, 20, 5),
        ({"reserved_concurrency": 0}, "f.reserved", 0, 0, 0),
    ],
)
def test_reservations_come_out_of_the_account(settings, pool, capacity, aside, ready):
    """Reserved concurrency is a cap and a guarantee; provisioned environments count against the account too.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    parts = lower(site(Lambda(**settings), "sync"))

    assert [(slots.id, slots.capacity) for slots in parts.slots] == [(pool, capacity)]
    assert parts.set_aside.get("lambda.concurrency", 0) == aside
    assert parts.environments[0].ready == ready
    assert set(parts.limits) == {pool}


def test_accounts_have_their_own_pools():
    """Functions of another account share nothing with these, and its quota may be raised."""
    parts = lower(site(Lambda(), account="payments/", raised={"lambda_concurrency": 3000}))

    assert (parts.slots[0].id, parts.slots[0].capacity) == ("payments/lambda.concurrency", 3000)


@pytest.mark.parametrize(
    ("rate", "duration_s", "concurrency"), [(100, 1, 100), (100, 0.5, 50), (200, 0.25, 50), (5000, 0.2, 1000)]
)
def test_concurrency_is_rate_times_duration(rate, duration_s, concurrency):
    """AWS's worked examples: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html."""
    station = lower(site(Lambda(duration_ms=duration_s * 1000))).stations[0]

    assert rate * station.fixed == pytest.approx(concurrency)


@pytest.mark.parametrize(("quota", "passes"), [(1000, 10_000), (2000, 20_000)])
def test_short_functions_meet_the_request_rate_first(quota, passes):
    """At 20,000/s of 50 ms the load is 1,000, yet the default account lets 10,000/s through.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    pool = lower(site(Lambda(duration_ms=50), raised={"lambda_concurrency": quota})).slots[0]

    assert pool.capacity * pool.rate_per_slot == passes


@pytest.mark.parametrize(("quota", "reservable"), [(1000, 900), (2000, 1900)])
def test_a_hundred_cannot_be_reserved(quota, reservable):
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html."""
    quotas = resolve("lambda", "us-east-1", {"lambda_concurrency": quota})

    assert quotas["account_concurrency"] - quotas["unreserved_minimum"] == reservable


@pytest.mark.parametrize(("memory", "measured_ms", "_usd"), MEASURED["x86_64"])
def test_cpu_bound_work_speeds_up_as_measured(memory, measured_ms, _usd):
    """From the time at 128 MB every other size follows within 7.1 %, the spread of the sizes."""
    function = Lambda(memory_mb=memory, measured_memory_mb=128, cpu_bound=1)
    at_128_mb = MEASURED["x86_64"][0][1]

    assert measured_ms == pytest.approx(at_128_mb * stretch(function), rel=0.071)


@pytest.mark.parametrize(
    ("chip", "memory", "duration_ms", "printed"),
    [(chip, *row) for chip, rows in MEASURED.items() for row in rows],
)
def test_a_million_calls_cost_what_was_measured(chip, memory, duration_ms, printed):
    """The published cost of a million calls, to 0.2 %."""
    case = {
        "service": "lambda",
        "settings": {"memory_mb": memory, "architecture": chip, "timeout_s": 60},
        "requests": 1_000_000,
        "duration_ms": duration_ms,
    }
    total = sum(usd(charge, "us-east-1") for charge in charges(case).values())

    assert total == pytest.approx(printed, rel=0.002)


@given(share=st.floats(0, 1), memory=st.integers(128, 10_240), other=st.integers(128, 10_240))
def test_more_memory_never_slows(share, memory, other):
    """More memory is as fast or faster, and undoing the change undoes the factor."""
    small, large = sorted((memory, other))
    up = stretch(Lambda(memory_mb=large, measured_memory_mb=small, cpu_bound=share))

    assert 0 < up <= 1
    assert stretch(Lambda(memory_mb=small, measured_memory_mb=small, cpu_bound=share)) == pytest.approx(1)


def test_launch_day_with_provisioned_concurrency():
    """AWS's example: 3 million calls, 100 environments kept for 8 hours that serve half a million of them.

    Source: https://aws.amazon.com/lambda/pricing/, 2026: 18.00 + 0.40 + 0.73 + 0.83 = 19.96. A month of
    ours keeps them for 730 hours, so that line is taken for 8 of them. The page applies the free
    requests to the calls on demand only, as we do.
    """
    demand = {"service": "lambda", "settings": {"memory_mb": 1536}, "requests": 2_500_000, "duration_ms": 120}
    ready = {
        "service": "lambda",
        "settings": {"memory_mb": 1536, "provisioned_concurrency": 100},
        "requests": 500_000,
        "duration_ms": 100,
        "overflow": 0,
    }
    on_demand, kept = charges(demand), charges(ready)

    assert float(kept["lambda.provisioned_concurrency_x86"].quantity[0]) == pytest.approx(100 * 1.5 * MONTH_S)
    assert float(kept["lambda.provisioned_duration_x86"].quantity[0]) == pytest.approx(75_000)
    lines = {price: usd(charge, "us-east-1", "always") for price, charge in kept.items()}
    lines["lambda.provisioned_concurrency_x86"] *= 8 / 730
    total = sum(lines.values()) + sum(usd(charge, "us-east-1", "always") for charge in on_demand.values())
    assert total == pytest.approx(19.96, abs=0.01)


def test_free_amounts_do_not_count_for_provisioned_functions():
    """AWS: the free tier does not apply to functions with provisioned concurrency."""
    settings = {"provisioned_concurrency": 2}
    case = {"service": "lambda", "settings": settings, "requests": 1000, "duration_ms": 100, "overflow": 0.5}

    assert not charges(case)["lambda.requests"].free_tier
    assert not charges(case)["lambda.duration_x86"].free_tier


@pytest.mark.parametrize(("busy", "cheaper"), [(0.55, False), (0.65, True)])
def test_provisioned_environments_pay_from_sixty_per_cent(busy, cheaper):
    """They are cheaper once they run 60 % of the time: 4.1667 / (16.6667 − 9.7222) = 0.6."""
    base = {"service": "lambda", "requests": busy * MONTH_S, "duration_ms": 1000, "overflow": 0}
    kept = charges(base | {"settings": {"memory_mb": 1024, "provisioned_concurrency": 1}})
    spent = charges(base | {"settings": {"memory_mb": 1024}})

    total = [sum(usd(charge, "us-east-1") for charge in found.values()) for found in (kept, spent)]

    assert (total[0] < total[1]) is cheaper


@given(overflow=st.floats(0, 1), cold=st.floats(0, 1), ms=st.floats(0.1, 2000))
def test_every_millisecond_is_billed_once(overflow, cold, ms):
    """Whatever share is served by environments kept ready, the two durations are the work and the inits."""
    case = {
        "service": "lambda",
        "settings": {"memory_mb": 1024, "provisioned_concurrency": 3, "init_ms": 500},
        "requests": 1e6,
        "duration_ms": ms,
        "overflow": overflow,
        "cold_ratio": min(cold, overflow),
    }
    found = charges(case)
    billed = sum(float(charge.quantity[0]) for price, charge in found.items() if "duration" in price)
    colder = min(cold, overflow)
    rounded = np.ceil(ms * (1 - 1e-9)), np.ceil((ms + 500) * (1 - 1e-9))
    assert billed == pytest.approx(1e3 * ((1 - colder) * rounded[0] + colder * rounded[1]), rel=1e-6)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"provisioned_concurrency": 5, "reserved_concurrency": 4}, "more than reserved_concurrency"),
        ({"snap_start": True, "provisioned_concurrency": 5}, "exclude each other"),
        ({"snap_start": True, "runtime": "go"}, "not there for go"),
        ({"snap_start": True, "ephemeral_mb": 1024}, "512 MB of /tmp"),
        ({"memory_mb": 127}, "128"),
        ({"timeout_s": 901}, "900"),
    ],
)
def test_what_aws_refuses_is_refused(settings, words):
    """The message says what does not fit."""
    with pytest.raises(ValueError, match=words):
        Lambda(**settings)


def test_a_restore_stands_in_for_the_init():
    """With SnapStart a cold start takes the restore's time, whatever the init was."""
    plain = lower(site(Lambda(runtime="java", init_ms=6000))).environments[0]
    snapped = lower(site(Lambda(runtime="java", init_ms=6000, snap_start=True))).environments[0]

    assert (plain.init, snapped.init) == (6, facts("lambda").quotas["snapstart_restore_s"].value)


def test_settings_explain_themselves():
    """Every setting has a help text, and a default that AWS would take."""
    fields = services()["lambda"].settings.model_fields

    assert set(help_of(Lambda)) == set(fields)
    assert Lambda.model_validate(Lambda().model_dump()) == Lambda()
