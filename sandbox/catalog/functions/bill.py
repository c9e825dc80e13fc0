"""What a month of a Lambda function is charged as.

Each invocation is one request and so many GB-seconds, rounded up to the millisecond, with the init
of a cold start. Environments kept ready are paid for the whole month and then make the invocations
they serve cheaper.
"""

from collections.abc import Iterator
from typing import cast

import numpy as np

from sandbox.catalog.facts import facts
from sandbox.catalog.functions.managed import managed_charges
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.functions.streaming import streamed_kb
from sandbox.catalog.service import Settings
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, StationUse, Usage
from sandbox.engine.lognormal import mean_rounded_up

_FREE_TMP_MB = 512
_MB_PER_GB = 1024.0


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Charges of one function for a month.

    Args:
        settings: The function's settings.
        usage: What it did, per second `[S]`.

    Returns:
        Requests, GB-seconds by the millisecond, and what the settings add: environments kept
        ready, snapshots, `/tmp` above 512 MB, logs, streamed answers. On managed instances hours of
        those instead of GB-seconds.
    """
    function = cast("Lambda", settings)
    if function.managed_instances:
        return [*_requests(function, usage), *managed_charges(function, usage), *_sent(function, usage)]
    return [
        *_requests(function, usage),
        *_durations(function, usage, free=function.provisioned_concurrency is None),
        *_provisioned(function, usage),
        *_snapshots(function, usage),
        *_sent(function, usage),
    ]


def _requests(function: Lambda, usage: Usage) -> Iterator[Charge]:
    """Requests, further ones of large events included."""
    requests = (_invocations(usage) + _further_chunks(usage)) * MONTH_S
    yield Charge("lambda.requests", requests, free_tier=function.provisioned_concurrency is None)


def _sent(function: Lambda, usage: Usage) -> Iterator[Charge]:
    """Logs, and what of the answers is streamed beyond the first 6 MB."""
    invocations = _invocations(usage)
    yield Charge("lambda.logs", invocations * function.logs_kb / KB_PER_GB * MONTH_S)
    streamed = streamed_kb(function, facts("lambda").quotas["stream_uncapped_kb"].value)
    yield Charge("lambda.response_streaming", invocations * streamed / KB_PER_GB * MONTH_S)


def _invocations(usage: Usage) -> Array:
    """Invocations over all ways in [1/s]."""
    return sum((use.invocations for use in usage.stations.values()), start=np.zeros(1))


def event_requests(size_kb: float) -> float:
    """Requests that one asynchronous event counts as: one up to 256 KB, one more for each 64 KB begun.

    >>> event_requests(2), event_requests(256), event_requests(257), event_requests(1024)
    (1.0, 1.0, 2.0, 13.0)
    """
    quotas = facts("lambda").quotas
    further = (size_kb - quotas["async_first_chunk_kb"].value) / quotas["async_next_chunk_kb"].value
    return 1.0 + max(0.0, float(np.ceil(further - 1e-9)))


def _further_chunks(usage: Usage) -> Array:
    """Requests beyond the first of each large asynchronous event [1/s]."""
    events = (link for link in usage.inflows if link.kind == "async")
    return sum((link.accepted * (event_requests(link.item_kb) - 1) for link in events), start=np.zeros(1))


def _durations(function: Lambda, usage: Usage, *, free: bool) -> Iterator[Charge]:
    """GB-seconds on demand and on environments kept ready, and of the `/tmp` they carry."""
    chip = _chip(function)
    ready = np.zeros(1)
    on_demand = np.zeros(1)
    for use in usage.stations.values():
        warm, cold = _billed_s(function, use)
        kept = 1 - usage.overflow if function.provisioned_concurrency else np.zeros(1)
        kept = np.clip(kept, 0, 1 - use.cold_ratio)
        ready = ready + use.invocations * kept * warm
        beyond = (1 - kept - use.cold_ratio) * warm + use.cold_ratio * cold
        on_demand = on_demand + use.invocations * beyond
    gb = function.memory_mb / _MB_PER_GB
    yield Charge(f"lambda.duration_{chip}", on_demand * gb * MONTH_S, free_tier=free)
    yield Charge(f"lambda.provisioned_duration_{chip}", ready * gb * MONTH_S)
    tmp_gb = (function.ephemeral_mb - _FREE_TMP_MB) / _MB_PER_GB
    yield Charge("lambda.ephemeral_storage", (on_demand + ready) * tmp_gb * MONTH_S)


def _billed_s(function: Lambda, use: StationUse) -> tuple[Array, Array]:
    """Mean billed seconds of a warm and of a cold invocation: whole milliseconds, at least one."""
    quotas = facts("lambda").quotas
    step = quotas["billing_step_s"].value
    init = quotas["snapstart_billed_s"].value if function.snap_start else function.init_ms / 1000
    both = np.stack([use.duration, use.duration + init])
    warm, cold = np.maximum(mean_rounded_up(both, use.variance, step), step)
    return warm, cold


def _provisioned(function: Lambda, usage: Usage) -> Iterator[Charge]:
    """GB-seconds of the environments kept ready, the whole month: as many as scaling comes to."""
    if function.provisioned_concurrency:
        ready = np.full(1, function.provisioned_concurrency) if usage.ready is None else usage.ready
        gb = ready * (function.memory_mb / _MB_PER_GB)
        yield Charge(f"lambda.provisioned_concurrency_{_chip(function)}", gb * MONTH_S)


def _snapshots(function: Lambda, usage: Usage) -> Iterator[Charge]:
    """One version's snapshot kept the whole month, and its restores; Java pays for neither."""
    if function.snap_start and function.runtime != "java":
        gb = function.memory_mb / _MB_PER_GB
        uses = usage.stations.values()
        restores = sum((use.invocations * use.cold_ratio for use in uses), start=np.zeros(1))
        yield Charge("lambda.snapstart_cache", np.array([gb * MONTH_S]))
        yield Charge("lambda.snapstart_restore", restores * gb * MONTH_S)


def _chip(function: Lambda) -> str:
    return "x86" if function.architecture == "x86_64" else "arm"
