"""Small designs around containers: some load, one service, and what the account may have."""

from typing import Any

import tomli_w

import sandbox
from sandbox.evaluation import Evaluation


def evaluated(
    service: str, rate: float = 0, load: float = 1, region: str = "us-east-1", **over: Any
) -> Evaluation:
    """A source that sends *rate* requests a second to one node `x` with the settings of *over*.

    `account` may be among them: the quotas that AWS has raised; they reach far where it is left out.
    """
    wide = {"fargate_vcpu": 1e6, "fargate_spot_vcpu": 1e6, "ec2_vcpu": 1e6, "ec2_spot_vcpu": 1e6}
    account = over.pop("account", wide)
    nodes = {"t": {"service": "traffic", "rate_per_s": rate}, "x": {"service": service, **over}}
    document = {
        "schema": 1, "name": "x", "region": region, "account": account, "nodes": nodes,
        "edges": [{"from": "t", "to": "x"}],
    }  # fmt: skip
    return sandbox.evaluate(sandbox.loads(tomli_w.dumps(document)), load=load)


def monthly_usd(service: str, rate: float = 0, **over: Any) -> float:
    """What the node costs a month, without what its answers cost to leave AWS."""
    return evaluated(service, rate, **({"response_kb": 0} | over)).nodes["x"].monthly_usd
