"""Application Load Balancer: hands requests on to functions, containers, instances and addresses.

It is paid by the hour, and by capacity units (LCU): the largest of new connections, active
connections, data and rule evaluations. It has no request quota of its own. Targets whose
`calls` sum to 1 are weighted targets, between which traffic can be moved bit by bit.
"""

from typing import cast

import numpy as np
from pydantic import Field

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import HOURS, KB_PER_GB, Array, Charge, Usage
from sandbox.engine.network import Station

_QUOTAS = facts("alb").quotas
NEW, ACTIVE = "!new connections", "!active connections"
"""End the names of the stations that stand for connections which the design names."""
_MINUTE, _HOUR = 60.0, 3600.0


class Alb(Settings):
    """A load balancer for HTTP requests."""

    connections_per_s: float | None = Field(
        default=None, ge=0, le=1e9, json_schema_extra={"unit": "connections/s"}
    )
    """New connections; one for each request where left out, fewer where clients keep theirs."""

    active_connections: float | None = Field(
        default=None, ge=0, le=1e9, json_schema_extra={"unit": "connections"}
    )
    """Connections open in a minute; those of that minute and the requests in service where left out."""

    rules: int = Field(default=10, ge=0, le=1000, json_schema_extra={"unit": "rules"})
    """Rules that a request goes through; the first ten cost nothing."""

    public_ipv4: int = Field(default=0, ge=0, le=100, json_schema_extra={"unit": "addresses"})
    """Public addresses, one in each Availability Zone where it faces the internet; paid by the hour."""

    mutual_tls: bool = False
    """Ask clients for certificates: a trust store by the hour, and half the active connections for a unit."""

    timeout_s: float = Field(
        default=60, ge=1, le=4000, json_schema_extra={"unit": "s", "aws": "idle_timeout.timeout_seconds"}
    )
    """Longest it waits for a target; then it answers 504."""

    latency_ms: float = Field(
        default=_QUOTAS["latency_ms"].value, ge=0, le=60_000, json_schema_extra={"unit": "ms"}
    )
    """Its own part of the time; AWS publishes none."""

    response_kb: float | None = Field(default=None, ge=0, le=10_485_760, json_schema_extra={"unit": "KB"})
    """Mean size of an answer; as the largest of what is behind it where left out."""


def lower(site: Site) -> Parts:
    """One station whose ways out may be alternatives; named connections go along with the load."""
    alb = cast("Alb", site.settings)
    station = Station(
        site.id,
        fixed=alb.latency_ms / 1000,
        cv=site.quotas["latency_cv"],
        routes=True,
    )
    named = ((NEW, alb.connections_per_s, 1.0), (ACTIVE, alb.active_connections, _MINUTE))
    return Parts(
        (
            station,
            *(
                Station(f"{site.id}{ending}", arrivals=count / seconds, aside=True)
                for ending, count, seconds in named
                if count is not None
            ),
        )
    )


def patience(settings: Settings, _link: Link) -> float:
    """Longest wait for a target [s]."""
    return cast("Alb", settings).timeout_s


def lcus(
    new_per_s: Array,
    active: Array,
    gb_per_h: Array,
    lambda_gb_per_h: Array,
    evaluations_per_s: Array,
    active_of_one: float = _QUOTAS["lcu_active"].value,
) -> Array:
    """Capacity units: the largest of the four dimensions, data to functions and to others added up.

    Args:
        new_per_s: New connections [1/s].
        active: Connections open in a minute.
        gb_per_h: Data to instances, containers and addresses [GB/h].
        lambda_gb_per_h: Data to functions [GB/h].
        evaluations_per_s: Rule evaluations that are not free [1/s].
        active_of_one: Active connections that one unit has.

    Source: https://aws.amazon.com/elasticloadbalancing/pricing/; the AWS Pricing Calculator adds up the two
    kinds of data.

    >>> none = np.zeros(1)
    >>> lcus(np.array([1.0]), np.array([120.0]), np.array([1.08]), none, none).tolist()
    [1.08]
    """
    data = gb_per_h / _QUOTAS["lcu_gb_per_h"].value + lambda_gb_per_h / _QUOTAS["lcu_lambda_gb_per_h"].value
    dimensions = (
        new_per_s / _QUOTAS["lcu_connections"].value,
        active / active_of_one,
        data,
        evaluations_per_s / _QUOTAS["lcu_rules"].value,
    )
    return np.asarray(np.max(np.stack(np.broadcast_arrays(*dimensions)), axis=0))


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Hours, capacity units of the mean hour, and public addresses."""
    alb = cast("Alb", settings)
    return [
        Charge("alb.hours", np.array([HOURS])),
        Charge("alb.lcu_hours", _used(alb, usage) * HOURS),
        Charge("alb.public_ipv4", np.array([alb.public_ipv4 * HOURS])),
        Charge("alb.trust_store_hours", np.array([HOURS if alb.mutual_tls else 0.0])),
    ]


def _used(alb: Alb, usage: Usage) -> Array:
    """Capacity units of a mean hour."""
    zero = np.zeros(1)
    requests = sum((link.accepted for link in usage.inflows), start=zero)
    new = _named(usage, NEW, alb.connections_per_s, 1.0)
    new = requests if new is None else new
    active = _named(usage, ACTIVE, alb.active_connections, _MINUTE)
    if active is None:
        in_service = sum(
            (use.load for name, use in usage.stations.items() if not name.endswith((NEW, ACTIVE))), start=zero
        )
        active = new * _MINUTE + in_service
    gb_per_h = _HOUR / KB_PER_GB
    handled = sum((link.accepted * (link.item_kb + usage.answer_kb) for link in usage.inflows), start=zero)
    to_functions = sum(
        (
            link.offered * (link.item_kb + usage.answer_kb)
            for link in usage.outflows
            if link.peer_service == "lambda"
        ),
        start=zero,
    )
    others = np.maximum(handled - to_functions, 0.0)
    charged = max(alb.rules - _QUOTAS["free_rules"].value, 0.0)
    active_of_one = _QUOTAS["lcu_active_mutual_tls" if alb.mutual_tls else "lcu_active"].value
    data = (others * gb_per_h, to_functions * gb_per_h)
    return lcus(new, active, *data, requests * charged, active_of_one)


def _named(usage: Usage, ending: str, count: float | None, seconds: float) -> Array | None:
    """Connections that the design names, grown with the load; None where it names none."""
    if count is None:
        return None
    came = next((use.accepted for name, use in usage.stations.items() if name.endswith(ending)), None)
    return np.array([count]) if came is None else came * seconds


SERVICE = Service(
    id="alb",
    title="Application Load Balancer",
    family="front",
    badge="ALB",
    icon="⋔",
    settings=Alb,
    lower=lower,
    bill=bill,
    summary="Hands requests on to containers, servers and functions.",
    also_called=("load", "balancer", "elb", "elbv2", "http", "routing", "weighted", "canary"),
    answers=True,
    patience=patience,
    counts={"load_balancers": lambda _settings: 1.0},
)
