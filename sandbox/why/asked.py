"""Every question that has an answer, by section and metric."""

from collections.abc import Callable

from sandbox.why import money, rates, times
from sandbox.why.question import Question
from sandbox.why.reason import Reason

ANSWERS: dict[tuple[str, str], Callable[[Question], Reason]] = {
    ("nodes", "offered_per_s"): rates.offered,
    ("nodes", "accepted_per_s"): rates.accepted,
    ("nodes", "throttled_per_s"): rates.throttled,
    ("nodes", "failed_per_s"): rates.failed,
    ("nodes", "invocations_per_s"): rates.invocations,
    ("nodes", "backlog_growth_per_s"): rates.growth,
    ("nodes", "concurrency"): times.concurrency,
    ("nodes", "latency_ms"): times.latency,
    ("nodes", "latency_ms.mean"): times.latency,
    ("nodes", "latency_ms.p50"): times.latency,
    ("nodes", "latency_ms.p95"): times.latency,
    ("nodes", "latency_ms.p99"): times.latency,
    ("nodes", "cold_start_ratio"): times.cold_starts,
    ("nodes", "environments"): times.cold_starts,
    ("nodes", "oldest_age_s"): times.age,
    ("nodes", "monthly_usd"): money.monthly,
    ("flows", "success_ratio"): rates.success,
    ("flows", "latency_ms"): times.flow_latency,
}

__all__ = ["ANSWERS", "Question"]
