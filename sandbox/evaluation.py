"""An evaluated design: everything a view shows, told from one solved network.

A value of several loads has a column for each; `at(i)` gives the evaluation of one.
What is cheap is there at once; headroom, flows and goals are worked out when asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sandbox.bill import Cost, Line, bill
from sandbox.catalog.service import services
from sandbox.design.model import Design
from sandbox.engine.compiled import Array
from sandbox.engine.compiling import compile_network
from sandbox.engine.steady import Steady, follow, solve
from sandbox.flows import flows
from sandbox.growth import Growth
from sandbox.headroom import headroom
from sandbox.lower import Lowered, lower
from sandbox.outcome import EdgeOutcome, Finding, FlowOutcome, GoalOutcome, NodeOutcome, Rung
from sandbox.telling import Telling
from sandbox.total import TotalCost


@dataclass(frozen=True)
class Evaluation:
    """A design, its solved network and its bill at one load, or at several."""

    design: Design
    lowered: Lowered
    steady: Steady
    cost: Cost
    scenario: int = 0
    findings: tuple[Finding, ...] = ()
    goals: tuple[GoalOutcome, ...] = ()
    month: Steady | None = None
    """The state that the month is billed by, where it is another."""
    is_first_look: bool = False
    """Whether it was only followed from another one; see `look_from`."""

    @property
    def load(self) -> float:
        """Load multiplier."""
        return float(self.steady.loads[self.scenario])

    @property
    def loads(self) -> Array:
        """All load multipliers of this value."""
        return self.steady.loads

    def at(self, scenario: int) -> "Evaluation":
        """The evaluation of one of several loads."""
        return replace(self, scenario=scenario)

    @property
    def converged(self) -> bool:
        """Whether the fixed point was reached."""
        return bool(self.steady.converged[self.scenario])

    @property
    def metastable(self) -> bool:
        """Whether a disturbance can leave the design in a worse state that lasts."""
        return bool(self.steady.metastable[self.scenario])

    @cached_property
    def telling(self) -> Telling:
        """The network's numbers in the design's words."""
        return Telling(self.lowered, self.steady, self.cost, self.scenario)

    @cached_property
    def nodes(self) -> Mapping[str, NodeOutcome]:
        """What every node does."""
        return {key: self.telling.node(key) for key in self.design.nodes}

    @cached_property
    def edges(self) -> tuple[EdgeOutcome, ...]:
        """What goes over every edge, in the design's order."""
        return tuple(self.telling.edge(index) for index in range(len(self.design.edges)))

    @cached_property
    def flows(self) -> Mapping[str, FlowOutcome]:
        """What every source gets."""
        return flows(self.telling)

    @cached_property
    def headroom(self) -> tuple[Rung, ...]:
        """The ladder of throttling points, from this design at a load of 1."""
        return headroom(self.telling, self.steady.compiled)

    @cached_property
    def growth(self) -> Growth:
        """When the growth of the sources meets a limit."""
        return Growth(self.lowered, self.steady, self.scenario)

    @property
    def monthly_usd(self) -> float:
        """The month's bill [USD]."""
        return float(self.cost.monthly_usd[self.scenario])

    @property
    def total_cost(self) -> TotalCost | None:
        """The bill with the people's cost, where the design says what effort it takes."""
        effort = self.design.effort
        return TotalCost.of(self.monthly_usd, effort) if effort else None

    @property
    def per_million_usd(self) -> float | None:
        """Cost of a million source requests [USD]."""
        usd = float(self.cost.per_million_usd[self.scenario])
        return usd if np.isfinite(usd) else None

    @property
    def per_customer_usd(self) -> float | None:
        """Cost of one customer a month [USD], where a source says how many requests one makes."""
        customers = float(self.cost.customers[self.scenario])
        return self.monthly_usd / customers if customers > 0 else None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The bill, line by line."""
        return self.cost.lines(self.scenario)

    @property
    def source_rate_per_s(self) -> float:
        """What all sources send together [requests/s]."""
        return float(self.cost.source_rate[self.scenario])

    def to_dict(self) -> dict[str, object]:
        """The JSON contract: plain values, null where there is none."""
        from sandbox.contract import to_dict  # noqa: PLC0415  # the contract needs this class

        return to_dict(self)


def evaluate_plain(design: Design, load: float | Array = 1.0) -> Evaluation:
    """Lower, solve and price a design, without findings and goals.

    Args:
        design: What the user drew.
        load: One load multiplier, or an array of them, solved in one go.

    Raises:
        MissingPriceError: The region has no price for something that is used.
    """
    lowered = lower(design)
    steady = solve(compile_network(lowered.network), load)
    month = billed(lowered, steady)
    return Evaluation(design, lowered, steady, bill(lowered, month, steady), month=month)


def look_from(before: Evaluation, design: Design, load: float) -> Evaluation | None:
    """A first look at where an edit or another load leads, quickly: `evaluate_plain` has the last word.

    Args:
        before: An evaluation of nearly the same design, at one load.
        design: What the user drew.
        load: Load multiplier, > 0.

    Returns:
        Nothing where the design has other parts than before.

    Raises:
        MissingPriceError: The region has no price for something that is used.
    """
    is_same = design is before.design
    lowered = before.lowered if is_same else lower(design)
    steady = follow(before.steady, before.steady.compiled if is_same else lowered.network, load)
    if steady is None:
        return None
    month = billed(lowered, steady, before.month)
    return Evaluation(design, lowered, steady, bill(lowered, month, steady), month=month, is_first_look=True)


def billed(lowered: Lowered, steady: Steady, before: Steady | None = None) -> Steady:
    """The state that a month is billed by: the mean rates where sources name a volume, else the same.

    Volume drives the bill, the peak drives the limits.

    Args:
        lowered: The design and its network.
        steady: Its state at the peak.
        before: A state nearby to follow from, in place of solving.
    """
    stations = []
    for key, node in lowered.design.nodes.items():
        ratio = services()[node.service].volume_ratio(node.settings)
        if ratio != 1.0:
            stations.append((lowered.parts[key].stations[0].id, ratio))
    if not stations:
        return steady
    quieter = dict(stations)
    for station, sources in lowered.companions():
        found = [quieter.get(lowered.parts[key].stations[0].id, 1.0) for key in sources]
        quieter[station.id] = sum(found) / len(found) if found else 1.0
    network = lowered.network
    mean = replace(
        network,
        stations=tuple(
            replace(station, arrivals=station.arrivals * quieter.get(station.id, 1.0))
            for station in network.stations
        ),
    )
    near = follow(before, mean, float(steady.loads[0])) if before is not None else None
    return near or solve(mean, steady.loads)
