"""Usage → Cost: what a month of the steady state is billed as, per node and in total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sandbox.catalog.egress.carried import exchanged
from sandbox.catalog.pricing import TRANSFER_OUT, Priced, Terms, price
from sandbox.catalog.service import Link, Settings, services
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, LinkUse, StationUse, Usage
from sandbox.design.sizes import answer_kb
from sandbox.engine.steady import Steady
from sandbox.lower import Lowered


@dataclass(frozen=True)
class Line:
    """One line of the bill."""

    node: str
    item: str
    quantity: float
    unit: str
    unit_usd: float
    usd: float
    source: str


@dataclass(frozen=True)
class Cost:
    """A month's bill [USD], over the scenarios."""

    priced: tuple[Priced, ...]
    monthly_usd: Array
    by_node: Mapping[str, Array]
    requests: Array
    """Requests of all sources in the month."""
    source_rate: Array
    """What all sources send at the peak [requests/s]."""
    customers: Array
    """Customers that the month's requests come from; 0 where no source says how many requests one makes."""

    @property
    def per_million_usd(self) -> Array:
        """Cost of a million source requests [USD]; NaN where there are none."""
        none = np.full_like(self.requests, np.nan)
        return np.divide(self.monthly_usd * 1e6, self.requests, out=none, where=self.requests > 0)

    def lines(self, scenario: int = 0) -> tuple[Line, ...]:
        """The bill of one scenario, one line for each price band that is used."""
        found = []
        for row in self.priced:
            for band in row.bands:
                quantity = float(band.quantity[min(scenario, len(band.quantity) - 1)])
                if quantity > 0:
                    usd = quantity * band.unit_usd
                    found.append(Line(row.node, row.item, quantity, row.unit, band.unit_usd, usd, row.source))
        costing = {line.node for line in found if line.usd > 0}
        return tuple(line for line in found if line.node in costing)


def bill(lowered: Lowered, steady: Steady, peak: Steady) -> Cost:
    """Price a month of a steady state.

    Args:
        lowered: The design and its network.
        steady: The state that the month is billed by.
        peak: The state at the sources' highest rates.

    Raises:
        MissingPriceError: The region has no price for something that is used.
    """
    design, books = lowered.design, _Books.of(lowered, steady)
    by_account: dict[str, list[tuple[str, Charge]]] = {}
    for key, node in design.nodes.items():
        usage = books.use(key)
        service = services()[node.service]
        charges = [*service.bill(node.settings, usage)]
        if service.answers:
            charges += _transfer_out(usage, service.settings)
        by_account.setdefault(node.account, []).extend((key, charge) for charge in charges)
    priced = []
    for name, rows in by_account.items():
        account = design.accounts[name] if name else design.account
        priced += price(rows, Terms(design.region, account.free_tier, account.free_tier_12_month))
    zero = np.zeros(steady.loads.shape)
    by_node = {key: zero.copy() for key in design.nodes}
    for row in priced:
        by_node[row.node] += row.usd
    sources = [lowered.parts[k].stations[0].id for k, n in design.nodes.items() if n.kind.begins]
    rows_of = [steady.compiled.rows[station] for station in sources]
    requests = steady.offered[rows_of].sum(axis=0) * MONTH_S if rows_of else zero
    rate = peak.offered[rows_of].sum(axis=0) if rows_of else zero
    total = sum(by_node.values(), start=zero)
    customers = sum(_customers(lowered, steady).values(), start=zero)
    return Cost(tuple(priced), total, by_node, requests, rate, customers)


def _customers(lowered: Lowered, steady: Steady) -> dict[str, Array]:
    """Customers behind the month's requests, by the source, where it says how many requests one makes."""
    found = {}
    for key, node in lowered.design.nodes.items():
        each = getattr(node.settings, "requests_per_customer_month", None)
        if each:
            row = steady.compiled.rows[lowered.parts[key].stations[0].id]
            found[key] = steady.offered[row] * MONTH_S / each
    return found


