"""Designs of any size to measure with: shops of twelve nodes, joined like the branches of a tree."""

from functools import cache

from sandbox.design.edits import add_edge, add_node
from sandbox.design.model import Design

SHOP_NODES = 12
BRANCHES = 4
"""Shops that hang on each shop."""

NODES: dict[str, dict[str, object]] = {
    "shoppers": {"service": "traffic"},
    "api": {"service": "api-gateway-http"},
    "order": {"service": "lambda", "memory_mb": 512, "duration_ms": 60},
    "orders": {"service": "dynamodb"},
    "intake": {"service": "sqs", "visibility_timeout_s": 60},
    "ship": {"service": "lambda", "duration_ms": 300, "timeout_s": 10},
    "failed": {"service": "sqs"},
    "placed": {"service": "sns"},
    "outbox": {"service": "sqs"},
    "mail": {"service": "lambda", "duration_ms": 40, "per_record_ms": 10},
    "clicks": {"service": "kinesis", "shards": 2},
    "carrier": {"service": "external", "latency_ms": 120, "error_ratio": 0.01},
}
"""One shop: a synchronous path, a worker with dead letters, a fan-out and a stream."""

EDGES: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("shoppers", "api", "", {}),
    ("api", "order", "", {}),
    ("order", "orders", "", {"operation": "write", "item_kb": 2}),
    ("order", "intake", "", {}),
    ("order", "clicks", "", {"calls": 3}),
    ("intake", "ship", "", {"batch_size": 5, "maximum_concurrency": 10}),
    ("intake", "failed", "dead-letter", {"max_receive_count": 3}),
    ("ship", "carrier", "", {}),
    ("ship", "placed", "", {}),
    ("placed", "outbox", "", {"calls": 0.8}),
    ("outbox", "mail", "", {"batch_window_s": 1}),
    ("clicks", "mail", "", {"batch_size": 100}),
)


@cache
def shops(nodes: int) -> Design:
    """A design of *nodes* nodes in shops of twelve.

    The traffic of all shops together is 40/s, so that every size meets the same account quotas
    in the same state. Each shop's topic also feeds the intake queues of up to four further shops.

    Args:
        nodes: Nodes; a multiple of 12.

    >>> design = shops(60)
    >>> len(design.nodes), len(design.edges)
    (60, 64)
    """
    count = nodes // SHOP_NODES
    design = Design(name=f"{count} shops, {nodes} nodes")
    for shop in range(count):
        for name, table in NODES.items():
            service, settings = str(table["service"]), {k: v for k, v in table.items() if k != "service"}
            if service == "traffic":
                settings["rate_per_s"] = 40 / count
            design = add_node(design, f"{name}-{shop}", service, settings)
    for shop in range(count):
        for source, target, role, settings in EDGES:
            design = add_edge(design, f"{source}-{shop}", f"{target}-{shop}", role, settings)
        if shop:
            parent = (shop - 1) // BRANCHES
            design = add_edge(design, f"placed-{parent}", f"intake-{shop}", "", {"calls": 0.2})
    return design
