"""Small networks of a kind, with parameters drawn from a seed."""

from math import inf
from random import Random

from sandbox.engine.network import Arc, ArcKind, Holding, Network, Slots, Station


def loss(seed: int) -> Network:
    """One function with slots and nothing to wait in."""
    draw = Random(seed)
    slots = draw.randint(1, 60)
    rate, time = draw.uniform(5, 200), draw.uniform(0.5, 1.4) * slots
    function = Station("f", arrivals=rate, fixed=time / rate, cv=draw.uniform(0, 1.2), slots=("f",))
    return Network((function,), slots=(Slots("f", slots),))


def waiting(seed: int) -> Network:
    """One container service: slots and a waiting room, limited or not. For exponential times."""
    draw = Random(seed)
    slots = draw.randint(1, 20)
    limited = draw.random() < 0.5
    used = draw.uniform(0.5, 1.3) if limited else draw.uniform(0.4, 0.85)
    rate = draw.uniform(5, 50)
    service = Station("f", arrivals=rate, fixed=used * slots / rate, cv=1.0, slots=("f",))
    places = draw.randint(1, 2 * slots) if limited else inf
    return Network((service,), slots=(Slots("f", slots, places=places),))


def fanning(seed: int) -> Network:
    """A chain some of whose functions call the next one twice."""
    return chain(seed, gains=(1.0, 2.0))


def chain(seed: int, gains: tuple[float, ...] = (0.3, 0.7, 1.0)) -> Network:
    """Functions that call each other in a line, each holding its slot meanwhile."""
    draw = Random(seed)
    length = draw.randint(2, 4)
    rate = draw.uniform(20, 100)
    calls = [draw.choice(gains) for _ in range(length - 1)]
    stations, slots, arcs = [], [], []
    flow, below, time = rate, 0.0, 0.0
    flows = [rate]
    for gain in calls:
        flow *= gain
        flows.append(flow)
    for number in reversed(range(length)):
        own = draw.uniform(0.02, 0.3)
        below = calls[number] * time if number < length - 1 else 0.0
        time = own + below
        load = flows[number] * time
        # The first is roomy enough that what passes it is still nearly random; the last ones refuse.
        room = draw.uniform(1.4, 2.0) if number < length - 1 else draw.uniform(0.8, 1.3)
        stations.append(
            Station(
                f"f{number}",
                arrivals=rate if number == 0 else 0.0,
                fixed=own,
                cv=draw.uniform(0.2, 1.0),
                error=draw.choice((0.0, 0.0, 0.05)),
                slots=(f"f{number}",),
            )
        )
        slots.append(Slots(f"f{number}", max(1, round(load * room))))
    arcs = [Arc(f"f{n}", f"f{n + 1}", gain=gain) for n, gain in enumerate(calls)]
    return Network(tuple(reversed(stations)), tuple(arcs), slots=tuple(reversed(slots)))


def retrying(seed: int) -> Network:
    """A caller that tries a function with few slots again, after pauses long against its duration."""
    draw = Random(seed)
    slots, time = draw.randint(3, 40), draw.uniform(0.02, 0.2)
    rate = draw.uniform(0.6, 0.95) * slots / time
    caller = Station("c", arrivals=rate, fixed=draw.uniform(0.01, 0.1), cv=0.5)
    callee = Station("f", fixed=time, cv=draw.uniform(0.2, 1.0), error=draw.choice((0.0, 0.1)), slots=("f",))
    retries = Arc("c", "f", attempts=draw.randint(2, 4), backoff=draw.uniform(5, 10) * time)
    return Network((caller, callee), (retries,), slots=(Slots("f", slots),))


def shared(seed: int) -> Network:
    """Functions that share one pool; one of them also has a cap of its own."""
    draw = Random(seed)
    names = [f"f{number}" for number in range(draw.randint(2, 4))]
    loads = {name: draw.uniform(2, 15) for name in names}
    stations = []
    for name in names:
        rate = draw.uniform(20, 100)
        stations.append(
            Station(
                name,
                arrivals=rate,
                fixed=loads[name] / rate,
                cv=draw.uniform(0.2, 1.0),
                slots=("account",) if name != "f0" else ("own", "account"),
            )
        )
    account = Slots("account", round(sum(loads.values()) * draw.uniform(0.8, 1.3)))
    own = Slots("own", max(1, round(loads["f0"] * draw.uniform(1.0, 1.6))))
    return Network(tuple(stations), slots=(account, own))


def lognormal(seed: int) -> Network:
    """A container service whose times are not exponential."""
    draw = Random(seed)
    slots, cv = draw.randint(2, 20), draw.uniform(0.3, 1.3)
    limited = draw.random() < 0.5
    used = draw.uniform(0.6, 1.2) if limited else draw.uniform(0.6, 0.85)
    rate = draw.uniform(5, 50)
    service = Station("f", arrivals=rate, fixed=used * slots / rate, cv=cv, slots=("f",))
    places = draw.randint(2, 3 * slots) if limited else inf
    return Network((service,), slots=(Slots("f", slots, places=places, service_cv=cv),))


