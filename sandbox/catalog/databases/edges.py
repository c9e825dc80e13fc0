"""Edges to relational databases: what a caller keeps open, or that it keeps nothing."""

from pydantic import BaseModel, Field

from sandbox.catalog.edges import CallEdge


class QueryEdge(CallEdge):
    """The source queries a database over connections that it keeps open."""

    connections: float | None = Field(
        default=None, ge=0, le=100_000, json_schema_extra={"unit": "connections"}
    )
    """Connections that each environment or task keeps: 1 for a function, else one for each place."""


class ClusterEdge(QueryEdge):
    """The same of an Aurora cluster, which also answers over HTTPS."""

    data_api: bool = False
    """Ask the Data API over HTTPS instead: AWS pools the connections, and bills requests."""


class PoolEdge(CallEdge):
    """A proxy lends a database's connections."""


class DataApiEdge(CallEdge):
    """The source queries a cluster through the Data API and keeps no connection."""


def asks_data_api(edge: BaseModel) -> bool:
    """Whether an edge goes through the Data API, so that its caller keeps no connection.

    Whatever has no driver of its own (a workflow's task, a resolver) speaks HTTPS.

    >>> asks_data_api(QueryEdge()), asks_data_api(ClusterEdge(data_api=True)), asks_data_api(CallEdge())
    (False, True, True)
    """
    if isinstance(edge, QueryEdge):
        return bool(getattr(edge, "data_api", False))
    return not isinstance(edge, PoolEdge)
