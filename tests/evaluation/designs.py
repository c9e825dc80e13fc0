"""Small designs that several tests share."""

from sandbox.design.model import Design
from sandbox.design.reading import loads

HEAD = 'schema = 1\nname = "test"\n'


def design(body: str) -> Design:
    """A design from the part of its file that matters."""
    return loads(HEAD + body, "test.toml")


def node(name: str, service: str, **settings: object) -> str:
    """A node's table; values as TOML has them."""
    rows = [f'[nodes."{name}"]', f'service = "{service}"']
    rows += [f"{key} = {_toml(value)}" for key, value in settings.items()]
    return "\n".join(rows) + "\n"


def edge(source: str, target: str, **settings: object) -> str:
    """An edge's table."""
    rows = ["[[edges]]", f'from = "{source}"', f'to = "{target}"']
    rows += [f"{key} = {_toml(value)}" for key, value in settings.items()]
    return "\n".join(rows) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def pipeline() -> Design:
    """API → function → queue → function → table, with a dead-letter queue."""
    return design(
        node("shoppers", "traffic", rate_per_s=200)
        + node("api", "api-gateway-http")
        + node("place", "lambda", duration_ms=80)
        + node("intake", "sqs", visibility_timeout_s=180)
        + node("ship", "lambda", duration_ms=400, reserved_concurrency=20)
        + node("orders", "dynamodb")
        + node("failed", "sqs")
        + edge("shoppers", "api")
        + edge("api", "place")
        + edge("place", "intake")
        + edge("intake", "ship", maximum_concurrency=20)
        + edge("ship", "orders", operation="write")
        + edge("intake", "failed", role="dead-letter", max_receive_count=3)
    )
