"""Designs that behaviours are shown on, and how one is changed and run."""

from math import erfc, log, sqrt

from sandbox.design.reading import loads
from sandbox.evaluate import Evaluation, evaluate

SHOP = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 100
[nodes.api]
service = "api-gateway-http"
latency_ms = 0
[nodes.f]
service = "lambda"
duration_ms = 95
init_ms = 0
timeout_s = 900
[nodes.d]
service = "dynamodb"
[[edges]]
from = "t"
to = "api"
[[edges]]
from = "api"
to = "f"
[[edges]]
from = "f"
to = "d"
item_kb = 1
"""

PARTNER = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 10
[nodes.f]
service = "lambda"
duration_ms = 100
init_ms = 0
timeout_s = 900
[nodes.a]
service = "external"
latency_ms = 200
[nodes.b]
service = "external"
latency_ms = 300
[[edges]]
from = "t"
to = "f"
[[edges]]
from = "f"
to = "a"
[[edges]]
from = "f"
to = "b"
"""

QUEUE = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 100
[nodes.q]
service = "sqs"
visibility_timeout_s = 180
[nodes.f]
service = "lambda"
duration_ms = 1000
timeout_s = 30
init_ms = 0
reserved_concurrency = 5
[nodes.dead]
service = "sqs"
[[edges]]
from = "t"
to = "q"
[[edges]]
from = "q"
to = "f"
batch_size = 1
[[edges]]
from = "q"
to = "dead"
role = "dead-letter"
max_receive_count = 3
"""


def run(text: str, load: float = 1.0, **changes: object) -> Evaluation:
    """A design with some values changed: `f__duration_ms` is a node's, `edge0__calls` an edge's."""
    values = {}
    for name, value in changes.items():
        part, _, key = name.partition("__")
        place = f"edges.{part[4:]}" if part.startswith("edge") else f"nodes.{part}"
        values[f"{place}.{key}"] = value
    return evaluate(loads(text).with_values(values), load)


def late(mean: float, cv: float, limit: float) -> float:
    """Share of lognormal times over a limit, by its textbook formula."""
    variance = log(1 + cv**2)
    return 0.5 * erfc((log(limit / mean) + variance / 2) / sqrt(2 * variance))
