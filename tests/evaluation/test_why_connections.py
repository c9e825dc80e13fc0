"""Why a database refuses: the chain names its connections and who keeps them."""

import sandbox
from sandbox.why import why

DESIGN = """
schema = 1
name = "Orders"
nodes.users = {service = "traffic", rate_per_s = 600}
nodes.orders = {service = "lambda", duration_ms = 200}
nodes.report = {service = "fargate", tasks = 2, concurrency_per_task = 10}
nodes.clerks = {service = "traffic", rate_per_s = 1}
nodes.db = {service = "rds", instance_class = "db.t4g.micro", query_ms = 0.5}
edges = [
    {from = "users", to = "orders"},
    {from = "orders", to = "db", operation = "write"},
    {from = "orders", to = "db", operation = "read"},
    {from = "clerks", to = "report"},
    {from = "report", to = "db", operation = "read", connections = 5},
]
"""


def test_the_chain_goes_from_the_refusal_to_the_environments():
    """112 connections, asked for by the environments of a function and the pools of two tasks."""
    told = sandbox.evaluate(sandbox.loads(DESIGN))
    reason = why(told, "nodes.db.throttled_per_s")
    steps = [step.text for step in reason.because]
    alive = told.nodes["orders"].environments

    assert "connections" in steps[0]
    assert "112" in steps[0]
    assert steps[1].startswith("orders has ")
    assert "live environments, busy or not" in steps[1]
    assert reason.because[1].path == "nodes.orders.environments"
    assert steps[2] == "report has places for 20 requests × 0.5, used or not: 10 connections"
    use = next(limit for limit in told.nodes["db"].limits if limit.name == "connections")
    assert abs(use.demand - (alive + 10)) < 1e-6 * use.demand
    assert reason.change is not None
    failed = why(told, "nodes.orders.failed_per_s")
    assert "nodes.db.throttled_per_s" in {step.path for step in failed.because}
