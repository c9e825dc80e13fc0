"""A design's TOML → a world of nodes; nothing of the sandbox reads it here."""

import tomllib
from collections.abc import Callable
from math import inf, prod

from ..clock import Process
from .functions import Events, Function, Pool
from .queues import Mapping, Queue
from .sources import Traffic
from .stores import Api, External, Table
from .streams import Reader, Stream
from .world import Call, Node, Settings, World

ACCOUNT_CONCURRENCY = 1000
SDK_RETRIES = 2
"""Tries after a failed one where an AWS SDK calls an AWS service."""

AWS = (Table, Queue, Stream, Function)

KINDS: dict[str, Callable[[World, Settings], Node]] = {
    "traffic": Traffic,
    "external": External,
    "api-gateway-http": Api,
    "dynamodb": Table,
    "sqs": Queue,
    "kinesis": Stream,
}


class Played:
    """A design at work."""

    def __init__(self, text: str, seed: int) -> None:
        design = tomllib.loads(text)
        self.world, self.nodes = World(seed), dict[str, Node]()
        tables: dict[str, Settings] = design["nodes"]
        given = design.get("account", {}).get("lambda_concurrency", ACCOUNT_CONCURRENCY)
        reserved = sum(table.get("reserved_concurrency", 0) for table in tables.values())
        self.account = Pool(self.world, given - reserved)
        for name, table in tables.items():
            self.nodes[name] = self._node(table)
        edges = sorted(design["edges"], key=lambda edge: "role" in edge)
        for edge in edges:
            self._join(self.nodes[edge["from"]], self.nodes[edge["to"]], edge)
        self._break(design.get("faults", []))

    def _node(self, table: Settings) -> Node:
        if table["service"] != "lambda":
            return KINDS[table["service"]](self.world, table)
        reserved = table.get("reserved_concurrency")
        pool = self.account if reserved is None else Pool(self.world, reserved)
        return Function(self.world, table, pool)

    def _join(self, source: Node, target: Node, edge: Settings) -> None:
        if "role" in edge:
            self._give_up(source, target, edge)
        elif isinstance(source, Queue) and isinstance(target, Function):
            Mapping(source, target, edge)
        elif isinstance(source, Stream) and isinstance(target, Function):
            Reader(source, target, edge)
        else:
            self._call(source, target, edge)

    def _give_up(self, source: Node, target: Node, edge: Settings) -> None:
        """Where dead letters go."""
        if isinstance(source, Queue):
            source.dead_letters, source.most_receives = target, edge.get("max_receive_count", 10)
        elif isinstance(source, Stream):
            source.failed_to = target
        elif isinstance(source, Function) and source.events:
            source.events.failed_to = target

    def _call(self, source: Node, target: Node, edge: Settings) -> None:
        """A synchronous call; an event is one that is answered at once."""
        begins = isinstance(source, Traffic)
        patient = source.settings if begins else edge
        retries = SDK_RETRIES if isinstance(source, Function) and isinstance(target, AWS) else 0
        pause_s = patient.get("retry_backoff_ms", 1000 if begins else 50) / 1000
        way = Call(self.world, target, edge, patient.get("retries", retries), pause_s)
        if isinstance(target, Table):
            way.ask = target.entry(edge).ask
        elif edge.get("mode") == "async" and isinstance(target, Function):
            way.ask = Events(target, edge).take
            way.retries = 0
        if isinstance(source, Traffic | Api):
            source.ways.append(way)
        elif isinstance(source, Function):
            source.calls.append(way)

    def _break(self, faults: list[Settings]) -> None:
        acting: list[Settings] = []

        def change(fault: Settings, begins: bool) -> Process[None]:
            (acting.append if begins else acting.remove)(fault)
            node = self.nodes[fault["node"]]
            mine = [one for one in acting if one["node"] == fault["node"]]
            node.slower = prod(one.get("slower", 1.0) for one in mine)
            node.fail = 1.0 - prod(1.0 - one.get("fail", 0.0) for one in mine)
            if "capacity" in fault:
                node.shrink(prod(one.get("capacity", 1.0) for one in mine))
            if isinstance(node, Stream) and begins:
                node.due += fault.get("poisoned", 0)
            return
            yield  # a process like any other

        for fault in faults:
            self.world.clock.start(change(fault, True), fault.get("from_s", 0))
            if fault.get("to_s", inf) < inf:
                self.world.clock.start(change(fault, False), fault["to_s"])
