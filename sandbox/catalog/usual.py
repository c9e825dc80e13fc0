"""What people usually put behind what, and how a new part begins.

It decides nothing about what is legal, which the table of connections does: it only puts what is
legal in the order in which it is most often wanted, and gives new nodes a name and a beginning.
"""

from collections.abc import Mapping

from sandbox.catalog.connection import Connection
from sandbox.catalog.connections import connections, operations_of
from sandbox.catalog.service import services

FIRST = (
    "traffic",
    "api-gateway-http",
    "api-gateway-rest",
    "lambda",
    "sqs",
    "dynamodb",
    "sns",
    "kinesis",
    "s3",
)
"""Services that an empty drawing begins with, the most usual first; the others come behind."""

BEHIND: Mapping[str, tuple[str, ...]] = {
    "traffic": (
        *("api-gateway-http", "api-gateway-rest", "lambda", "sqs", "alb", "cloudfront", "appsync"),
        *("api-gateway-websocket", "kinesis", "sns", "s3", "cognito"),
    ),
    "api-gateway-http": ("lambda", "sqs", "external", "kinesis", "alb"),
    "api-gateway-rest": ("lambda", "sqs", "dynamodb", "external", "sns", "kinesis", "s3"),
    "api-gateway-websocket": ("lambda", "sqs", "dynamodb", "kinesis", "sns", "external"),
    "alb": ("fargate", "ecs-ec2", "ec2", "lambda", "eks", "external"),
    "cloudfront": ("s3", "api-gateway-http", "alb", "lambda", "api-gateway-rest", "appsync", "external"),
    "appsync": ("dynamodb", "lambda", "aurora", "opensearch", "external"),
    "cognito": ("lambda",),
    "lambda": (
        *("dynamodb", "sqs", "sns", "s3", "eventbridge", "external", "lambda", "step-functions", "kinesis"),
        *("elasticache", "opensearch", "rds-proxy", "aurora", "rds"),
    ),
    **dict.fromkeys(
        ("fargate", "ecs-ec2", "eks", "ec2", "on-premises"),
        ("rds", "aurora", "dynamodb", "sqs", "s3", "sns", "external", "lambda", "kinesis", "rds-proxy"),
    ),
    "sqs": ("lambda", "fargate", "pipes"),
    "sns": ("sqs", "lambda", "external"),
    "schedule": ("lambda", "step-functions", "sqs", "eventbridge"),
    "eventbridge": ("lambda", "sqs", "step-functions", "sns", "external", "kinesis", "firehose"),
    "pipes": ("lambda", "step-functions", "eventbridge", "sqs", "sns", "external"),
    "step-functions": ("lambda", "dynamodb", "sqs", "sns", "eventbridge", "fargate", "external", "s3"),
    "firehose": ("s3", "opensearch", "external"),
    "kinesis": ("lambda", "fargate", "firehose", "pipes"),
    "dynamodb": ("lambda", "pipes"),
    "elasticache": ("dynamodb", "aurora", "rds", "s3", "external"),
    "s3": ("lambda", "sqs", "sns", "eventbridge"),
    "rds-proxy": ("aurora", "rds"),
    "glue": ("s3", "aurora", "rds"),
    "nat-gateway": ("external", "s3", "dynamodb", "sqs", "sns", "eventbridge", "kinesis", "lambda"),
}
"""By service, what usually follows it, the most usual first; whatever else is legal comes behind."""

STORES = dict.fromkeys(("lambda", "fargate", "ecs-ec2", "eks", "ec2", "step-functions"), "write")
"""What a service that works off what waits for it (a queue, a stream, events) mostly does with a store."""

WAITED_FOR = ("polled", "stream", "async")
"""Kinds of edges whose source does not wait for an answer."""

NAMES = {
    "api-gateway-http": "api",
    "api-gateway-rest": "api",
    "api-gateway-websocket": "sockets",
    "alb": "balancer",
    "cloudfront": "cdn",
    "appsync": "graphql",
    "cognito": "users",
    "kinesis": "stream",
    "eventbridge": "bus",
    "pipes": "pipe",
    "step-functions": "workflow",
    "dynamodb": "table",
    "elasticache": "cache",
    "opensearch": "search",
    "qldb": "ledger",
    **dict.fromkeys(("fargate", "ecs-ec2", "eks"), "service"),
    "ec2": "servers",
    **dict.fromkeys(("aurora", "rds"), "database"),
    "rds-proxy": "proxy",
    "glue": "job",
    "nat-gateway": "nat",
    **dict.fromkeys(("athena", "redshift-spectrum"), "queries"),
}
"""Short names of new nodes; a service's id where it says none."""

BEGINNINGS: Mapping[str, Mapping[str, object]] = {"traffic": {"rate_per_s": 10}}
"""Settings that a new node says although they are the defaults, because everything depends on them."""


def ranked(source: str) -> tuple[Connection, ...]:
    """Ways out of a service, the most usual first; the ordinary ones before those of failures and checks.

    >>> ranked("sqs")[0].target, ranked("sqs")[-1].role
    ('lambda', 'dead-letter')
    """
    usual = BEHIND.get(source, ())
    ways = [way for target in services() for way in connections(source, target)]
    rank = {target: place for place, target in enumerate(usual)}
    return tuple(
        sorted(ways, key=lambda way: (bool(way.role), bool(way.mode), rank.get(way.target, len(usual))))
    )


def beginnings() -> tuple[str, ...]:
    """Every service, the most usual to begin with first."""
    return (*FIRST, *(key for key in services() if key not in FIRST))


def operations(way: Connection, fed_by: str = "") -> tuple[str, ...]:
    """What may be done at the target of a connection, the most usual first and each once.

    Args:
        way: The connection.
        fed_by: Kind of the edge that the source gets its items by.

    >>> operations(connections("lambda", "s3")[0])
    ('get', 'put', 'list', 'select', 'delete')
    >>> operations(connections("lambda", "dynamodb")[0], fed_by="polled")[:2]
    ('write', 'read')
    """
    if "operation" not in way.settings.model_fields:
        return ()
    target = services()[way.target].settings
    named = tuple(name for name in operations_of(way) if name not in target.synonyms)
    wanted = STORES.get(way.source, "") if fed_by in WAITED_FOR else ""
    wanted = target.synonyms.get(wanted, wanted)
    return (wanted, *(name for name in named if name != wanted)) if wanted in named else named


def short_name(service: str, role: str = "") -> str:
    """What a new node of a service is called, before it is made free.

    >>> short_name("api-gateway-rest"), short_name("sqs"), short_name("sqs", "dead-letter")
    ('api', 'sqs', 'dead-letters')
    >>> short_name("lambda", "authorizer"), short_name("cognito", "authorizer")
    ('authorizer', 'users')
    """
    roles = {
        "dead-letter": "dead-letters",
        "on-failure": "failed",
        "authorizer": NAMES.get(service, "authorizer"),
        "enrichment": "enrich",
        "transform": "transform",
    }
    return roles.get(role) or NAMES.get(service, service)
