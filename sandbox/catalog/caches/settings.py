"""Settings of an ElastiCache cache."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from sandbox.catalog.service import Settings


class ElastiCache(Settings):
    """Settings of a cache."""

    operations: ClassVar[tuple[str, ...]] = ("read", "write", "delete")

    engine: Literal["valkey", "redis", "memcached"] = Field(
        default="valkey", json_schema_extra={"aws": "Engine"}
    )
    """What runs there: Valkey costs a fifth to a third less than Redis OSS and Memcached."""

    mode: Literal["serverless", "nodes"] = "serverless"
    """Pay for what is stored and asked, or for nodes by the hour."""

    cache_hit_ratio: float = Field(default=0.9, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the reads that find what they ask for; the others go on over the fallback edge."""

    refill: bool = True
    """A read that misses also writes what the store answered, so that the next one finds it."""

    data_gb: float = Field(default=1, ge=0, le=1_000_000, json_schema_extra={"unit": "GB"})
    """Data kept in it."""

    latency_ms: float = Field(default=0.5, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Mean time of one request."""

    latency_cv: float = Field(default=0.5, ge=0, le=10, json_schema_extra={"unit": "ratio"})
    """Spread of that time: its standard deviation over its mean."""

    hot_key_share: float | None = Field(default=None, gt=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests that go to one key, so to one slot or shard; spread evenly where left out."""

    min_ecpu_per_s: int | None = Field(
        default=None,
        ge=1000,
        le=15_000_000,
        json_schema_extra={"unit": "ECPU/s", "aws": "ECPUPerSecond.Minimum"},
    )
    """Processing units that a serverless cache has ready, and bills, at the least."""

    max_ecpu_per_s: int | None = Field(
        default=None,
        ge=1000,
        le=15_000_000,
        json_schema_extra={"unit": "ECPU/s", "aws": "ECPUPerSecond.Maximum"},
    )
    """Most processing units that a serverless cache takes; beyond that it throttles."""

    node_type: Literal[
        "cache.t4g.micro",
        "cache.t4g.medium",
        "cache.m7g.large",
        "cache.r6g.large",
        "cache.r7g.large",
        "cache.m6g.12xlarge",
    ] = Field(default="cache.m7g.large", json_schema_extra={"aws": "CacheNodeType"})
    """Size of each node."""

    nodes: int = Field(default=1, ge=1, le=500, json_schema_extra={"unit": "nodes"})
    """Nodes in all; those beyond one for each shard are replicas."""

    shards: int = Field(default=1, ge=1, le=500, json_schema_extra={"unit": "shards", "aws": "NumNodeGroups"})
    """Shards that the data of the nodes is divided over; each node of Memcached is one."""

    requests_per_node_per_s: float = Field(
        default=100_000, gt=0, le=10_000_000, json_schema_extra={"unit": "requests/s"}
    )
    """Requests that one node answers; AWS publishes no number for each type, so measure yours."""

    read_from_replicas: bool = False
    """Read from replicas too, which may be a little behind."""

    connections_per_client: float = Field(
        default=1, ge=0, le=10_000, json_schema_extra={"unit": "connections"}
    )
    """Connections that each environment, task or instance of a caller keeps open."""

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        """Refuse a least above the most, and more shards than nodes."""
        least, most = self.min_ecpu_per_s, self.max_ecpu_per_s
        if least is not None and most is not None and least > most:
            msg = f"min_ecpu_per_s = {least} is more than max_ecpu_per_s = {most}"
            raise ValueError(msg)
        if self.mode == "nodes" and self.primaries > self.nodes:
            msg = f"shards = {self.shards} need a node each, and nodes = {self.nodes}"
            raise ValueError(msg)
        return self

    @property
    def primaries(self) -> int:
        """Nodes that keep different data: one for each shard; Memcached has no replicas."""
        return self.nodes if self.engine == "memcached" else self.shards

    @property
    def size(self) -> str:
        """The node type as keys of facts have it."""
        return self.node_type.removeprefix("cache.").replace(".", "_")

    @property
    def refills(self) -> float:
        """Writes of what was missed, for each read."""
        return (1.0 - self.cache_hit_ratio) * self.refill
