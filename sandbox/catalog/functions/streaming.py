"""Answers that a function streams: how long the sending holds it, and what is billed of them.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, 2026-10
"""

from collections.abc import Mapping

from sandbox.catalog.functions.settings import Lambda


def streamed_kb(function: Lambda, free_kb: float = 6144.0) -> float:
    """What of a streamed answer is beyond the part that is neither slowed nor billed [KB].

    >>> streamed_kb(Lambda(response_streaming=True, response_kb=10_240))
    4096.0
    >>> streamed_kb(Lambda(response_kb=6144))
    0.0
    """
    return max(function.response_kb - free_kb, 0.0) if function.response_streaming else 0.0


def streaming_s(function: Lambda, quotas: Mapping[str, float]) -> float:
    """Time that an invocation spends on sending what is beyond the first 6 MB, at 2 MB/s [s].

    >>> rates = {"stream_uncapped_kb": 6144, "stream_kb_per_s": 2048}
    >>> streaming_s(Lambda(response_streaming=True, response_kb=10_240), rates)
    2.0
    """
    return streamed_kb(function, quotas["stream_uncapped_kb"]) / quotas["stream_kb_per_s"]
