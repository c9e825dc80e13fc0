"""A function works on objects that are larger than the memory and the space in /tmp that it has.

## Why it matters
Such an object has to be read in parts, or the function runs out of space and fails each time. A function has
10 GB of memory and 10 GB of /tmp at most; a container task has up to 200 GB, and as much time as it needs.

## Instead of
    ephemeral_mb = 512           # of a function that reads videos of 2 GB
## Use
    ephemeral_mb = 2048          # or a task that a workflow starts, where it is more than 10 GB
"""

from collections.abc import Iterator
from math import ceil

from sandbox.catalog.buckets.settings import S3, operation
from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.payloads import item_sizes
from sandbox.rules.rule import Rule
from sandbox.units import size

_KB = 1024.0
_MOST_MB = 10_240
"""Largest /tmp of a function [MB]."""
_MOST_RESTORED_MB = 512
"""Largest /tmp where SnapStart restores it [MB]."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every object that a function reads from a bucket or writes to it."""
    design = evaluation.design
    for key, item_kb in _largest(evaluation).items():
        function = design.nodes[key].settings
        if not isinstance(function, Lambda):
            continue
        room_mb = float(function.memory_mb + function.ephemeral_mb)
        if item_kb > room_mb * _KB:
            wanted = ceil(item_kb / _KB)
            most = _MOST_RESTORED_MB if function.snap_start else _MOST_MB
            belongs = "; a container task has room for it" if wanted > most else ""
            yield RULE.finding(
                f"an object is {size(item_kb)}, and {size(function.memory_mb * _KB)} of memory with "
                f"{size(function.ephemeral_mb * _KB)} of /tmp are {size(room_mb * _KB)}{belongs}",
                node=key,
                fix={f"nodes.{key}.ephemeral_mb": wanted} if wanted <= most else None,
            )


def _largest(evaluation: Evaluation) -> dict[str, float]:
    """By the function, the largest object that it reads or writes [KB]."""
    found: dict[str, float] = {}
    for _index, edge, item_kb in item_sizes(evaluation):
        bucket = evaluation.design.nodes[edge.target].settings
        if isinstance(bucket, S3) and edge.kind == "sync":
            said = getattr(edge.settings, "item_kb", None)
            is_read = said is None and operation(edge) == "get"
            object_kb = (bucket.response_kb if is_read else None) or item_kb
            found[edge.source] = max(found.get(edge.source, 0.0), object_kb)
    return found


RULE = Rule(
    "too-large-for-function",
    "warning",
    check,
    "https://aws.amazon.com/blogs/compute/using-larger-ephemeral-storage-for-aws-lambda/",
)
