"""Connections of a WebSocket API carry too few messages to stay open.

## Why it matters
AWS closes a connection after ten minutes without a message. Its client comes back, so that there
are many more new connections a second than `connection_s` says, and their quota is used up sooner.

## Instead of
    connections = 100_000        # with a message each half hour
## Use
    heartbeat_s = 300            # a short message that keeps the connection open, billed as any other
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from sandbox.catalog.facts import facts
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import duration, number

if TYPE_CHECKING:  # read only where a design has one
    from sandbox.catalog.services.api_gateway_websocket import WebSocketApi


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every WebSocket API whose clients say less than a message in ten minutes."""
    idle = facts("api-gateway-websocket").quotas["idle_s"]
    for key, node in evaluation.design.nodes.items():
        if node.service != "api-gateway-websocket":
            continue
        api = cast("WebSocketApi", node.settings)
        if api.heartbeat_s or api.connection_s <= idle.value:
            continue
        connections = api.connections * float(evaluation.load)
        messages = evaluation.nodes[key].accepted_per_s * (1 + api.replies)
        if connections > messages * idle.value:
            each = f"a message each in {duration(connections / messages)}" if messages > 0 else "no messages"
            yield RULE.finding(
                f"{number(connections)} connections carry {each}; "
                f"AWS closes a connection after {duration(idle.value)} without one",
                node=key,
                fix={f"nodes.{key}.heartbeat_s": idle.value / 2},
                source=idle.source,
            )


RULE = Rule(
    "connections-idle",
    "warning",
    check,
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html",
)
