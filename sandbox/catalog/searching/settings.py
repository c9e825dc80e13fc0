"""Settings of an OpenSearch domain or collection."""

from collections.abc import Mapping
from math import ceil
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, Field, model_validator

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings


class OpenSearch(Settings):
    """Settings of a domain, or of a serverless collection."""

    operations: ClassVar[tuple[str, ...]] = ("query", "index", "read", "write")
    synonyms: ClassVar[Mapping[str, str]] = {"read": "query", "write": "index"}

    mode: Literal["serverless", "nodes"] = "serverless"
    """Pay for compute units that follow the load, or for nodes by the hour."""

    ocu: float = Field(default=2, ge=0, le=3400, json_schema_extra={"unit": "OCU"})
    """Compute units that a serverless collection has and bills at least, half to index and half to search."""

    max_ocu: float = Field(
        default=20,
        ge=1,
        le=3400,
        json_schema_extra={"unit": "OCU", "aws": "maxIndexingCapacityInOCU, maxSearchCapacityInOCU"},
    )
    """Most compute units it grows to, half to index and half to search."""

    instance_type: Literal["t3.small.search", "t3.medium.search", "m6g.large.search", "r6g.large.search"] = (
        Field(default="m6g.large.search", json_schema_extra={"aws": "InstanceType"})
    )
    """Size of each node."""

    nodes: int = Field(default=2, ge=1, le=1002, json_schema_extra={"unit": "nodes", "aws": "InstanceCount"})
    """Data nodes of a domain."""

    replicas: int = Field(default=1, ge=0, le=100, json_schema_extra={"unit": "copies"})
    """Further copies of each index on other nodes; each takes every document that is indexed."""

    storage_gb: float = Field(default=0, ge=0, le=10_000_000, json_schema_extra={"unit": "GB"})
    """Data stored, one copy."""

    query_ms: float = Field(default=20, ge=0, le=86_400_000, json_schema_extra={"unit": "ms"})
    """Mean time that a query keeps a thread; AWS publishes none, so measure yours."""

    index_ms: float = Field(default=5, ge=0, le=86_400_000, json_schema_extra={"unit": "ms"})
    """Mean time that indexing a document keeps a thread; AWS publishes none."""

    latency_cv: float = Field(default=0.5, ge=0, le=10, json_schema_extra={"unit": "ratio"})
    """Spread of those times: their standard deviation over their mean."""

    @model_validator(mode="after")
    def _least_is_no_more_than_most(self) -> Self:
        """Refuse a least capacity above the most."""
        if self.mode == "serverless" and self.ocu > self.max_ocu:
            msg = f"ocu = {self.ocu:g} is more than max_ocu = {self.max_ocu:g}"
            raise ValueError(msg)
        return self

    @property
    def size(self) -> str:
        """The instance type as keys of facts have it."""
        return self.instance_type.removesuffix(".search").replace(".", "_")

    @property
    def copies(self) -> int:
        """Copies of the data that the nodes have room for, the first included."""
        return 1 + min(self.replicas, self.nodes - 1)

    @property
    def least_half(self) -> float:
        """Compute units that index, and as many that search, at least: the data must fit on each half."""
        return max(self.ocu / 2, float(ceil(self.storage_gb / facts("opensearch").quotas["ocu_gb"].value)))


def does(edge: BaseModel) -> str:
    """Which threads an edge takes: those that search, where it does not say.

    >>> from sandbox.catalog.edges import CallEdge
    >>> does(CallEdge(operation="write")), does(CallEdge())
    ('indexing', 'search')
    """
    said = getattr(edge, "operation", None) or "query"
    return "indexing" if OpenSearch.synonyms.get(said, said) == "index" else "search"
