"""Amazon Kinesis Data Streams: keeps records in order, in shards that each take 1 MB/s or 1,000 records/s.

A provisioned stream has the shards it was given. An on-demand stream splits what grows hot, up to the
stream's quota (what it takes at once, twice its recent peak, is a matter of time, not of the long run);
a single key stays in one shard, so it takes no more than that.
"""

from dataclasses import dataclass
from typing import cast

from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Site
from sandbox.catalog.streams.bill import bill
from sandbox.catalog.streams.settings import Kinesis
from sandbox.engine.network import Demand, Doubling, Quota, Station

_MEASURES = ("records", "kb")


@dataclass(frozen=True)
class _Part:
    """Some of the records, and what they may come to per second."""

    name: str
    share: float
    capacity: dict[str, float]
    key: str
    """Where the facts say so: `shard_write` or `on_demand_write`."""


def lower(site: Site) -> Parts:
    """One station for each edge that leads here, because each puts records of its own size."""
    stream = cast("Kinesis", site.settings)
    parts = _parts(site, stream)
    quotas = {
        (part.name, measure): Quota(
            _name(site, part, measure), capacity, burst=capacity, moves=_moves(site, part, measure)
        )
        for part in parts
        for measure, capacity in part.capacity.items()
    }
    stations = tuple(_station(site, stream, parts, quotas, link) for link in site.inflows)
    putting = tuple(station.id for station in stations)
    return Parts(
        stations=stations or (Station(site.id, fixed=stream.latency_ms / 1000),),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        emitters={link.index: putting for link in site.outflows},
        quotas=tuple(quotas.values()),
        limits={
            quotas[part.name, measure].id: limit(
                "kinesis", f"{part.key}_{measure}", _title(part, measure), _more(stream, part)
            )
            for part in parts
            for measure in part.capacity
        },
    )


def _parts(site: Site, stream: Kinesis) -> list[_Part]:
    """All records alike, or those of the hot shard and the rest."""
    one = {measure: site.quotas[f"shard_write_{measure}"] for measure in _MEASURES}
    key = "shard_write" if stream.mode == "provisioned" else "on_demand_write"
    every = {
        measure: one[measure] * stream.shards
        if stream.mode == "provisioned"
        else site.quotas[f"{key}_{measure}"]
        for measure in _MEASURES
    }
    hot = stream.hot_share
    if not hot:
        return [_Part("", 1.0, every, key)]
    parts = [_Part("hot", hot, one, "shard_write")]
    if hot < 1:
        rest = {measure: every[measure] - one[measure] for measure in _MEASURES}
        parts.append(_Part("rest", 1.0 - hot, rest, key))
    return parts


def _moves(site: Site, part: _Part, measure: str) -> Doubling | None:
    """An on-demand stream takes twice its past peak at once, and as new so much as its first shards."""
    if part.key != "on_demand_write":
        return None
    start = site.quotas["on_demand_shards"] * site.quotas[f"shard_write_{measure}"]
    return Doubling(start, site.quotas["on_demand_growth"], site.quotas["on_demand_growth_s"])


def _station(
    site: Site, stream: Kinesis, parts: list[_Part], quotas: dict[tuple[str, str], Quota], link: Link
) -> Station:
    """The puts of one edge: a record counts once, and by its size."""
    units = {"records": 1.0, "kb": link.item_kb}
    demands = tuple(
        Demand(quotas[part.name, measure].id, units[measure], share=part.share, part=part.name)
        for part in parts
        for measure in part.capacity
    )
    return Station(f"{site.id}#{link.index}", fixed=stream.latency_ms / 1000, demands=demands)


def _name(site: Site, part: _Part, measure: str) -> str:
    """Id of a quota."""
    return f"{site.id}.{part.name} {measure}" if part.name else f"{site.id}.{measure}"


def _more(stream: Kinesis, part: _Part) -> str:
    """What raises the limit of a part: more shards, but not for the one key that is hot."""
    return "shards" if stream.mode == "provisioned" and part.name != "hot" else ""


def _title(part: _Part, measure: str) -> str:
    """What people read."""
    where = {"hot": "hot shard's ", "rest": "other shards' "}.get(part.name, "")
    return f"{where}{'records written' if measure == 'records' else 'data written'}"


def _provisioned_shards(stream: Kinesis) -> float:
    """Shards that count towards the account's; an on-demand stream counts as a stream."""
    return float(stream.shards) if stream.mode == "provisioned" else 0.0


SERVICE = Service(
    id="kinesis",
    title="Kinesis stream",
    family="flow",
    badge="Kinesis",
    icon="≋",
    settings=Kinesis,
    lower=lower,
    bill=bill,
    keeps=True,
    counts={
        "shards": lambda settings: _provisioned_shards(cast("Kinesis", settings)),
        "on_demand_streams": lambda settings: float(cast("Kinesis", settings).mode != "provisioned"),
    },
    summary="Keeps records in order, in shards, for functions to read in batches.",
    also_called=("stream", "records", "shards", "events"),
)
