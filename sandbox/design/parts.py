"""What a design is made of: nodes, edges, accounts, the effort beside the bill, and goals.

In the file a part is one table: the keys of its *head* stand beside the settings of its
service or connection. Here the two are kept apart: the head is the part's own attributes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from sandbox.catalog.account_quotas import default_quota, new_account
from sandbox.catalog.connection import Connection
from sandbox.catalog.service import EdgeSettings, Service, Settings, services
from sandbox.printable import on_a_line

LONGEST_ID = 80
ID_PATTERN = r"^\w([\w \-]{0,78}[\w\-])?$"
"""Letters, digits, `_`, `-` and inner spaces: what may stand between the dots of a path."""
SCHEMA = 1
"""Version of the file format."""
UNTITLED = "Untitled design"
HOME = "us-east-1"
WEEK_S = 604_800.0
"""Longest run that a goal may be about [s]."""


class DesignHead(Settings):
    """What a design says of itself."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    """Version of the file format."""

    name: str = Field(default=UNTITLED, max_length=200)
    """Name for people."""

    description: str = ""
    """What it shows and what to try, in Markdown."""

    region: str = HOME
    """AWS region of everything in it."""

    @field_validator("region")
    @classmethod
    def _regional(cls, region: str) -> str:
        if not re.fullmatch(r"[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}", region):
            msg = f"'{region}' does not look like a region, as in '{HOME}'"
            raise ValueError(msg)
        return region


class NodeHead(Settings):
    """What every node says of itself."""

    service: str
    """Id of the service in the catalogue."""

    label: str = Field(default="", max_length=200)
    """Name on the canvas; the node's id where left out."""

    account: str = ""
    """The further account it runs in; the design's own where left out."""

    team: str = Field(default="", max_length=200)
    """Who runs it; teams that share an account share its quotas."""

    position: tuple[int, int] | None = None
    """Column and row on the canvas; only for nodes that a person has moved."""


class EdgeHead(Settings):
    """What every edge says of itself."""

    model_config = ConfigDict(populate_by_name=True)

    source: str = Field(alias="from")
    """Id of the node it leaves."""

    target: str = Field(alias="to")
    """Id of the node it reaches."""

    role: str = ""
    """`dead-letter`, `on-failure`, `authorizer`; left out for the ordinary flow."""


class AccountHead(Settings):
    """What an account says of itself, beside its quotas."""

    free_tier: bool = False
    """Count the free tiers that never end."""

    free_tier_12_month: bool = False
    """Count the free tiers of an account's first year too."""

    preset: Literal["new"] | None = None
    """`new` for an account that AWS has not raised yet."""


class Effort(Settings):
    """People's cost beside the bill, for comparing with what runs today."""

    build_hours: float = Field(default=0, ge=0, json_schema_extra={"unit": "h"})
    """Hours to build it, once."""

    run_hours_per_month: float = Field(default=0, ge=0, json_schema_extra={"unit": "h/month"})
    """Hours to run it, each month."""

    usd_per_hour: float = Field(default=0, ge=0, json_schema_extra={"unit": "USD/h"})
    """What an hour costs."""

    @property
    def build_usd(self) -> float:
        """What building it costs, once.

        >>> Effort(build_hours=160, usd_per_hour=90).build_usd
        14400.0
        """
        return self.build_hours * self.usd_per_hour

    @property
    def run_usd_per_month(self) -> float:
        """What running it costs each month, the bill aside."""
        return self.run_hours_per_month * self.usd_per_hour


