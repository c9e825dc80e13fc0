"""Amazon S3: keeps objects in a bucket; each prefix takes so many reads and writes per second.

Lists and selects count as reads there, deletes as writes; what is over it is refused (503 SlowDown). A new
bucket begins with what one prefix takes and is divided further while it is busy.
Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html
"""

from typing import cast

from sandbox.catalog.buckets.bill import bill
from sandbox.catalog.buckets.settings import S3, operation
from sandbox.catalog.facts import Facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.engine.network import Demand, Doubling, Quota, Station

_READS = ("get", "list", "select")


def lower(site: Site) -> Parts:
    """One station for each edge that leads here: it reads or it writes."""
    bucket = cast("S3", site.settings)
    reads, writes = (_quota(site, bucket, kind) for kind in ("read", "write"))
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


def _quota(site: Site, bucket: S3, kind: str) -> Quota:
    """What all prefixes take; a bucket that has not been divided yet begins with one."""
    one = site.quotas[f"prefix_{kind}s_per_s"]
    moves = None
    if bucket.divided_after_s is not None:
        moves = Doubling(one, site.quotas["division"], bucket.divided_after_s)
    return Quota(f"{site.id}.{kind}s", one * bucket.prefixes, moves=moves)


def availability(settings: Settings, known: Facts) -> float | None:
    """AWS commits to less for what is seldom read."""
    plain = cast("S3", settings).storage_class == "standard"
    return known.availability if plain else known.quotas["infrequent_availability"].value / 100


SERVICE = Service(
    id="s3",
    title="S3 bucket",
    family="store",
    badge="S3",
    icon="▣",
    settings=S3,
    lower=lower,
    bill=bill,
    availability=availability,
    summary="Stores objects; tells functions, queues and topics of new ones.",
    also_called=("bucket", "objects", "files", "storage", "blob"),
    answers=True,
)
