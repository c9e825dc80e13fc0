"""What the tables of queues, topics, streams, tables and buckets need: edges, sites and months."""

from typing import Any

import numpy as np
from bill_cases import usd

from sandbox.catalog.edges import AsyncEdge, CallEdge, DeadLetterEdge, DeliveryEdge, PolledEdge, StreamEdge
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import EdgeSettings, Link, Parts, Site, services
from sandbox.catalog.usage import MONTH_S, Array, Charge, LinkUse, Usage
from sandbox.catalog.workers import ShardEdge

EDGES: dict[str, type[EdgeSettings]] = {
    "sync": CallEdge,
    "async": AsyncEdge,
    "delivery": DeliveryEdge,
    "polled": PolledEdge,
    "stream": StreamEdge,
    "shards": ShardEdge,
    "dead-letter": DeadLetterEdge,
}

ALIKE = {"delivery": "async", "shards": "stream"}
"""What an edge of other settings is all the same."""


def link(index: int = 0, item_kb: float = 2, kind: str = "sync", role: str = "", **settings: Any) -> Link:
    """An edge of a site."""
    return Link(index, kind, role, "peer", "lambda", EDGES[kind](**settings), item_kb)


def lowered(
    service: str,
    settings: dict[str, Any],
    inflows: tuple[Link, ...] = (),
    outflows: tuple[Link, ...] = (),
    region: str = "us-east-1",
    **raised: float,
) -> Parts:
    """What a node named `node` becomes."""
    sut = services()[service]
    site = Site("node", sut.settings(**settings), resolve(service, region, raised), "", inflows, outflows)
    return sut.lower(site)


def most(parts: Parts, entry: int) -> float:
    """The rate at which the first limit of an edge's station binds [items/s]; a part is seen in part."""
    capacity = {quota.id: quota.capacity for quota in parts.quotas}
    name = parts.entries.get(entry, parts.stations[0].id)
    station = next(station for station in parts.stations if station.id == name)
    return min(capacity[demand.quota] / demand.units / demand.share for demand in station.demands)


def per_s(row: dict[str, Any], key: str, otherwise: float) -> Array:
    """A month's count as a rate [1/s]."""
    return np.array([row.get(key, otherwise) / MONTH_S])


def link_use(index: int, row: dict[str, Any]) -> LinkUse:
    """An edge's month: `items`, and where they differ `offered`, `batches` and `succeeded`."""
    kind = row.get("kind", "sync")
    items = row["items"]
    return LinkUse(
        index=index,
        kind=ALIKE.get(kind, kind),
        role=row.get("role", ""),
        peer="peer",
        peer_service=row.get("peer", "lambda"),
        settings=EDGES[kind](**row.get("settings", {})),
        item_kb=row.get("item_kb", 1),
        offered=per_s(row, "offered", items),
        accepted=per_s(row, "items", 0),
        batches=per_s(row, "batches", items),
        lanes=np.array([float(row.get("lanes", 0))]),
        lanes_least=row.get("lanes_least", 0),
        busy=np.array([float(row["busy"])]) if "busy" in row else None,
        succeeded=per_s(row, "succeeded", 0) if "succeeded" in row else None,
    )


def charges(case: dict[str, Any]) -> dict[str, Charge]:
    """What a case's month is charged as, by price."""
    sut = services()[case["service"]]
    inflows = [link_use(index, row) for index, row in enumerate(case.get("inflows", ()))]
    outflows = [link_use(index, row) for index, row in enumerate(case.get("outflows", ()))]
    usage = Usage({}, inflows, outflows, np.zeros(1), np.zeros(1))
    charged = sut.bill(sut.settings(**case.get("settings", {})), usage)
    return {charge.price: charge for charge in charged if charge.quantity.any()}


def check(case: dict[str, Any]) -> None:
    """Compare quantities, and the sum in USD where the source gives one, with what a case says."""
    found = charges(case)
    counted = {price: float(charge.quantity[0]) for price, charge in found.items()}
    assert_near(counted, case["charges"])
    if "usd" in case:
        region = case.get("region", "us-east-1")
        total = sum(usd(charge, region, case.get("free", "")) for charge in found.values())
        assert abs(total - case["usd"]) <= case.get("within", 0.005), total


def assert_near(counted: dict[str, float], wanted: dict[str, float]) -> None:
    """Every charge is there, and no other, each to a relative 1e-6."""
    assert counted.keys() == wanted.keys(), counted
    for price, quantity in wanted.items():
        assert abs(counted[price] - quantity) <= 1e-6 * quantity, (price, counted[price], quantity)
