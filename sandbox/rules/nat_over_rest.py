"""NAT gateways cost more than all else in the design.

## Why it matters
They ask by the hour in each zone, used or not, and for each GB there and back. Functions need no subnet, and
so no gateway, unless they call what is private; one gateway may serve several networks.

## Instead of
    zones = 2                    # for a function that calls one API now and then
## Use
    zones = 1                    # or no gateway: the function outside of the network
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import number, usd

SHOWN_USD = 10.0
"""A month of gateways from which it is told [USD]."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare every gateway's bill with that of what is no gateway."""
    nodes = evaluation.design.nodes
    costs = {
        key: evaluation.nodes[key].monthly_usd for key, node in nodes.items() if node.service == "nat-gateway"
    }
    rest = evaluation.monthly_usd - sum(costs.values())
    name = facts("nat-gateway").prices["nat-gateway.data"].name
    for key, mine in costs.items():
        if mine <= max(rest, SHOWN_USD):
            continue
        data = [line for line in evaluation.lines if line.node == key and line.item == name]
        paid, gb = sum(line.usd for line in data), sum(line.quantity for line in data)
        flow = f", {usd(paid)} of it for {number(gb)} GB" if gb > 0 else ""
        yield RULE.finding(f"costs {usd(mine)} a month{flow}; all else costs {usd(rest)}", node=key)


RULE = Rule(
    "nat-over-rest",
    "note",
    check,
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html",
    metric="monthly_usd",
)
