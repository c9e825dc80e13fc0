"""What the tables of databases need: designs with callers before them, sites and months."""

from typing import Any

import numpy as np
from bill_cases import month

import sandbox
from sandbox.catalog.databases.edges import ClusterEdge, PoolEdge
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Link, Parts, Settings, Site, services
from sandbox.catalog.usage import Charge, LinkUse, Usage
from sandbox.evaluation import Evaluation


def settings_of(service: str, **settings: Any) -> Settings:
    """Settings of a service."""
    return services()[service].settings(**settings)


def link(
    index: int = 0, service: str = "lambda", peer: Settings | None = None, role: str = "", **edge: Any
) -> Link:
    """An edge from a caller, a function unless said otherwise."""
    kind = PoolEdge if service == "rds-proxy" else ClusterEdge
    peer = services()[service].settings() if peer is None else peer
    return Link(index, "sync", role, "peer", service, kind(**edge), 1.0, peer)


def lowered(service: str, settings: dict[str, Any], *links: Link, region: str = "us-east-1") -> Parts:
    """What a database named `db` becomes, with edges that lead to it."""
    sut = services()[service]
    return sut.lower(Site("db", sut.settings(**settings), resolve(service, region, {}), "", links))


def charges(case: dict[str, Any]) -> dict[str, Charge]:
    """What a case's month is charged as, by price."""
    sut = services()[case["service"]]
    settings = sut.settings(**case.get("settings", {}))
    usage = month(case)
    if "behind" in case:
        none, other = np.zeros(1), settings_of(case["behind"]["service"], **case["behind"]["settings"])
        behind = LinkUse(
            0, "sync", "", "db", case["behind"]["service"], PoolEdge(), 1.0, none, none, none, none, 0.0,
            peer_settings=other,
        )  # fmt: skip
        usage = Usage({}, [], [behind], none, none)
    else:
        usage = Usage(usage.stations, [], [], none_alive(), usage.overflow)
    return {charge.price: charge for charge in sut.bill(settings, usage) if charge.quantity.any()}


def none_alive() -> np.ndarray:
    """No environments."""
    return np.zeros(1)


def evaluated(
    database: dict[str, Any],
    *,
    rate: float = 100,
    proxy: dict[str, Any] | None = None,
    function: dict[str, Any] | None = None,
    edge: dict[str, Any] | None = None,
    account: dict[str, Any] | None = None,
) -> Evaluation:
    """A function that queries a database for each request, through a proxy where one is given."""
    return sandbox.evaluate(design(database, rate, proxy, function, edge, account))


def design(
    database: dict[str, Any],
    rate: float = 100,
    proxy: dict[str, Any] | None = None,
    function: dict[str, Any] | None = None,
    edge: dict[str, Any] | None = None,
    account: dict[str, Any] | None = None,
) -> Any:
    """The same, not evaluated."""
    to = "db" if proxy is None else "pool"
    edges = [("users", "fn", {}), ("fn", to, edge or {})]
    nodes = {
        "users": {"service": "traffic", "rate_per_s": rate},
        "fn": {"service": "lambda", "duration_ms": 200, "timeout_s": 30, "init_ms": 0, **(function or {})},
        "db": database,
    }
    if proxy is not None:
        nodes["pool"] = {"service": "rds-proxy", **proxy}
        edges.append(("pool", "db", {}))
    return sandbox.loads(written(nodes, edges, account or {}))


def written(
    nodes: dict[str, dict[str, Any]], edges: list[tuple[str, str, dict[str, Any]]], account: dict[str, Any]
) -> str:
    """A design as TOML."""
    lines = ["schema = 1", 'name = "test"', "[account]", *_rows(account)]
    for key, settings in nodes.items():
        lines += [f"[nodes.{key}]", *_rows(settings)]
    for source, target, settings in edges:
        lines += ["[[edges]]", f'from = "{source}"', f'to = "{target}"', *_rows(settings)]
    return "\n".join(lines) + "\n"


def _rows(settings: dict[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in settings.items()]


def _value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')
