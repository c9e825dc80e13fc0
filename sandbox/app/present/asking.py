"""Which answer explains a number that is shown."""

from collections.abc import Iterable

from sandbox.evaluation import Evaluation
from sandbox.why import askable
from widgets.facts import Fact, Heading

_OF_TARGET = {
    "items_per_s": "offered_per_s",
    "attempts_per_item": "offered_per_s",
    "refused": "throttled_per_s",
    "batch_size": "invocations_per_s",
    "lanes": "concurrency",
}
"""What is told of an edge is explained by the node it leads to."""


_OF_MOMENT = {"backlog": "backlog_growth_per_s", "mean_latency_ms": "mean_latency_ms"}
"""What is told of a moment of a run, and the number that explains it."""


def asked(evaluation: Evaluation, key: str) -> str | None:
    """The path to ask *why* with; None where there is nothing more to say.

    Args:
        evaluation: What is shown.
        key: Key of the fact.
    """
    section, _, rest = key.partition(".")
    if askable(key):
        return key
    if section == "edges":
        place, _, name = rest.partition(".")
        return f"nodes.{evaluation.edges[int(place)].target}.{_OF_TARGET[name]}"
    if section == "nodes" and ".limits." in rest:
        node, _, place = rest.partition(".limits.")
        use = evaluation.nodes[node].limits[int(place.partition(".")[0])]
        metric = "backlog_growth_per_s" if use.key.startswith("consumer:") else "throttled_per_s"
        return f"nodes.{node}.{metric}"
    for told, explained in _OF_MOMENT.items():
        if section == "nodes" and rest.endswith(f".{told}"):
            return f"nodes.{rest.removesuffix(told)}{explained}"
    return _of_flow(rest) if section == "flows" else None


def gravest(facts: Iterable[Fact | Heading]) -> str | None:
    """What to explain where nothing was chosen: what goes wrong, else why a source waits.

    >>> succeed = Fact("flows.shop.success_ratio", "succeed", "40 %", tone="bad")
    >>> waits = Fact("flows.shop.latency_ms.p99", "latency p99", "221 ms")
    >>> gravest([waits, succeed]), gravest([waits]), gravest([])
    ('flows.shop.success_ratio', 'flows.shop.latency_ms.p99', None)
    """
    told = [fact for fact in facts if isinstance(fact, Fact)]
    wrong = [fact.key for fact in told if fact.tone == "bad"]
    waits = [fact.key for fact in told if fact.key.startswith("flows.") and "latency_ms.p99" in fact.key]
    return next(iter((*wrong, *waits)), None)


def _of_flow(rest: str) -> str | None:
    """A source's numbers: its latency as a whole, its rate, and the node that ends a branch.

    >>> _of_flow("shop.latency_ms.p99"), _of_flow("shop.rate_per_s"), _of_flow("t.completion_lag_ms.ship.p99")
    ('flows.shop.latency_ms', 'nodes.shop.offered_per_s', 'nodes.ship.latency_ms.p99')
    """
    for ending in (".p50", ".p95", ".p99"):
        if rest.endswith(f".latency_ms{ending}"):
            return f"flows.{rest.removesuffix(ending)}"
    if rest.endswith(".rate_per_s"):
        return f"nodes.{rest.removesuffix('.rate_per_s')}.offered_per_s"
    if rest.endswith(".lost_per_s"):
        return f"flows.{rest.removesuffix('.lost_per_s')}.success_ratio"
    _, lag, node = rest.partition(".completion_lag_ms.")
    return f"nodes.{node.removesuffix('.p99')}.latency_ms.p99" if lag else None
