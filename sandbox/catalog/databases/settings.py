"""Settings that Aurora and RDS have in common."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from sandbox.catalog.service import Settings


class Database(Settings):
    """A relational database."""

    operations: ClassVar[tuple[str, ...]] = ("read", "write")
    synonyms: ClassVar[Mapping[str, str]] = {
        "query": "read", "select": "read", "insert": "write", "update": "write", "delete": "write",
    }  # fmt: skip

    engine: Literal["postgres", "mysql"] = Field(default="postgres", json_schema_extra={"aws": "Engine"})
    """PostgreSQL or MySQL; it decides how many connections the memory allows."""

    multi_az: bool = Field(default=False, json_schema_extra={"aws": "MultiAZ"})
    """Keep an instance in another zone that takes over; AWS commits to more uptime."""

    readers: int = Field(default=0, ge=0, le=15, json_schema_extra={"unit": "instances"})
    """Further instances that take the reads; without any the writer takes them too."""

    query_ms: float = Field(default=4, ge=0, le=86_400_000, json_schema_extra={"unit": "ms"})
    """Mean time that a query keeps one vCPU busy."""

    latency_cv: float = Field(
        default=0.5, ge=0, le=10, json_schema_extra={"unit": "standard deviations/mean"}
    )
    """Spread of that time."""

    io_per_query: float = Field(default=0, ge=0, le=1_000_000, json_schema_extra={"unit": "I/O requests"})
    """Mean reads and writes of storage for each query; none where memory answers it."""

    max_connections: int | None = Field(
        default=None, ge=6, le=262_143, json_schema_extra={"unit": "connections", "aws": "max_connections"}
    )
    """Connections of each instance; from its memory where left out."""

    backup_gb: float = Field(default=0, ge=0, le=1e9, json_schema_extra={"unit": "GB"})
    """Backups beyond the size of the database, which are free."""
