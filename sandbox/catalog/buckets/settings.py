"""Settings of an S3 bucket."""

from collections.abc import Mapping
from typing import ClassVar, Literal, Protocol, Self

from pydantic import BaseModel, Field, model_validator

from sandbox.catalog.service import Settings

_FAILURES = ("dead-letter", "on-failure")
"""Roles of edges whose items are put here, though they name no operation."""


class S3(Settings):
    """Settings of a bucket."""

    operations: ClassVar[tuple[str, ...]] = ("get", "put", "list", "select", "delete", "read", "write")
    reading: ClassVar[tuple[str, ...]] = ("get", "list", "select")
    telling: ClassVar[tuple[str, ...]] = ("put",)
    told_kb: ClassVar[float | None] = 1.0  # a notification names the bucket and the key, whatever the object
    synonyms: ClassVar[Mapping[str, str]] = {"read": "get", "write": "put"}
    closed: ClassVar[Mapping[str, str]] = {
        "select": "S3 Select has been closed to new customers since July 2024; "
        "get the object and filter in the function, or query with Athena"
    }

    prefixes: int = Field(default=1, ge=1, le=1_000_000, json_schema_extra={"unit": "prefixes"})
    """Prefixes that the requests are spread over; each takes 3,500 writes and 5,500 reads per second."""

    divided_after_s: float | None = Field(default=None, ge=1, le=86_400, json_schema_extra={"unit": "s"})
    """Time under load until S3 doubles what a new bucket takes; AWS gives no number. Done where left out."""

    latency_ms: float = Field(default=30, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Mean time of one request."""

    latency_cv: float = Field(default=0.5, ge=0, le=10, json_schema_extra={"unit": "ratio"})
    """Spread of that time: its standard deviation over its mean."""

    storage_gb: float = Field(default=0, ge=0, json_schema_extra={"unit": "GB"})
    """Data stored."""

    storage_class: Literal[
        "standard", "intelligent-tiering", "standard-ia", "onezone-ia", "glacier-instant"
    ] = Field(default="standard", json_schema_extra={"aws": "StorageClass"})
    """How it is stored: what is seldom read stores for less and asks more for each request."""

    object_kb: float | None = Field(default=None, gt=0, le=53_687_091_200, json_schema_extra={"unit": "KB"})
    """Mean size of an object stored; 128 KB, the least that some classes bill, where left out."""

    kept_days: float | None = Field(default=None, gt=0, le=36_500, json_schema_extra={"unit": "days"})
    """How long an object is kept; those classes bill 30 or 90 days for one that goes sooner."""

    infrequent_share: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the data that intelligent tiering has found to be seldom read."""

    lifecycle_class: Literal[
        "none", "intelligent-tiering", "standard-ia", "onezone-ia", "glacier-instant", "glacier-flexible",
        "deep-archive",
    ] = Field(default="none", json_schema_extra={"aws": "Transition.StorageClass"})  # fmt: skip
    """Where a lifecycle rule moves objects later."""

    lifecycle_share: float = Field(default=1, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the objects put here that are moved there."""

    lifecycle_gb: float = Field(default=0, ge=0, json_schema_extra={"unit": "GB"})
    """Data stored there."""

    response_kb: float | None = Field(default=None, ge=0, le=53_687_091_200, json_schema_extra={"unit": "KB"})
    """Mean size of an object read; as the edge says where left out."""

    @model_validator(mode="after")
    def _moves_somewhere(self) -> Self:
        """Refuse data that is stored nowhere."""
        if self.lifecycle_gb and self.lifecycle_class == "none":
            msg = "lifecycle_gb needs lifecycle_class, which says where it is stored"
            raise ValueError(msg)
        return self


class _Hop(Protocol):
    """What an edge, a `Link` and a `LinkUse` all say."""

    @property
    def settings(self) -> BaseModel: ...
    @property
    def role(self) -> str: ...
    @property
    def kind(self) -> str: ...


def operation(link: _Hop) -> str:
    """What an edge does here: gets, where it does not say, and puts what is delivered or has failed."""
    said: str | None = getattr(link.settings, "operation", None)
    if said is None:
        return "put" if link.role in _FAILURES or link.kind != "sync" else "get"
    return S3.synonyms.get(said, said)
