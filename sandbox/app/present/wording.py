"""Names of settings and parts in people's words."""

from collections.abc import Collection

from sandbox.design.model import Design
from sandbox.printable import on_a_line

_UNITS = ("_mb_per_s", "_per_s", "_ms", "_s", "_mb", "_kb", "_gb", "_h")
_WORDS = {
    "concurrency_per_environment": "each takes",
    "people_hours_per_month": "people's hours",
    "concurrency_per_task": "each takes",
    "connections_per_client": "connections",
    "memory_gb_per_vcpu": "memory per vCPU",
    "target_utilisation": "utilisation",
    "provisioned_target": "provisioned at",
    "spot_interruptions": "spot losses",
    "timeout_minutes": "timeout",
    "read_from_replicas": "read replicas",
    "records_per_request": "records each",
    "replayed_events_month": "replayed",
    "requests_per_server_per_s": "takes, each",
    "continuous_backups": "backups",
    "events_per_request": "events each",
    "response_streaming": "streaming",
    "usd_per_million": "price",
    "usd_per_month": "cost",
    "usd_per_hour": "an hour costs",
    "global_secondary_indexes": "secondary indexes",
    "measured_memory_mb": "measured at",
    "authorizer_hit_ratio": "auth hits",
    "object_requests_per_s": "per object",
    "subscribers_per_mutation": "each change to",
    "dynamic_partitions": "partitions",
    "requests_per_node_per_s": "each node takes",
    "format_conversion": "conversion",
    "schema_discovery": "discovery",
    "infrequent_share": "infrequent",
    "resolvers_at_once": "at once",
    "challenges_per_sign_in": "challenges",
    "monthly_active_users": "active users",
    "resolvers_per_request": "resolvers",
    "tokens_per_request": "tokens",
    "invalidated_paths": "invalidated",
    "active_connections": "active",
    "cache_usd_per_hour": "cache",
    "consistent_reads": "consistent",
    "hot_key_share": "hottest key",
    "hot_shard_share": "hottest shard",
    "report_item_failures": "item failures",
    "requests_per_customer_month": "per customer",
    "growth_per_month": "growth a month",
    "parallelization_factor": "parallelization",
    "free_tier_12_month": "first year",
    "preset": "kind",
    "provisioned_concurrency": "provisioned",
    "reserved_concurrency": "reserved",
    "visibility_timeout_s": "visibility",
    "concurrency_ceiling": "most by itself",
    "initial_concurrency": "starts with",
    "maximum_concurrency": "most at once",
    "duration_cv": "spread",
    "latency_cv": "spread",
    "minutes_cv": "spread",
    "minutes": "run time",
    "api_gateway_rate_per_s": "API rate",
    "api_gateway_burst": "API burst",
    "appsync_connects_per_s": "subscribers",
    "appsync_inbound_messages_per_s": "updates in",
    "appsync_outbound_messages_per_s": "updates out",
    "appsync_tokens_per_s": "request tokens",
    "cloudfront_gbit_per_s": "CDN data",
    "cloudfront_requests_per_s": "CDN requests",
    "cognito_authentication_per_s": "sign-ins",
    "cognito_creation_per_s": "new users",
    "cognito_federation_per_s": "federated",
    "cognito_read_per_s": "user reads",
    "websocket_connections_per_s": "connections",
    "dynamodb_table_read_units": "table reads",
    "dynamodb_table_write_units": "table writes",
    "kinesis_on_demand_kb_per_s": "stream data",
    "kinesis_on_demand_records_per_s": "stream records",
    "lambda_concurrency": "concurrency",
    "sns_publish_per_s": "publishes",
    "sns_fifo_publish_per_s": "FIFO publishes",
    "sqs_fifo_calls_per_s": "FIFO calls",
}
"""Where the setting's own name is long or says little beside its unit."""

_WRITTEN = {
    "acu": "ACU", "az": "AZ", "cpu": "CPU", "dpu": "DPU", "ecpu": "ECPU", "fifo": "FIFO", "io": "I/O",
    "iops": "IOPS", "ios": "I/Os", "ipv4": "IPv4", "ocu": "OCU", "tls": "TLS", "ttl": "TTL", "vcpu": "vCPU",
}  # fmt: skip
"""Short forms as the field writes them."""

_SHORT = {
    "concurrent executions": "at once",
    "messages/message": "a message",
    "calls/request": "calls each",
    "transitions/run": "a run",
    "per task and month": "a month",
    "requests at once": "at once",
    "I/O requests": "I/Os",
    "vCPU/instance": "vCPU each",
    "GB/instance": "GB each",
    "standard deviations/mean": "× mean",
    "variance/mean": "of random",
    "ratio": "× mean",
    "requests/s": "req/s",
    "requests/month": "a month",
    "invocations/min": "a minute",
    "read units/s": "units/s",
    "write units/s": "units/s",
    "batches/shard": "per shard",
    "KB/invocation": "KB each",
    "executions": "at once",
    "invocations": "at once",
    "environments": "ready",
    "writes/write": "a write",
}
"""Units that would take the room of their setting's name."""


def label(name: str) -> str:
    """The last part of a path as people say it; the unit stands beside the value.

    >>> label("duration_ms"), label("users.peak_factor"), label("rate_per_s"), label("duration_cv")
    ('duration', 'peak factor', 'rate', 'spread')
    >>> label("max_acu"), label("public_ipv4"), label("throughput_mb_per_s")
    ('max ACU', 'public IPv4', 'throughput')
    """
    key = name.rpartition(".")[2]
    return _WORDS.get(key) or spoken(key)


def spoken(name: str) -> str:
    """The last part of a path in a sentence, where it need not be short.

    >>> spoken("reserved_concurrency"), spoken("visibility_timeout_s"), spoken("min_acu")
    ('reserved concurrency', 'visibility timeout', 'min ACU')
    """
    key = name.rpartition(".")[2]
    unit = next((unit for unit in _UNITS if key.endswith(unit) and key != unit), "")
    return " ".join(_WRITTEN.get(word, word) for word in key.removesuffix(unit).split("_"))


def short_unit(unit: str) -> str:
    """A unit that leaves room for the name beside it.

    >>> short_unit("requests/s"), short_unit("ms")
    ('req/s', 'ms')
    """
    return _SHORT.get(unit, unit)


def ends(design: Design, place: int) -> str:
    r"""An edge by the names of its nodes.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.a]\nservice="traffic"\n[nodes.b]\nservice="sqs"\n'
    ...              'label="Orders"\n[[edges]]\nfrom="a"\nto="b"', "shop")
    >>> ends(shop, 0)
    'a → Orders'
    """
    edge = design.edges[place]
    return f"{design.nodes[edge.source].title} → {design.nodes[edge.target].title}"


def subject_title(design: Design, subject: str) -> str:
    """What a path's part is called: `nodes.ship`, `edges.2`, or nothing for the design itself."""
    section, _, part = subject.partition(".")
    if section == "nodes":
        return design.nodes[part].title
    return ends(design, int(part)) if section == "edges" else on_a_line(design.name)


def several_nodes(design: Design, keys: Collection[str]) -> str:
    r"""Nodes in a few words: the name of one, the number of several.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.a]\nservice="traffic"\n[nodes.b]\nservice="sqs"\n', "shop")
    >>> several_nodes(shop, {"a"}), several_nodes(shop, {"a", "b"})
    ('a', '2 nodes')
    """
    titles = [design.nodes[key].title for key in keys]
    return titles[0] if len(titles) == 1 else f"{len(titles):,} nodes"
