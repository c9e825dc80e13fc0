"""Capacity that is there, and paid, whether it is used or not: what of it is in use, and what it costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.containers.instances import OnInstances
from sandbox.catalog.containers.settings import Containers
from sandbox.catalog.databases.aurora import Aurora
from sandbox.catalog.searching.settings import OpenSearch
from sandbox.catalog.streams.settings import Kinesis
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.evaluation import Evaluation
from sandbox.outcome import LimitUse
from sandbox.rules.cache_too_small import room_gb

TWO_ZONES = 2
"""Tasks and instances that are there at least, for when a zone fails."""
LEAST_ACU = 0.5


@dataclass(frozen=True)
class Standing:
    """Some capacity of a node."""

    words: str
    """How much of what, as in `20 shards`."""
    used: float
    """Share in use at the present load."""
    usd: float
    """What it costs in a month [USD]."""
    settings: Mapping[str, float]
    """The settings that it follows from, as they are."""
    needed: Mapping[str, float]
    """What they would have to be, if all of it were used."""
    least: float = 1.0
    """No setting goes below this."""
    fixed: float = 0.0
    """Share in use that does not grow with the load (data that is kept)."""
    step: float = 1.0

    def enough(self, factor: float) -> dict[str, float]:
        """The settings for a multiple of the present load; without those that are no more than that already.

        >>> Standing("20 shards", 0.05, 219.0, {"shards": 20}, {"shards": 1.0}).enough(1.5)
        {'shards': 2}
        """
        found = {}
        for name, now in self.settings.items():
            wanted = max(ceil(self.needed[name] * factor / self.step - 1e-9) * self.step, self.least)
            if wanted < now:
                found[name] = wanted if self.step < 1 else int(wanted)
        return found


def standing(evaluation: Evaluation, key: str) -> Iterator[Standing]:
    """Every capacity of a node that does not follow its load."""
    settings = evaluation.design.nodes[key].settings
    if isinstance(settings, DynamoDb):
        yield from _table(evaluation, key, settings)
    elif isinstance(settings, Kinesis) and settings.mode == "provisioned":
        used = max((use.utilisation for use in _own(evaluation, key, "shards", "consumer")), default=0.0)
        yield _of(evaluation, key, "shards", settings.shards, used, ("shard-hour",))
    elif isinstance(settings, ElastiCache) and settings.mode == "nodes":
        yield _cache(evaluation, key, settings)
    elif isinstance(settings, OpenSearch) and settings.mode == "nodes":
        used = max((use.utilisation for use in _own(evaluation, key, "nodes")), default=0.0)
        least = float(max(1 + settings.replicas, TWO_ZONES))
        yield _of(evaluation, key, "nodes", settings.nodes, used, ("node-hour",), least=least)
    elif isinstance(settings, Containers):
        yield from _tasks(evaluation, key, settings)
    elif isinstance(settings, Aurora) and settings.mode == "serverless" and settings.min_acu > LEAST_ACU:
        yield _acu(evaluation, key, settings)


def _table(evaluation: Evaluation, key: str, table: DynamoDb) -> Iterator[Standing]:
    """Read and write units that were given; with auto scaling they follow the load."""
    if table.mode != "provisioned" or table.auto_scaling:
        return
    for of, now in (("read", table.provisioned_reads), ("write", table.provisioned_writes)):
        own = _own(evaluation, key, f"{of}_units")
        used = max((use.utilisation for use in own), default=0.0)
        items = (f"{of.capitalize()} capacity",)
        yield _of(evaluation, key, f"{of}_units", now, used, items, words=f"{of} units")


def _cache(evaluation: Evaluation, key: str, cache: ElastiCache) -> Standing:
    """Shards with their replicas, for the requests or for the data, whichever needs more of them."""
    asked = max((use.utilisation for use in _own(evaluation, key, "shards", "nodes")), default=0.0)
    full = cache.data_gb / (room_gb(cache) * cache.primaries)
    needed = {"nodes": cache.nodes * max(asked, full)}
    settings = {"nodes": float(cache.nodes)}
    if cache.primaries == cache.shards:
        needed["shards"], settings["shards"] = cache.shards * max(asked, full), float(cache.shards)
        # Each shard keeps its replicas.
        needed["nodes"] = float(ceil(needed["shards"])) * cache.nodes / cache.shards
    usd = _usd(evaluation, key, ("node-hour",))
    return Standing(f"{cache.nodes} nodes", asked, usd, settings, needed, fixed=full)


def _tasks(evaluation: Evaluation, key: str, tasks: Containers) -> Iterator[Standing]:
    """Tasks that are always there, and the instances under them."""
    pool = next((use for use in evaluation.nodes[key].limits if use.key == f"slots:{key}.tasks"), None)
    places = evaluation.lowered.parts[key].units.get(f"{key}.tasks", 0.0)
    if pool is None or not places or not tasks.least:
        return
    there, per = float(tasks.least), 1
    if isinstance(tasks, OnInstances):
        per = tasks.per_instance
        there = max(there, float((tasks.instances or 0) * per))
    settings, needed = {}, {}
    for name, each in (("tasks", 1), ("instances", per)):
        now = getattr(tasks, name, None)
        if now is not None:
            settings[name], needed[name] = float(now), pool.demand / places / each
    words = next((f"{now:g} {name}" for name, now in reversed(settings.items())), f"{there:g} tasks")
    usd = _usd(evaluation, key, ("vCPU-hour", "GB-hour", "instance-hour"))
    yield Standing(words, pool.demand / (there * places), usd, settings, needed, least=TWO_ZONES)


def _acu(evaluation: Evaluation, key: str, aurora: Aurora) -> Standing:
    """The least capacity of a serverless cluster."""
    pool = next(use for use in evaluation.nodes[key].limits if use.key == f"slots:{key}.vCPU")
    busy = pool.demand * aurora.max_acu / pool.capacity / aurora.target_utilisation
    usd = _usd(evaluation, key, ("ACU-hour",))
    needed = {"min_acu": busy}
    return Standing(
        f"{aurora.min_acu:g} ACU", busy / aurora.min_acu, usd, {"min_acu": aurora.min_acu}, needed,
        least=LEAST_ACU, step=LEAST_ACU,
    )  # fmt: skip


def _of(
    evaluation: Evaluation,
    key: str,
    setting: str,
    now: int,
    used: float,
    paid: tuple[str, ...],
    *,
    words: str = "",
    least: float = 1.0,
) -> Standing:
    """Capacity that follows from one setting."""
    usd = _usd(evaluation, key, paid)
    told = f"{now:,} {words or setting}"
    return Standing(told, used, usd, {setting: float(now)}, {setting: now * used}, least=least)


def _own(evaluation: Evaluation, key: str, *settings: str) -> list[LimitUse]:
    """Limits that a setting of the node raises, and with `consumer` the pace of what reads it."""
    paths = {f"nodes.{key}.{setting}" for setting in settings}
    limits = evaluation.nodes[key].limits
    reads = "consumer" in settings
    return [use for use in limits if use.raised_by in paths or (reads and use.key.startswith("consumer"))]


def _usd(evaluation: Evaluation, key: str, paid: tuple[str, ...]) -> float:
    """What a month of some units, or of some items, of a node is billed as [USD]."""
    mine = (line for line in evaluation.lines if line.node == key)
    return sum(line.usd for line in mine if line.unit in paid or line.item in paid)
