"""A queueing network: stations joined by arcs, and the quotas and slots they share.

Units are seconds, items and items per second; *load* is in Erlangs (rate × duration).
Two kinds of station are enough: a *loss* station admits an item or rejects it while its
caller waits; a *holding* station keeps what it cannot pass on and drives one station.
Everything here is frozen; `compiling.compile_network` turns it into arrays.
"""

from dataclasses import dataclass
from enum import Enum
from math import inf


class ArcKind(Enum):
    """How a station hands an item to the next."""

    SYNC = "sync"
    """The source waits, and fails when the target fails."""
    HANDOFF = "handoff"
    """The source is done once the target has admitted the item."""
    DRIVE = "drive"
    """A holding station's consumer."""
    DEAD_LETTER = "dead-letter"
    """Where a holding station's exhausted items go."""


@dataclass(frozen=True, slots=True)
class Doubling:
    """A capacity that allows a multiple of its past peak; used when time is simulated."""

    start: float
    """Capacity before there was any use."""
    factor: float = 2.0
    """Times the peak that are there at once."""
    after: float = 1800.0
    """Seconds after which a peak counts."""


@dataclass(frozen=True, slots=True)
class Tracking:
    """A capacity that is adjusted to its use: at rest so much that the target's share of it is in use."""

    least: float = 0.0
    """Never less than this."""
    target: float = 0.7
    """Share of the capacity that should be in use."""
    out_after: float = 120.0
    """Seconds above the target before more is ordered."""
    out_lag: float = 60.0
    """Seconds until what was ordered is there."""
    in_after: float = 900.0
    """Seconds well below the target before some is given back."""
    slack: float = 0.1
    """How far below the target is well below, as a share of it."""
    start: float | None = None
    """Capacity when a simulation of time starts; what its first tick needs where left out."""
    step: float = 0.0
    """It comes and goes in whole steps of so much (a task, an instance); 0 for any amount."""
    added: float = inf
    """Most capacity that is added per second once it arrives."""
    added_burst: float = 0.0
    """What may be added at once; what is not used of `added` fills it up again."""
    decreases: float = inf
    """Times that some may be given back one after the other."""
    decrease_after: float = 3600.0
    """Seconds until that may be done once more."""


@dataclass(frozen=True, slots=True)
class Growing:
    """A capacity that follows its use by a share of itself per second: the larger, the faster.

    At rest it is so much that the target's share of it is in use.
    """

    least: float = 0.0
    """Never less than this."""
    target: float = 0.7
    """Share of the capacity that should be in use."""
    rise: float = 0.05
    """Share by which it grows per second while more is wanted."""
    fall: float = 0.01
    """Share by which it shrinks per second while less is wanted."""
    start: float | None = None
    """Capacity when a simulation of time starts; what its first tick needs where left out."""
    step: float = 0.0
    """It comes and goes by any amount."""


@dataclass(frozen=True, slots=True)
class Quota:
    """A rate that several stations may share: so many units per second, with a burst."""

    id: str
    capacity: float
    """Most units per second."""
    burst: float = inf
    """Units of a full token bucket; used when time is simulated."""
    measure: str = "rate"
    """What is counted: `rate` (units/s), the `slots` that callers have in use, the `environments` that they
    keep (in use where they have none), or the `capacity` of their slots or of those that draw on it."""
    moves: Doubling | Tracking | None = None
    """How the capacity comes to what is given, where it is not there at once."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one item (or batch) of a station takes of a quota."""

    quota: str
    units: float = 1.0
    per_batch: bool = False
    share: float = 1.0
    """The part of the station's items that see this quota; only those are rejected by it."""
    part: str = ""
    """Name of that part (a hot shard): demands of one part act on the same items."""
    measure: str = ""
    """What is counted of its callers, where that is not what the quota says; see `Quota.measure`."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What every slot that is there takes of a quota that counts capacity (the vCPUs of an account)."""

    quota: str
    units: float = 1.0
    """Units of one slot."""


@dataclass(frozen=True, slots=True)
class Slots:
    """So many items (or batches) in service at once, shared by every station that names it."""

    id: str
    capacity: float
    rate_per_slot: float = inf
    """Most invocations per second for each slot of the capacity."""
    places: float = 0.0
    """Items that may wait for a slot; loss systems have none."""
    patience: float = inf
    """Longest wait [s]; who has waited so long leaves the line unserved, after it has held the caller."""
    service_cv: float = 1.0
    """Coefficient of variation of the service time, for the wait."""
    moves: Tracking | Growing | None = None
    """How the slots come to their capacity, where they are not there at once (containers)."""
    draws: tuple[Draw, ...] = ()
    """What they take of quotas that others share; where too little is left, fewer slots are there."""


