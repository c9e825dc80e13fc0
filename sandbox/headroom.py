"""The ladder of throttling points, told for the nodes that the user drew."""

from dataclasses import replace

from sandbox.engine import ladder
from sandbox.engine.compiled import Compiled
from sandbox.growth import Growth
from sandbox.limits import REQUESTS
from sandbox.lower import Lowered
from sandbox.outcome import Rung
from sandbox.telling import Telling
from sandbox.units import number as amount

_TIMES = {"s": "second", "min": "minute", "h": "hour"}


def headroom(telling: Telling, compiled: Compiled) -> tuple[Rung, ...]:
    """Every limit that binds at some load, the first to bind first."""
    lowered = telling.lowered
    owners = _owners(lowered)
    growth = Growth(lowered, telling.steady, telling.scenario)
    found = []
    for rung in ladder.climb(compiled):
        if rung.kind == "consumer":
            seen, node = telling.limit_of_consumer(rung.id), telling.read_from(rung.id)
        else:
            seen, node = lowered.limits[rung.id], owners[rung.id]
        if rung.kind == "requests":
            seen = replace(seen, name=REQUESTS, unit="requests/s")
        key = f"{rung.kind}:{rung.id}"
        found.append(
            Rung(
                node=node,
                limit=" ".join(
                    filter(
                        None,
                        (seen.name, _capacity(compiled, rung.kind, rung.id, said_once(seen.name, seen.unit))),
                    )
                ),
                load_multiplier=rung.multiplier,
                rate_per_s=rung.rate,
                adjustable=seen.adjustable,
                key=key,
                scope=seen.scope,
                source=seen.source,
                months=growth.months(key, rung.multiplier),
            )
        )
    return tuple(found)


def _owners(lowered: Lowered) -> dict[str, str]:
    """For every quota and pool the node it is shown at: its own, or the first that shares it."""
    owners: dict[str, str] = {}
    for key, part in lowered.parts.items():
        for name in (*(quota.id for quota in part.quotas), *(pool.id for pool in part.slots)):
            owners.setdefault(name, key)
    return owners


def said_once(name: str, unit: str) -> str:
    """A limit's unit behind its name and size, without what the name says already.

    >>> said_once("connections", "connections"), said_once("provisioned read units", "read units/s")
    ('', '/s')
    >>> said_once("account concurrency", "concurrent executions")
    ' concurrent executions'
    """
    noun, slash, time = unit.partition("/")
    if not noun or not {*noun.split()} <= {*name.split()}:
        return f" {unit}" if unit else ""
    return f"{slash}{time}" if slash and f"per {_TIMES.get(time, time)}" not in name else ""


def _capacity(compiled: Compiled, kind: str, key: str, unit: str) -> str:
    """The limit's size as it stands in its name."""
    network = compiled.network
    if kind == "quota":
        return f"{amount(next(quota.capacity for quota in network.quotas if quota.id == key))}{unit}"
    if kind == "consumer":
        return ""
    pool = next(slots for slots in network.slots if slots.id == key)
    return f"{amount(pool.capacity * (pool.rate_per_slot if kind == 'requests' else 1.0))}{unit}"
