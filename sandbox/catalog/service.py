"""What a service is: its settings, how it lowers to stations, and how it bills.

Each service is a pair of files: `sqs.py` (behaviour) beside `sqs.toml` (facts, each with
unit, source and date). `services()` finds every pair; there is no list to edit. Its id is the files'
name with `-` for `_`.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from math import inf
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from sandbox.catalog.facts import Facts, Quotas, facts
from sandbox.catalog.help import help_of
from sandbox.catalog.usage import Charge, Usage
from sandbox.engine.network import Arc, Environments, Quota, Slots, Station
from sandbox.engine.profiles import Course


class Settings(BaseModel):
    """Settings of a node or an edge: frozen, and a name that is not a setting is refused.

    The docstring under a field is its help everywhere (see `help_of`). `json_schema_extra`
    carries `unit` (as people see it) and `aws` (AWS's own name for the setting).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    operations: ClassVar[tuple[str, ...]] = ()
    """What may be done at this service, the default first."""

    synonyms: ClassVar[Mapping[str, str]] = {}
    """Other words for some of the operations."""

    reading: ClassVar[tuple[str, ...]] = ()
    """Those of them whose item is what comes back; the others send it, and get next to nothing."""

    telling: ClassVar[tuple[str, ...]] = ()
    """Those of them that what follows is told of, where it is not told of all that comes."""

    told_kb: ClassVar[float | None] = None
    """Size of what tells of them [KB], where that is not the item itself but says where it is."""

    closed: ClassVar[Mapping[str, str]] = {}
    """Operations that AWS no longer offers to new customers: since when, and what it advises instead."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Put each field's help into the JSON Schema as its description."""
        schema = handler(core)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in help_of(cls).items():
            properties[cls.model_fields[name].alias or name]["description"] = text
        return schema


class EdgeSettings(Settings):
    """Settings that every edge has."""

    calls: float = Field(default=1.0, ge=0, le=1)
    """Items sent for each item at the source; a fraction is a probability or a filter's share."""


@dataclass(frozen=True)
class Link:
    """An edge as one of its ends sees it."""

    index: int
    """Place of the edge in the design."""
    kind: str
    """How the source reaches the target: `sync`, `async`, `polled`, `stream`, `dead-letter`, …"""
    role: str
    peer: str
    """Id of the node at the other end."""
    peer_service: str
    settings: EdgeSettings
    item_kb: float
    """Size of one item on this hop [KB]: the edge's, else the target's, else what the source received."""
    peer_settings: Settings | None = None
    """Settings of the node at the other end; unknown where left out."""
    answer_kb: float = 0.0
    """Mean size of what the target of a call answers [KB]."""

    @property
    def operation(self) -> str:
        """What is done at the target, or nothing where there is only one thing to do."""
        return getattr(self.settings, "operation", None) or ""


@dataclass(frozen=True)
class Site:
    """A node in its place: what `lower` gets to know."""

    id: str
    settings: Settings
    quotas: Quotas
    """The service's quotas and parameters, resolved for the node's account and region."""
    account: str
    """Prefix of the ids of what the whole account shares."""
    inflows: Sequence[Link] = ()
    outflows: Sequence[Link] = ()


@dataclass(frozen=True)
class Limit:
    """How people see a quota or a pool of slots."""

    name: str
    unit: str
    scope: str
    adjustable: bool
    source: str
    raised_by: str = ""
    """What raises it: a setting of the node, or `account.` and a quota's key; nothing where nothing does."""


@dataclass(frozen=True)
class Parts:
    """What a node becomes: stations, and where edges attach to them."""

    stations: tuple[Station, ...]
    entries: Mapping[int, str] = field(default_factory=dict)
    """For each incoming edge (by index) the station where its items enter; the first where left out."""
    callers: tuple[str, ...] = ()
    """Stations that make the node's calls; the first station where left out."""
    emitters: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """For an outgoing edge that leaves from some stations alone (a stream of changes, a call when a client
    connects), those stations; the callers where left out."""
    gains: Mapping[int, float] = field(default_factory=dict)
    """For an outgoing edge, its calls for each item of the stations that it leaves from; as the service's
    `gain` says where left out."""
    emitted: Mapping[str, float] = field(default_factory=dict)
    """By station, the items it hands on so for each that it did; 1 where left out."""
    arcs: tuple[Arc, ...] = ()
    """Ways between the node's own stations, such as into a buffer and out of it again."""
    behind: frozenset[str] = frozenset()
    """Stations that get what the node's own ones pass on: what is asked of it was counted before."""
    works: tuple[str, ...] = ()
    """Stations whose time, failures and concurrency are the node's; those that are asked where left out."""
    buffers: Mapping[str, Limit] = field(default_factory=dict)
    """The holding stations among its own, and how the pace of what empties them is shown."""
    gives_up: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the role of an outgoing edge, those of them whose exhausted items take it."""
    quotas: tuple[Quota, ...] = ()
    slots: tuple[Slots, ...] = ()
    environments: tuple[Environments, ...] = ()
    set_aside: Mapping[str, float] = field(default_factory=dict)
    """Slots this node takes out of a pool that others share, by the pool's id."""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    """By the id of each quota and pool of slots."""
    units: Mapping[str, float] = field(default_factory=dict)
    """Slots of one task or instance, by the id of the pool that is made of such."""

    @property
    def asked(self) -> tuple[str, ...]:
        """Stations of what is asked of the node, without what goes on behind them or beside them."""
        return tuple(
            station.id
            for station in self.stations
            if not station.aside and station.id not in self.behind and station.id not in self.buffers
        )

    @property
    def working(self) -> tuple[str, ...]:
        """Stations that do what is asked."""
        return self.works or self.asked


def every_call(_settings: Settings, link: Link) -> float:
    """Items per item at the source, as the edge says."""
    return link.settings.calls


def every_item(_settings: Settings, _link: Link) -> float:
    """All that an edge brings."""
    return 1.0


def as_long_as_it_takes(_settings: Settings, _link: Link) -> float:
    """No end to the wait for an answer [s]."""
    return inf


def one_at_a_time(_settings: Settings, _link: Link) -> float:
    """The calls of an invocation follow each other."""
    return 1.0


def whole_volume(_settings: Settings) -> float:
    """The month's mean rate as a share of the rate that is evaluated: all of it."""
    return 1.0


def as_published(_settings: Settings, known: Facts) -> float | None:
    """The service's one availability commitment."""
    return known.availability


@dataclass(frozen=True)
class Service:
    """One service of the catalogue."""

    id: str
    title: str
    family: str
    """`source`, `front`, `compute`, `flow`, `store` or `other`: how it is coloured and grouped."""
    badge: str
    """Short name on the canvas."""
    icon: str
    settings: type[Settings]
    lower: Callable[[Site], Parts]
    bill: Callable[[Settings, Usage], list[Charge]]
    summary: str
    """One line for the picker."""
    also_called: tuple[str, ...] = ()
    """What people type for it beside its id, badge and title."""
    begins: bool = False
    """Whether items come from it: what it is asked for is what the design must serve."""
    keeps: bool = False
    """Whether what comes in stays until somebody reads it, so that it grows where nobody does."""
    takes_events: bool = False
    """Whether what it is handed asynchronously waits in a queue of its own."""
    answers: bool = False
    """Whether its answers to a source leave AWS and are billed as transfer out."""
    volume_ratio: Callable[[Settings], float] = whole_volume
    """For a source, its month's mean rate as a share of the peak that is evaluated."""
    course: Callable[[Settings], Course] | None = None
    """For a source that does not send steadily by itself, its items per second over time."""
    gain: Callable[[Settings, Link], float] = every_call
    """Calls on an outgoing edge for each item here (a cache takes its hits off)."""
    at_once: Callable[[Settings, Link], float] = one_at_a_time
    """Calls of one invocation on an outgoing edge that are under way at the same time."""
    patience: Callable[[Settings, Link], float] = as_long_as_it_takes
    """Longest that one call on an outgoing edge is waited for [s]; a station has a timeout for the whole."""
    arriving: Callable[[Settings, Link], float] = every_item
    """Share of the calls on an incoming edge that come so far (a token that is still good asks nobody)."""

    availability: Callable[[Settings, Facts], float | None] = as_published
    """Monthly uptime AWS commits to with such settings, as a share; None where it publishes none."""
    ended: str = ""
    """Since when AWS no longer offers it, and where to go; nothing where it does."""
    counts: Mapping[str, Callable[[Settings], float]] = field(default_factory=dict)
    """By the key of a quota, what a node takes of what its account may have, used or not."""

    @property
    def facts(self) -> Facts:
        """Quotas, parameters, prices and availability from the file beside the behaviour."""
        return facts(self.id)


class _Catalogue(Mapping[str, Service]):
    """Services by id, each read when it is first asked for: a design uses a few of many."""

    def __init__(self) -> None:
        package = import_module("sandbox.catalog.services")
        names = [module.name for module in pkgutil.iter_modules(package.__path__)]
        self._modules = dict(sorted((name.rstrip("_").replace("_", "-"), name) for name in names))
        self._read: dict[str, Service] = {}

    def __getitem__(self, key: str) -> Service:
        if key not in self._read:
            self._read[key] = import_module(f"sandbox.catalog.services.{self._modules[key]}").SERVICE
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


@cache
def services() -> Mapping[str, Service]:
    """Every service of the catalogue, by id."""
    return _Catalogue()