@dataclass(frozen=True, slots=True)
class Environments:
    """What must be started before a station can serve, and is kept a while when idle."""

    id: str
    init: float = 0.0
    """Seconds a cold start adds."""
    idle_expiry: float = 620.0
    """Seconds an unused environment is kept."""
    ready: float = 0.0
    """Environments kept ready: never cold, used before the shared slots; the most where they follow."""
    most: float = inf
    """No more environments than this."""
    added: float = inf
    """Most environments started per second in the long run; used when time is simulated."""
    added_burst: float = inf
    """Most environments started at once; what is not used of `added` fills it up again."""
    moves: Tracking | None = None
    """How those kept ready follow their use, where they do; what is not kept so is there for all."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How a holding station collects batches, drives its consumer and tries again."""

    lanes_least: float = 1.0
    lanes_most: float = inf
    """Batches in service at once; least = most for a stream's fixed lanes."""
    lanes_added: float = inf
    """Lanes added per second, from `lanes_least` on, while items remain; used when time is simulated."""
    fill: float = 0.9
    """Share of its lanes' capacity at which one more lane is added."""
    batch_most: float = 1.0
    rate_most: float = inf
    """Items per second that can be read, whatever the lanes do."""
    window: float = 0.0
    """Longest wait to fill a batch [s]."""
    poll: float = 0.0
    """Seconds between reads of a lane; 0 where an idle lane takes what is there at once."""
    attempts: float = inf
    """Most executions of an item before it is given up."""
    throttles_count: bool = False
    """A refused delivery uses up an attempt (a queue's maximum receives)."""
    in_place: bool = False
    """A failed batch is tried again at once and blocks its lane (a stream)."""
    error_backoff: float = 0.0
    """Capacity falls to 1/(1 + error_backoff × share of failed batches)."""
    bisect: bool = False
    """A failed batch is split, so that only its poisoned half goes on failing."""
    retry_delay: float = 0.0
    """Seconds before an item that failed is delivered again."""
    retry_growth: float = 1.0
    """Factor by which that delay grows from one try to the next."""
    refused_delay: float = 0.0
    """Seconds before an item that the consumer refused is offered again; doubles with each refusal."""
    refused_most: float = inf
    """Longest such pause [s]."""
    delay: float = 0.0
    """Seconds before an item may be delivered for the first time."""
    retention: float = inf
    """Seconds an item is kept."""
    initial: float = 0.0
    """Items that are there when a simulation of time starts."""
    hot_share: float = 0.0
    """Part of the items that can only use `hot_lanes` (a hot shard); 0 for evenly spread."""
    hot_lanes: float = 0.0


@dataclass(frozen=True, slots=True)
class Station:
    """One place where items are admitted, served and passed on."""

    id: str
    arrivals: float = 0.0
    """Items per second from outside; scaled by the load multiplier."""
    users: float = 0.0
    """A closed loop's users: their rate is users / (think + response time)."""
    think: float = 0.0
    peakedness: float = 1.0
    """Variance-to-mean ratio of what arrives from outside."""
    fixed: float = 0.0
    """Own seconds of an invocation with one item, without what it calls."""
    per_item: float = 0.0
    """Own seconds for each further item of a batch."""
    cv: float = 0.0
    """Coefficient of variation of the own time."""
    timeout: float = inf
    """Seconds after which an invocation, with what it calls, is cut and has failed."""
    error: float = 0.0
    """Share of invocations (of items, with `item_failures`) that fail by themselves."""
    item_failures: bool = False
    """Items of a batch fail one by one."""
    demands: tuple[Demand, ...] = ()
    slots: tuple[str, ...] = ()
    environments: str | None = None
    holding: Holding | None = None
    routes: bool = False
    """The synchronous ways out are alternatives: an item takes one of them."""
    aside: bool = False
    """What comes here from outside goes along with the load without being asked for (connections)."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A way from one station to another."""

    source: str
    target: str
    kind: ArcKind = ArcKind.SYNC
    gain: float = 1.0
    """Mean items sent for each item (or batch) completed at the source; below 1 a probability."""
    per_batch: bool = False
    attempts: float = 1.0
    """Most tries of a call, the first included."""
    backoff: float = 0.0
    """Mean pause between tries [s]; the caller holds its slot meanwhile."""
    parallel: bool = False
    """Called at the same time as the neighbouring parallel calls of the source."""
    at_once: float = 1.0
    """Calls of one invocation that are under way at the same time; the others wait their turn (a map)."""
    timeout: float = inf
    """The caller gives up on one try after so many seconds."""


@dataclass(frozen=True, slots=True)
class Network:
    """Stations, arcs, and what they share. Arcs name stations by id, in calling order."""

    stations: tuple[Station, ...]
    arcs: tuple[Arc, ...] = ()
    quotas: tuple[Quota, ...] = ()
    slots: tuple[Slots, ...] = ()
    environments: tuple[Environments, ...] = ()
