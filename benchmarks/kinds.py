"""Designs of any size with every service of the catalogue, joined as people join them."""

from dataclasses import replace
from functools import cache

from sandbox.design.edits import add_edge, add_node
from sandbox.design.model import Design

NODES: dict[str, dict[str, object]] = {
    "users": {"service": "traffic"},
    "clock": {"service": "schedule"},
    "cdn": {"service": "cloudfront"},
    "rest": {"service": "api-gateway-rest"},
    "http": {"service": "api-gateway-http"},
    "socket": {"service": "api-gateway-websocket"},
    "graph": {"service": "appsync"},
    "login": {"service": "cognito"},
    "balancer": {"service": "alb"},
    "order": {"service": "lambda", "duration_ms": 60},
    "pages": {"service": "fargate"},
    "search": {"service": "ecs-ec2"},
    "report": {"service": "eks"},
    "legacy": {"service": "ec2"},
    "racks": {"service": "on-premises"},
    "orders": {"service": "dynamodb"},
    "files": {"service": "s3"},
    "cache": {"service": "elasticache"},
    "pool": {"service": "rds-proxy"},
    "cluster": {"service": "aurora"},
    "database": {"service": "rds"},
    "index": {"service": "opensearch"},
    "ledger": {"service": "qldb"},
    "intake": {"service": "sqs", "visibility_timeout_s": 60},
    "placed": {"service": "sns"},
    "bus": {"service": "eventbridge"},
    "pipe": {"service": "pipes"},
    "billing": {"service": "step-functions"},
    "clicks": {"service": "kinesis"},
    "lake": {"service": "firehose"},
    "job": {"service": "glue"},
    "query": {"service": "athena"},
    "spectrum": {"service": "redshift-spectrum"},
    "exit": {"service": "nat-gateway"},
    "carrier": {"service": "external", "latency_ms": 120, "error_ratio": 0.01},
}
"""One town: each service once."""

EDGES: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("users", "cdn", "", {}),
    ("cdn", "files", "", {}),
    ("users", "rest", "", {}),
    ("rest", "login", "authorizer", {}),
    ("rest", "order", "", {}),
    ("users", "http", "", {}),
    ("http", "order", "", {}),
    ("users", "socket", "", {}),
    ("socket", "intake", "", {}),
    ("users", "graph", "", {}),
    ("graph", "index", "", {}),
    ("users", "balancer", "", {}),
    ("balancer", "pages", "", {}),
    ("users", "search", "", {}),
    ("users", "report", "", {}),
    ("users", "legacy", "", {}),
    ("order", "orders", "", {"operation": "write", "item_kb": 2}),
    ("order", "intake", "", {}),
    ("order", "bus", "", {}),
    ("order", "billing", "", {"calls": 0.1}),
    ("order", "clicks", "", {"calls": 3}),
    ("pages", "cache", "", {}),
    ("cache", "pool", "fallback", {}),
    ("pool", "cluster", "", {}),
    ("search", "database", "", {}),
    ("report", "spectrum", "", {"calls": 0.001}),
    ("legacy", "ledger", "", {}),
    ("legacy", "racks", "", {}),
    ("intake", "pipe", "", {}),
    ("pipe", "carrier", "", {}),
    ("bus", "placed", "", {}),
    ("billing", "query", "", {"calls": 0.01}),
    ("order", "exit", "", {}),
    ("exit", "carrier", "", {}),
    ("clicks", "lake", "", {}),
    ("lake", "files", "", {}),
    ("clock", "job", "", {}),
    ("job", "files", "", {}),
)


@cache
def towns(count: int) -> Design:
    """So many towns with every service each, with 20 requests/s to each door of all towns together.

    Each town's topic reaches the carriers of the next, and the account has room for all their instances.

    >>> from sandbox.catalog.service import services
    >>> {node.service for node in towns(1).nodes.values()} == set(services())
    True
    """
    design = Design(name=f"{count} towns")
    room = dict.fromkeys(("fargate_vcpu", "ec2_vcpu", "athena_dml"), 10_000.0)
    design = replace(design, account=replace(design.account, quotas=room))
    for town in range(count):
        for name, table in NODES.items():
            settings = {key: value for key, value in table.items() if key != "service"}
            if name == "users":
                settings["rate_per_s"] = 20 / count
            design = add_node(design, f"{name}-{town}", str(table["service"]), settings)
    for town in range(count):
        for source, target, role, settings in EDGES:
            design = add_edge(design, f"{source}-{town}", f"{target}-{town}", role, settings)
        design = add_edge(design, f"placed-{town}", f"carrier-{(town + 1) % count}", "", {"calls": 0.2})
    return design