@dataclass(frozen=True)
class _Books:
    """What every node did, per second, told one by one."""

    lowered: Lowered
    steady: Steady
    let_in: Array
    """Share of what asks that each station admits [station, scenario]."""
    places: Mapping[str, int]
    """Place of each holding station among them."""
    pools: Mapping[str, int]
    """Row of each pool of slots."""
    calls: Mapping[int, int]
    """Place of each synchronous arc among the calls."""
    customers: Sequence[tuple[frozenset[str], Array]]
    """For each source that tells of customers, the nodes that it leads to, and how many they are."""

    @staticmethod
    def of(lowered: Lowered, steady: Steady) -> "_Books":
        """Ready for the questions."""
        none = np.zeros_like(steady.offered)
        let_in = np.divide(steady.accepted, steady.offered, out=none, where=steady.offered > 0)
        stations = steady.compiled.network.stations
        places = {stations[row].id: place for place, row in enumerate(steady.compiled.held.tolist())}
        pools = {pool.id: row for row, pool in enumerate(steady.compiled.network.slots)}
        calls = {arc: call for call, arc in enumerate(steady.compiled.calls.arc.tolist())}
        told = _customers(lowered, steady).items()
        customers = tuple((frozenset(lowered.reached(key)), count) for key, count in told)
        return _Books(lowered, steady, let_in, places, pools, calls, customers)

    def use(self, key: str) -> Usage:
        """What one node did."""
        parts, compiled, steady = self.lowered.parts[key], self.steady.compiled, self.steady
        rows = {station.id: compiled.rows[station.id] for station in parts.stations}
        env = [compiled.env_rows[e.id] for e in parts.environments]
        main = compiled.rows[parts.stations[0].id]
        inflows, outflows = self.lowered.links[key]
        return Usage(
            stations={station: _station(steady, row) for station, row in rows.items()},
            inflows=tuple(self._link(link) for link in inflows),
            outflows=tuple(self._link(link) for link in outflows),
            environments=_summed(steady.environments, env),
            overflow=steady.overflow[main],
            answer_kb=answer_kb(self.lowered.design, key),
            region=self.lowered.design.region,
            customers=sum((count for nodes, count in self.customers if key in nodes), start=np.zeros(1)),
            slots=self._slots(key),
            ready=_summed(steady.ready, env) if env else None,
        )

    def _slots(self, key: str) -> dict[str, Array]:
        """Slots of a node's pools that are there."""
        pools = self.lowered.parts[key].slots
        return {pool.id: self.steady.slots[self.pools[pool.id]] for pool in pools}

    def _link(self, link: Link) -> LinkUse:
        """What went over an edge: offered at the target's door, and admitted there."""
        steady, plan = self.steady, self.lowered.edges[link.index]
        offered = _summed(steady.arc_items, plan.arcs)
        entry = steady.compiled.rows[plan.entry]
        accepted = offered * self.let_in[entry]
        lanes, least, handed = np.zeros(steady.loads.shape), 0.0, None
        if plan.holding is not None:
            place = self.places[plan.holding]
            lanes, handed = steady.held.lanes[place], steady.held.passed[place]
            least = float(steady.compiled.holding["lanes_least"][place, 0])
        batches = accepted / steady.batch[entry]
        return LinkUse(
            link.index, link.kind, link.role, link.peer, link.peer_service, link.settings, link.item_kb,
            offered, accepted, batches, lanes, least, steady.load[entry], batches * steady.success[entry],
            link.peer_settings, self._slots(link.peer), self._tries(plan.arcs, offered), handed,
            link.answer_kb,
        )  # fmt: skip

    def _tries(self, arcs: Sequence[int], offered: Array) -> Array | None:
        """Mean tries of the calls on some arcs; nothing where they carry no calls."""
        steady = self.steady
        calls = [self.calls[arc] for arc in arcs if arc in self.calls]
        if not calls:
            return None
        rows = steady.compiled.calls.arc[calls]
        first = (steady.arc_items[rows] / np.maximum(steady.made.tries.mean[calls], 1.0)).sum(axis=0)
        return np.asarray(np.divide(offered, first, out=np.ones_like(first), where=first > 0))


def _summed(values: Array, rows: Sequence[int]) -> Array:
    """Sum of some rows [scenario]; most often there is one."""
    return values[rows[0]] if len(rows) == 1 else np.asarray(values[list(rows)].sum(axis=0))


def _station(steady: Steady, row: int) -> StationUse:
    return StationUse(
        offered=steady.offered[row],
        accepted=steady.accepted[row],
        invocations=steady.invocations[row],
        duration=steady.duration[row],
        variance=steady.variance[row],
        cold_ratio=steady.cold_ratio[row],
        load=steady.load[row],
    )


def _transfer_out(usage: Usage, asked_of: type[Settings]) -> list[Charge]:
    """Answers to what sends requests from outside leave AWS; what is written to a store has come in."""
    asked = [link for link in usage.inflows if link.kind == "sync" and services()[link.peer_service].begins]
    answered_kb = sum((link.accepted * exchanged(link, asked_of)[1] for link in asked), start=np.zeros(1))
    return [Charge(TRANSFER_OUT, answered_kb / KB_PER_GB * MONTH_S)]
