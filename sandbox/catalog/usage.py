"""What a month used of a node, and what that is charged as.

All rates are arrays over the scenario axis `[S]`; the month is 730 hours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

Array = NDArray[np.float64]

MONTH_S = 2_628_000.0
"""Seconds of a billing month (730 h)."""
HOURS = 730.0
"""Hours of a billing month."""
KB_PER_GB = 1_048_576.0


@dataclass(frozen=True)
class StationUse:
    """What one station of the node did, per second."""

    offered: Array
    """Items offered [1/s]."""
    accepted: Array
    """Items admitted [1/s]."""
    invocations: Array
    """Batches (or single requests) admitted [1/s]."""
    duration: Array
    """Mean seconds of an admitted invocation, calls included, cut at the timeout, without the init."""
    variance: Array
    """Its variance [s²]."""
    cold_ratio: Array
    """Share of invocations that start cold."""
    load: Array
    """Mean invocations in service, init included."""


@dataclass(frozen=True)
class LinkUse:
    """What went over one edge of the node, per second."""

    index: int
    kind: str
    role: str
    peer: str
    peer_service: str
    settings: BaseModel
    item_kb: float
    """Size of one item on this hop [KB]."""
    offered: Array
    """Items that arrived at the target's door, tries included [1/s]."""
    accepted: Array
    """Items the target admitted [1/s]."""
    batches: Array
    """Batches (or calls) that carried the admitted items [1/s]."""
    lanes: Array
    """Pollers or lanes at work; 0 where the edge has none."""
    lanes_least: float
    """Pollers that are there even when nothing comes."""
    busy: Array | None = None
    """Mean lanes occupied by a batch; unknown where left out, which bills them as idle."""
    succeeded: Array | None = None
    """Batches whose work succeeded [1/s]; all of them where left out."""
    peer_settings: BaseModel | None = None
    """Settings of the node at the other end; unknown where left out."""
    peer_slots: Mapping[str, Array] = field(default_factory=dict)
    """Slots that the other node's pools come to, by id."""
    tries: Array | None = None
    """Mean tries of one call, the first included; one where left out."""
    handed: Array | None = None
    """Items that were handed on for good, however often they were tried [1/s]; as admitted where left out."""
    answer_kb: float = 0.0
    """Mean size of what the target of a call answers [KB]."""

    @property
    def once(self) -> Array:
        """Items that went this way, each counted once [1/s]."""
        return self.accepted if self.handed is None else self.handed


@dataclass(frozen=True)
class Usage:
    """What a node did, per second, for `bill` to turn into a month's charges."""

    stations: Mapping[str, StationUse]
    """By station id, as `lower` named them."""
    inflows: Sequence[LinkUse]
    outflows: Sequence[LinkUse]
    environments: Array
    """Mean environments alive."""
    overflow: Array
    """Share of the invocations served beyond the environments that are kept ready; 1 where none are kept."""

    answer_kb: float = 0.0
    """Mean size of the node's answer to one request [KB]."""

    region: str = "us-east-1"
    """Where the node is."""

    customers: Array = field(default_factory=lambda: np.zeros(1))
    """Customers of the month whose requests lead here, of the sources that say how many one makes."""

    slots: Mapping[str, Array] = field(default_factory=dict)
    """Slots that the node's pools come to, by id; unknown where left out."""

    ready: Array | None = None
    """Environments kept ready; as the settings say where left out."""

    @property
    def accepted(self) -> Array:
        """Items admitted at all its stations [1/s]."""
        return sum((use.accepted for use in self.stations.values()), start=np.zeros(1))


@dataclass(frozen=True)
class Charge:
    """So many billing units of one price, before tiers and free amounts."""

    price: str
    """Key of a price: `service.key`."""
    quantity: Array
    """Units a month [S]."""
    free_tier: bool = True
    """Whether a free amount counts for it."""
    unit_usd: float | None = None
    """Price of one unit that the design itself names [USD]; then no price is looked up."""
    asked: float = 1.0
    """Share of the listed price that is asked (Spot, a fee on top of what something else costs)."""
    words: str = ""
    """What such a charge is called on the bill; as the price where left out."""
    unit: str = ""
    """What such a charge counts."""
    least: float = 0.0
    """Units that the account pays for each month at least, whatever all its nodes use of the price."""


def chunks(size_kb: float, chunk_kb: float) -> float:
    """Billed chunks of one item: every started chunk counts, and an empty item is one.

    >>> chunks(65, 64), chunks(64, 64), chunks(0, 64)
    (2.0, 1.0, 1.0)
    """
    return max(1.0, float(np.ceil(size_kb / chunk_kb - 1e-9)))
