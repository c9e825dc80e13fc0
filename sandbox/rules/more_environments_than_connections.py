"""Functions may come to live in more environments than their database or cache lets connect.

## Why it matters
Every live environment of a function keeps a connection, busy or not. When the function scales, the
database refuses what is over its connections, and those requests fail. A proxy lends a few connections
to many environments; a reserved concurrency holds their number.

## Instead of
    edges = [{from = "orders", to = "database"}]     # up to 1,000 environments, 112 connections
## Use
    edges = [{from = "orders", to = "proxy"}, {from = "proxy", to = "database"}]
"""

from collections.abc import Iterator

from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.databases.connections import allowed
from sandbox.catalog.databases.edges import QueryEdge, asks_data_api
from sandbox.catalog.databases.settings import Database
from sandbox.catalog.facts import facts
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.service import Settings
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.ceilings import held_back, most_environments
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare every store's connections with the environments that its functions may come to."""
    design = evaluation.design
    for key, node in design.nodes.items():
        room = _room(node.settings)
        if room is None:
            continue
        each = getattr(node.settings, "connections_per_client", 1.0)
        functions = {edge.source: edge for edge in design.inflows(key) if _keeps(design, edge)}
        most = {name: most_environments(design, name) for name in functions}
        total = sum(most.values())
        if total * each > room:
            its = "its connection" if each == 1 else f"{number(each)} connections"
            yield RULE.finding(
                f"{' and '.join(design.nodes[name].title for name in functions)} may come to "
                f"{number(total)} environments, each with {its}; {node.title} allows {number(room)}",
                node=key,
                fix=held_back(evaluation, next(iter(most)), room / each) if len(most) == 1 else None,
            )


def _room(store: Settings) -> float | None:
    """Connections that a store allows; nothing where it has none to keep."""
    if isinstance(store, Database):
        return allowed(store)
    return facts("elasticache").quotas["connections"].value if isinstance(store, ElastiCache) else None


def _keeps(design: Design, edge: Edge) -> bool:
    """Whether an edge is a function's own connection."""
    source, target = design.nodes[edge.source].settings, design.nodes[edge.target].settings
    keeps = isinstance(edge.settings, QueryEdge) and not asks_data_api(edge.settings)
    return isinstance(source, Lambda) and (keeps or isinstance(target, ElastiCache))


RULE = Rule(
    "more-environments-than-connections",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-rds.html",
    metric="throttled_per_s",
)