def driven(rate: float, rules: Holding, consumer: Station) -> Network:
    """A holding station `q` and the function it drives."""
    queue = Station("q", arrivals=rate, holding=rules)
    return Network((queue, consumer), (Arc("q", consumer.id, ArcKind.DRIVE),))


def polled(seed: int) -> Network:
    """A queue whose pollers take what is there, below their capacity."""
    draw = Random(seed)
    lanes, most = draw.randint(5, 15), draw.choice((1, 5, 10))
    function = Station("f", fixed=draw.uniform(0.1, 0.5), per_item=draw.uniform(0.0, 0.02), cv=0.5)
    full = function.fixed + function.per_item * (most - 1)
    rate = draw.uniform(0.2, 0.85) * lanes * most / full
    return driven(rate, Holding(lanes_least=lanes, lanes_most=lanes, batch_most=most), function)


def stream(seed: int) -> Network:
    """A stream read on a timer, with failures tried again at once."""
    draw = Random(seed)
    lanes, poll = draw.randint(2, 8), draw.choice((0.25, 1.0))
    function = Station(
        "f", fixed=draw.uniform(0.05, 0.4) * poll, per_item=0.002, cv=0.5, error=draw.choice((0.0, 0.2))
    )
    rules = Holding(lanes_least=lanes, lanes_most=lanes, batch_most=100, poll=poll, in_place=True)
    return driven(draw.uniform(1, 20) * lanes, rules, function)


def skewed(seed: int) -> Network:
    """A stream one shard of which gets more than it can pass on; the others read half a batch at most."""
    draw = Random(seed)
    lanes = draw.randint(4, 8)
    function = Station("f", fixed=draw.uniform(0.1, 0.2), per_item=0.02, cv=0.5)
    hot = draw.uniform(1.2, 1.6) * 20 / (function.fixed + 0.02 * 19)
    share = hot / (hot + draw.uniform(4, 10) * (lanes - 1))
    rules = Holding(
        lanes_least=lanes,
        lanes_most=lanes,
        batch_most=20,
        poll=1.0,
        in_place=True,
        hot_share=share,
        hot_lanes=1,
    )
    return driven(hot / share, rules, function)


def capped(seed: int) -> Network:
    """A stream whose reads often find a little more than one batch may hold."""
    draw = Random(seed)
    lanes, most = draw.randint(2, 6), draw.choice((10, 20, 50))
    function = Station("f", fixed=draw.uniform(0.02, 0.1), cv=0.5)
    rules = Holding(lanes_least=lanes, lanes_most=lanes, batch_most=most, poll=1.0, in_place=True)
    return driven(draw.uniform(0.8, 1.4) * most * lanes, rules, function)


def asynchronous(seed: int) -> Network:
    """An asynchronous queue that competes with callers for the slots of an account."""
    draw = Random(seed)
    held, direct = draw.uniform(2, 6), draw.uniform(2, 8)
    time = draw.uniform(0.05, 0.2)
    network = driven(
        held / time,
        Holding(lanes_least=0, attempts=3, retry_delay=60.0),
        Station("f", fixed=time, cv=0.5, slots=("account",)),
    )
    caller = Station("c", arrivals=direct / time, fixed=time, cv=0.5, slots=("account",))
    account = Slots("account", round((held + direct) * draw.uniform(1.0, 1.5)))
    return Network((*network.stations, caller), network.arcs, slots=(account,))


def impatient(seed: int) -> Network:
    """A service with a waiting room whose clients do not wait for long."""
    draw = Random(seed)
    slots, time = draw.randint(2, 20), draw.uniform(0.05, 0.2)
    rate = draw.uniform(0.6, 1.4) * slots / time
    pool = Slots("f", slots, places=inf, patience=draw.uniform(0.3, 2.0) * time)
    return Network((Station("f", arrivals=rate, fixed=time, cv=1.0, slots=("f",)),), slots=(pool,))


def closed(seed: int) -> Network:
    """Users who think, ask a service with a waiting room, and wait for its answer."""
    draw = Random(seed)
    slots, time = draw.randint(1, 8), draw.uniform(0.05, 0.2)
    think = draw.uniform(5, 20) * time
    users = round(draw.uniform(0.5, 1.1) * slots * (think + time) / time)
    return Network(
        (Station("u", users=users, think=think), Station("f", fixed=time, cv=1.0, slots=("f",))),
        (Arc("u", "f"),),
        slots=(Slots("f", slots, places=inf),),
    )


def timed(seed: int) -> Network:
    """A function with a timeout calls one that has none; the caller tries a second time."""
    draw = Random(seed)
    first, second = draw.uniform(0.1, 0.4), draw.uniform(0.1, 0.4)
    return Network(
        (
            Station("c", arrivals=50.0, fixed=0.05),
            Station("f", fixed=first, cv=0.5, timeout=draw.uniform(1.0, 1.8) * (first + second)),
            Station("g", fixed=second, cv=0.5),
        ),
        (Arc("c", "f", attempts=2, backoff=0.1), Arc("f", "g")),
    )
