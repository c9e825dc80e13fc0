"""Outcomes to present, with nothing going on unless said."""

from sandbox.outcome import NodeOutcome


def node(**told):
    """A node's outcome; what is not said is nothing."""
    nothing = {
        "service": "lambda",
        "offered_per_s": 0.0,
        "accepted_per_s": 0.0,
        "throttled_per_s": 0.0,
        "failed_per_s": 0.0,
        "invocations_per_s": None,
        "concurrency": None,
        "latency": None,
        "cold_start_ratio": None,
        "environments": None,
        "backlog_growth_per_s": 0.0,
        "oldest_age_s": None,
        "lost_per_s": 0.0,
        "limits": (),
        "monthly_usd": 0.0,
    }
    return NodeOutcome(**(nothing | told))
