"""Functions may come to live in more environments than their database lets connect.

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

from sandbox.catalog.databases.connections import allowed
from sandbox.catalog.databases.edges import QueryEdge, asks_data_api
from sandbox.catalog.databases.settings import Database
from sandbox.catalog.facts import resolve
from sandbox.catalog.functions.settings import Lambda
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare every database's connections with the environments that its functions may come to."""
    design = evaluation.design
    for key, node in design.nodes.items():
        if not isinstance(node.settings, Database):
            continue
        functions = {edge.source: edge for edge in design.inflows(key) if _keeps(design, edge)}
        most = {name: _environments(design, name) for name in functions}
        total, room = sum(most.values()), allowed(node.settings)
        if total > room:
            yield RULE.finding(
                f"{' and '.join(design.nodes[name].title for name in functions)} may come to "
                f"{number(total)} environments, each with its connection; {node.title} allows {number(room)}",
                node=key,
                fix={f"nodes.{next(iter(most))}.reserved_concurrency": int(room)} if len(most) == 1 else None,
            )


def _keeps(design: Design, edge: Edge) -> bool:
    """Whether an edge is a function's own connection."""
    is_function = isinstance(design.nodes[edge.source].settings, Lambda)
    return is_function and isinstance(edge.settings, QueryEdge) and not asks_data_api(edge.settings)


def _environments(design: Design, name: str) -> float:
    """Most environments of a function: its reservation, or what the account has."""
    function = design.nodes[name].settings
    reserved = function.reserved_concurrency if isinstance(function, Lambda) else None
    if reserved is not None:
        return float(reserved)
    return resolve("lambda", design.region, design.account_of(name).in_force)["account_concurrency"]


RULE = Rule(
    "more-environments-than-connections",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-rds.html",
    metric="throttled_per_s",
)
