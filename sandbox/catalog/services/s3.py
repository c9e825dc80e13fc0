"""Amazon S3: keeps objects in a bucket; each prefix takes so many reads and writes per second.

Lists and selects count as reads there, deletes as writes. Requests are billed by kind, deletes not at all;
the classes for infrequent access store for less and ask for each request and for each GB read.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, cast

import numpy as np
from pydantic import Field

from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, LinkUse, Usage
from sandbox.engine.network import Demand, Quota, Station

_READS = ("get", "list", "select")
_BOOKS = {"standard": "s3.", "standard-ia": "s3.ia_", "onezone-ia": "s3.onezone_ia_"}
"""Prices of each storage class."""

_FAILURES = ("dead-letter", "on-failure")
"""Roles of edges whose items are put here, though they name no operation."""


class S3(Settings):
    """Settings of a bucket."""

    operations: ClassVar[tuple[str, ...]] = ("get", "put", "list", "select", "delete", "read", "write")
    synonyms: ClassVar[Mapping[str, str]] = {"read": "get", "write": "put"}

    prefixes: int = Field(default=1, ge=1, le=1_000_000, json_schema_extra={"unit": "prefixes"})
    """Prefixes that the requests are spread over; each takes 3,500 writes and 5,500 reads per second."""

    latency_ms: float = Field(default=30, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Mean time of one request."""

    latency_cv: float = Field(default=0.5, ge=0, le=10, json_schema_extra={"unit": "ratio"})
    """Spread of that time: its standard deviation over its mean."""

    storage_gb: float = Field(default=0, ge=0, json_schema_extra={"unit": "GB"})
    """Data stored."""

    storage_class: Literal["standard", "standard-ia", "onezone-ia"] = Field(
        default="standard", json_schema_extra={"aws": "StorageClass"}
    )
    """How it is stored: infrequent access stores for less and asks more for each request."""

    response_kb: float | None = Field(default=None, ge=0, le=53_687_091_200, json_schema_extra={"unit": "KB"})
    """Mean size of an object read; as the edge says where left out."""


def operation(link: Link | LinkUse) -> str:
    """What an edge does here: gets, where it does not say, and puts what has failed elsewhere."""
    said: str | None = getattr(link.settings, "operation", None)
    if said is None:
        return "put" if link.role in _FAILURES else "get"
    return S3.synonyms.get(said, said)


def lower(site: Site) -> Parts:
    """One station for each edge that leads here: it reads or it writes."""
    bucket = cast("S3", site.settings)
    reads, writes = (
        Quota(f"{site.id}.{kind}s", site.quotas[f"prefix_{kind}s_per_s"] * bucket.prefixes)
        for kind in ("read", "write")
    )
    stations = tuple(
        Station(
            f"{site.id}#{link.index}",
            fixed=bucket.latency_ms / 1000,
            cv=bucket.latency_cv,
            demands=(Demand(reads.id if operation(link) in _READS else writes.id),),
        )
        for link in site.inflows
    )
    putting = tuple(f"{site.id}#{link.index}" for link in site.inflows if operation(link) == "put")
    return Parts(
        stations=stations or (Station(site.id, fixed=bucket.latency_ms / 1000, cv=bucket.latency_cv),),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        emitters={link.index: putting for link in site.outflows},
        quotas=(reads, writes),
        limits={
            reads.id: limit("s3", "prefix_reads_per_s", raised_by="prefixes"),
            writes.id: limit("s3", "prefix_writes_per_s", raised_by="prefixes"),
        },
    )


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Requests by kind, storage, and what infrequent access asks for reading; notifications are free."""
    bucket = cast("S3", settings)
    book = _BOOKS[bucket.storage_class]
    gets, selects = _doing(usage, "get"), _doing(usage, "select")
    charges = [
        Charge(f"{book}put_requests", _requests([*_doing(usage, "put"), *_doing(usage, "list")])),
        Charge(f"{book}get_requests", _requests([*gets, *selects])),
        Charge(f"{book}storage", np.full(1, bucket.storage_gb)),
        Charge("s3.select_scanned", _gb(selects, None)),
        Charge(f"{book}select_returned", _gb(selects, bucket.response_kb)),
    ]
    if bucket.storage_class != "standard":
        charges.append(Charge(f"{book}retrieval", _gb(gets, bucket.response_kb)))
    return charges


def _doing(usage: Usage, kind: str) -> list[LinkUse]:
    """The incoming edges that do one thing."""
    return [link for link in usage.inflows if operation(link) == kind]


def _requests(links: Sequence[LinkUse]) -> Array:
    """Requests a month."""
    total: Array = np.zeros(1)
    for link in links:
        total = total + link.accepted * MONTH_S
    return total


def _gb(links: Sequence[LinkUse], response_kb: float | None) -> Array:
    """Data that so many requests read in a month [GB]: by what the edge says, then by the bucket."""
    total: Array = np.zeros(1)
    for link in links:
        said = getattr(link.settings, "item_kb", None)
        size = link.item_kb if said is not None or response_kb is None else response_kb
        total = total + link.accepted * size * MONTH_S / KB_PER_GB
    return total


SERVICE = Service(
    id="s3",
    title="S3 bucket",
    family="store",
    badge="S3",
    icon="▣",
    settings=S3,
    lower=lower,
    bill=bill,
    summary="stores objects; tells functions, queues and topics of new ones",
    answers=True,
)