class Goal(Settings):
    """What a design must reach, as a bound on one number of its result."""

    metric: str = Field(min_length=1)
    """Path in the result, as in `flows.shoppers.success_ratio`, or in a run, as in `run.summary.lost`.

    Of a course of a run the worst moment counts; `.min`, `.max`, `.mean` or `.last` behind it choose.
    """

    at_least: float | None = None
    """The least that will do."""

    at_most: float | None = None
    """The most that will do."""

    at_load: float = Field(default=1.0, gt=0, le=1_000_000, json_schema_extra={"unit": "×"})
    """Load multiplier at which it must hold."""

    horizon_s: float | None = Field(default=None, gt=0, le=WEEK_S, json_schema_extra={"unit": "s"})
    """How long the run is, where the metric is of one; an hour where left out."""

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.at_least is None and self.at_most is None:
            msg = "a goal needs `at_least` or `at_most`"
            raise ValueError(msg)
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            msg = "`at_least` is more than `at_most`"
            raise ValueError(msg)
        if self.horizon_s is not None and not self.metric.startswith("run."):
            msg = "`horizon_s` is for the metrics of a run, which begin with `run.`"
            raise ValueError(msg)
        return self


class Fault(Settings):
    """Something that is worse than usual between two times of a timeline."""

    node: str
    """Id of the node that it happens to."""

    from_s: float = Field(default=0, ge=0, le=1e9, json_schema_extra={"unit": "s"})
    """When it begins."""

    to_s: float | None = Field(default=None, gt=0, le=1e9, json_schema_extra={"unit": "s"})
    """When it ends; never where left out."""

    slower: float = Field(default=1, ge=0, le=1_000_000, json_schema_extra={"unit": "×"})
    """Factor on the node's own time."""

    fail: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of its calls that fail beside what fails anyway."""

    capacity: float = Field(default=1, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of its limits that is left."""

    poisoned: int = Field(default=0, ge=0, le=100_000, json_schema_extra={"unit": "batches"})
    """Batches that it reads and can never finish; each holds up its lane of the stream."""

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.to_s is not None and self.to_s <= self.from_s:
            msg = f"to_s = {self.to_s:g} is not after from_s = {self.from_s:g}"
            raise ValueError(msg)
        return self


@dataclass(frozen=True)
class Node:
    """One service in its place."""

    id: str
    service: str
    settings: Settings
    label: str = ""
    account: str = ""
    position: tuple[int, int] | None = None
    team: str = ""

    @property
    def kind(self) -> Service:
        """The catalogue's entry."""
        return services()[self.service]

    @property
    def title(self) -> str:
        """Name for people: the label, or the id."""
        return on_a_line(self.label) or self.id


@dataclass(frozen=True)
class Edge:
    """One way from a node to another; two nodes may be joined by several."""

    source: str
    target: str
    connection: Connection
    settings: EdgeSettings

    @property
    def role(self) -> str:
        """`dead-letter`, `on-failure`, `authorizer`; nothing for the ordinary flow."""
        return self.connection.role

    @property
    def kind(self) -> str:
        """How the target is reached: `sync`, `async`, `polled`, `stream`, `dead-letter`."""
        return self.connection.kind

    @property
    def operation(self) -> str:
        """What is done at the target; nothing where there is only one thing to do."""
        return getattr(self.settings, "operation", None) or ""


@dataclass(frozen=True)
class Account:
    """Quotas of an AWS account in the design's region, and which free tiers it counts."""

    free_tier: bool = False
    free_tier_12_month: bool = False
    preset: Literal["new"] | None = None
    quotas: Mapping[str, float] = field(default_factory=dict)
    """By the account's own name for the quota; only what differs from AWS's defaults."""

    def __post_init__(self) -> None:
        """Keep the quotas from being changed in place."""
        object.__setattr__(self, "quotas", MappingProxyType(dict(self.quotas)))

    def default(self, key: str) -> float | None:
        """What the account has of a quota before it says anything; None where AWS has several defaults."""
        usual = new_account() if self.preset == "new" else {}
        return usual.get(key, default_quota(key))

    @property
    def in_force(self) -> Mapping[str, float]:
        """All that differs from AWS's defaults: what a new account has less of, and what it says itself."""
        return {**new_account(), **self.quotas} if self.preset == "new" else self.quotas
