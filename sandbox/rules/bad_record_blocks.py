"""A record that always fails holds up its shard until it expires.

## Why it matters
A stream is read in order, and a mapping without a limit tries the same batch again and again. All that comes
behind waits; what is as old as the retention is lost, good records too.

## Instead of
    batch_size = 100             # and no max_attempts
## Use
    max_attempts = 500           # with bisect_on_error = true, and an edge with role = "on-failure"
"""

from collections.abc import Iterator

from sandbox.catalog.edges import StreamEdge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name, edge_path
from sandbox.rules.rule import Rule
from sandbox.units import duration, number, rate

ATTEMPTS = 500
"""Tries after a failed one that outlast a short trouble of what the function calls."""
_STREAM_OF_TABLE_H = 24.0


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function that reads a stream and gives no record up by itself."""
    design = evaluation.design
    for index, edge in enumerate(design.edges):
        reads = edge.settings
        if not isinstance(reads, StreamEdge) or reads.max_attempts is not None or reads.max_record_age_s:
            continue
        source = design.nodes[edge.source]
        kept = 3600.0 * float(getattr(source.settings, "retention_h", _STREAM_OF_TABLE_H))
        shards = getattr(source.settings, "open_shards", None)
        lanes = (shards or 1) * reads.parallelization_factor
        each = evaluation.edges[index].items_per_s / lanes
        if each <= 0:
            continue
        part = "its shard" if reads.parallelization_factor == 1 else "its part of a shard"
        where = f"{part}, one of {number(lanes)}," if lanes > 1 else part
        taken = any(out.role == "on-failure" for out in design.outflows(edge.target))
        lost = "" if taken else "; an on-failure edge takes what is given up"
        yield RULE.finding(
            f"one bad record holds up {where} for {duration(kept)}; {rate(each)} come behind it there{lost}",
            edge=edge_name(edge),
            fix={
                f"{edge_path(design, index)}.max_attempts": ATTEMPTS,
                f"{edge_path(design, index)}.bisect_on_error": True,
            },
        )


RULE = Rule(
    "bad-record-blocks",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html",
)
