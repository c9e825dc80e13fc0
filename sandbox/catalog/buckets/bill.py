"""What a bucket's month is charged as: requests by kind, storage by class, and what is read or moved.

Classes for what is seldom read bill every GB that is read, objects as if they had 128 KB, and storage as if
they had been kept for 30 or 90 days. Deletes and notifications are free.
Source: https://aws.amazon.com/s3/pricing/
"""

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np

from sandbox.catalog.buckets.settings import S3, operation
from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, LinkUse, Usage

_BOOKS = {"standard-ia": "ia_", "onezone-ia": "onezone_ia_", "glacier-instant": "glacier_instant_"}
"""Prices of the classes that have their own; the others ask for requests what the standard class does."""

_MOVED = {
    **_BOOKS,
    "intelligent-tiering": "int_",
    "glacier-flexible": "glacier_flexible_",
    "deep-archive": "deep_archive_",
}


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Requests by kind, storage, and what classes for infrequent access ask for reading."""
    bucket = cast("S3", settings)
    book = f"s3.{_BOOKS.get(bucket.storage_class, '')}"
    gets, selects = _doing(usage, "get"), _doing(usage, "select")
    puts = _doing(usage, "put")
    charges = [
        Charge(f"{book}put_requests", _requests([*puts, *_doing(usage, "list")])),
        Charge(f"{book}get_requests", _requests([*gets, *selects])),
        Charge("s3.select_scanned", _gb(selects, None)),
        Charge(f"{book}select_returned", _gb(selects, bucket.response_kb)),
        *_stored(bucket),
        *_moved(bucket, _requests(puts)),
    ]
    if bucket.storage_class in _BOOKS:
        charges.append(Charge(f"{book}retrieval", _gb(gets, bucket.response_kb)))
    return charges


def _stored(bucket: S3) -> Iterator[Charge]:
    """Data of the bucket's own class."""
    if bucket.storage_class != "intelligent-tiering":
        book = f"s3.{_BOOKS.get(bucket.storage_class, '')}"
        yield Charge(f"{book}storage", np.full(1, billed_gb(bucket, bucket.storage_class, bucket.storage_gb)))
        return
    seldom = bucket.storage_gb * bucket.infrequent_share
    yield Charge("s3.storage", np.full(1, bucket.storage_gb - seldom), words="Storage, frequent tier")
    yield Charge("s3.ia_storage", np.full(1, seldom), words="Storage, infrequent tier")
    yield Charge("s3.int_monitoring", np.full(1, _watched(bucket)))


def _moved(bucket: S3, puts: Array) -> Iterator[Charge]:
    """What a lifecycle rule moves, and what is stored there."""
    if bucket.lifecycle_class == "none":
        return
    there, book = bucket.lifecycle_class, f"s3.{_MOVED[bucket.lifecycle_class]}"
    yield Charge(f"{book}transition", puts * bucket.lifecycle_share)
    stored = np.full(1, billed_gb(bucket, there, bucket.lifecycle_gb))
    # What tiering moves starts in the frequent tier.
    yield Charge("s3.storage" if there == "intelligent-tiering" else f"{book}storage", stored)


def billed_gb(bucket: S3, storage_class: str, stored_gb: float) -> float:
    """Data that a class bills [GB]: small objects count for more, and those that go early.

    >>> billed_gb(S3(object_kb=32), "standard-ia", 10.0), billed_gb(S3(object_kb=32), "standard", 10.0)
    (40.0, 10.0)
    >>> billed_gb(S3(kept_days=10, object_kb=256), "standard-ia", 10.0)
    30.0
    """
    parameters = facts("s3").quotas
    key = _BOOKS.get(storage_class, "").rstrip("_")
    if not key:
        return stored_gb
    least_kb, least_days = parameters["least_object_kb"].value, parameters[f"{key}_least_days"].value
    larger = max(1.0, least_kb / bucket.object_kb) if bucket.object_kb else 1.0
    longer = max(1.0, least_days / bucket.kept_days) if bucket.kept_days else 1.0
    return stored_gb * larger * longer


def _watched(bucket: S3) -> float:
    """Objects that intelligent tiering watches: the small ones stay where they are, and cost nothing."""
    least = facts("s3").quotas["least_object_kb"].value
    size = least if bucket.object_kb is None else bucket.object_kb
    return bucket.storage_gb * KB_PER_GB / size if size >= least else 0.0


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
