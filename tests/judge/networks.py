"""Any network at all, for hypothesis: stations of every kind, wired forward, sharing quotas and pools."""

from dataclasses import replace
from math import inf

from hypothesis import strategies as st

from sandbox.engine.network import (
    Arc,
    ArcKind,
    Demand,
    Environments,
    Holding,
    Network,
    Quota,
    Slots,
    Station,
)

QUOTAS = (Quota("quota 0", 40.0, 80.0), Quota("quota 1", 300.0))
POOLS = (Slots("pool 0", 3.0), Slots("pool 1", 25.5, rate_per_slot=10.0))
"""Pools that any station may share; what has a waiting room has it for itself."""

ROOMS = (
    Slots("room", 8.0, places=20.0, service_cv=0.5),
    Slots("room", 4.0, places=inf),
    Slots("room", 8.0, places=inf, patience=2.0),
    Slots("room", 8.0, places=30.0, patience=0.5),
)
FLEETS = (Environments("fleet 0", init=0.5), Environments("fleet 1", init=0.2, ready=3.0, most=20.0))


def numbers(least: float, most: float) -> st.SearchStrategy[float]:
    """Numbers as people write them: three digits after the point."""
    return st.integers(round(least * 1000), round(most * 1000)).map(lambda number: number / 1000)


PARTS = ((1.0, ""), (1.0, ""), (0.3, ""), (0.3, "hot"))
"""Shares with their names: what concerns every item has none."""


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    """What an item takes of a quota, or what a part of the items takes."""
    quota = draw(st.sampled_from([quota.id for quota in QUOTAS]))
    share, part = draw(st.sampled_from(PARTS))
    return Demand(quota, draw(numbers(0.5, 4)), draw(st.booleans()), share, part)


holdings = st.one_of(
    st.builds(  # a queue
        Holding,
        lanes_least=st.just(5.0),
        lanes_most=st.sampled_from((5.0, 50.0, 1250.0)),
        batch_most=st.sampled_from((1.0, 10.0)),
        attempts=st.sampled_from((3.0, inf)),
        throttles_count=st.booleans(),
        retry_delay=numbers(0, 30),
        error_backoff=st.sampled_from((0.0, 55.0)),
        retention=st.sampled_from((345_600.0, inf)),
    ),
    st.builds(  # a queue with a window
        Holding,
        lanes_least=st.just(5.0),
        lanes_most=st.just(50.0),
        batch_most=st.sampled_from((10.0, 100.0)),
        window=numbers(0.5, 10),
    ),
    st.builds(  # a stream
        Holding,
        lanes_least=st.just(4.0),
        lanes_most=st.just(4.0),
        batch_most=st.sampled_from((10.0, 100.0)),
        poll=st.sampled_from((0.25, 1.0)),
        attempts=st.sampled_from((5.0, inf)),
        in_place=st.just(True),
        bisect=st.booleans(),
        hot_share=st.sampled_from((0.0, 0.5)),
        hot_lanes=st.just(1.0),
        retention=st.just(86_400.0),
    ),
    st.builds(
        Holding, lanes_least=st.just(0.0), attempts=st.just(3.0), retry_delay=st.just(60.0)
    ),  # asynchronous
)


@st.composite
def losses(draw: st.DrawFn, name: str, entry: bool) -> Station:
    """A loss station with something of everything."""
    ready = draw(st.sampled_from((None, None, None, "fleet 0", "fleet 1")))
    return Station(
        name,
        arrivals=draw(numbers(0.5, 200)) if entry else 0.0,
        peakedness=draw(st.sampled_from((1.0, 1.0, 3.0))),
        fixed=draw(numbers(0.001, 0.5)),
        per_item=draw(numbers(0, 0.02)),
        cv=draw(numbers(0, 1.5)),
        timeout=draw(st.sampled_from((inf, inf, 3.0 if entry else 15.0))),
        error=draw(st.sampled_from((0.0, 0.0, 0.02, 0.3))),
        item_failures=draw(st.booleans()),
        demands=tuple(draw(st.lists(demands(), max_size=2))),
        slots=draw(
            st.sampled_from(((), ("pool 0",), ("pool 1",), ("pool 0", "pool 1"), (f"room of {name}",)))
        ),
        environments=ready,
    )


@st.composite
def calls(draw: st.DrawFn, source: str, target: str) -> Arc:
    """A way on, waited for or not."""
    return Arc(
        source,
        target,
        kind=draw(st.sampled_from((ArcKind.SYNC, ArcKind.SYNC, ArcKind.HANDOFF))),
        gain=draw(st.sampled_from((0.25, 1.0, 1.0, 2.0))),
        per_batch=draw(st.booleans()),
        attempts=draw(st.sampled_from((1.0, 1.0, 3.0))),
        backoff=draw(numbers(0, 0.2)),
        parallel=draw(st.booleans()),
        timeout=draw(st.sampled_from((inf, inf, 0.8))),
    )


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Two to five loss stations and up to two holding ones, each of which drives a station of its own."""
    names = [f"loss {number}" for number in range(draw(st.integers(2, 5)))]
    stations = [draw(losses(name, entry=number == 0)) for number, name in enumerate(names)]
    arcs = [draw(calls(names[draw(st.integers(0, k - 1))], names[k])) for k in range(1, len(names))]
    for number in range(draw(st.integers(0, 2))):
        queue, consumer = f"held {number}", f"driven {number}"
        arrivals = draw(st.sampled_from((0.0, 20.0)))
        stations.append(Station(queue, arrivals=arrivals, holding=draw(holdings)))
        stations.append(draw(losses(consumer, entry=False)))
        arcs.append(Arc(queue, consumer, ArcKind.DRIVE))
        source = draw(st.sampled_from(names))
        arcs.append(Arc(source, queue, ArcKind.HANDOFF, gain=draw(st.sampled_from((0.2, 1.0, 5.0)))))
        if draw(st.booleans()):
            stations.append(Station(f"dead {number}", holding=Holding(lanes_most=0.0, lanes_least=0.0)))
            arcs.append(Arc(queue, f"dead {number}", ArcKind.DEAD_LETTER))
    rooms = [
        replace(draw(st.sampled_from(ROOMS)), id=slots)
        for slots in [name for station in stations for name in station.slots]
        if slots.startswith("room")
    ]
    return Network(tuple(stations), tuple(arcs), QUOTAS, (*POOLS, *rooms), FLEETS)
