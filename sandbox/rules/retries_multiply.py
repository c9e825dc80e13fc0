"""Several layers try again, so that one failing request becomes many tries at the end.

## Why it matters
Three tries at each of three layers are 27 tries of the last one, which fails because it is overloaded
already. Such a storm keeps itself alive. Try again in one layer, with a pause, and let the others pass
the error on.

## Instead of
    retries = 2                  # at the client, at the function and at the one behind it
## Use
    retries = 2                  # in one layer, and retries = 0 in the others
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_path
from sandbox.rules.rule import Rule
from sandbox.units import number

SHOWN = 9
"""Tries of the last layer from which it is told: three times three."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Multiply the tries along the synchronous calls, and look at where each last is tried again."""
    design = evaluation.design
    calls = _Calls(evaluation)
    for key in design.nodes:
        worst = calls.worst(key)
        total = calls.product(worst)
        goes_on = any(index in calls.tries for index in calls.leaving.get(key, ()))
        if total >= SHOWN and len(worst) > 1 and not goes_on:
            layers = " × ".join(
                f"{number(calls.tries[index])} by {design.nodes[design.edges[index].source].title}"
                for index in worst
            )
            yield RULE.finding(
                f"one request may ask it {number(total)} times: {layers}", node=key, fix=calls.only_last(key)
            )


@dataclass
class _Calls:
    """The synchronous calls of a design, and those among them that are tried again."""

    evaluation: Evaluation
    tries: dict[int, float] = field(default_factory=dict)
    """Most tries, by the edge, where there is more than one."""
    reaching: dict[str, list[int]] = field(default_factory=dict)
    leaving: dict[str, list[int]] = field(default_factory=dict)
    known: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look at every edge once."""
        arcs = self.evaluation.lowered.network.arcs
        for index, edge in enumerate(self.evaluation.design.edges):
            mine = self.evaluation.lowered.edges[index].arcs
            if edge.kind != "sync" or not mine:
                continue
            self.reaching.setdefault(edge.target, []).append(index)
            self.leaving.setdefault(edge.source, []).append(index)
            if (most := max(arcs[arc].attempts for arc in mine)) > 1 and not self._is_advised(edge):
                self.tries[index] = most

    def _is_advised(self, edge: Edge) -> bool:
        """Whether they are the few with pauses between them that AWS advises every workflow to make."""
        unset = getattr(edge.settings, "retries", None) is None
        return unset and self.evaluation.design.nodes[edge.source].service == "step-functions"

    def worst(self, key: str) -> list[int]:
        """The calls that are tried again on the way to a node on which they multiply to most."""
        if key not in self.known:
            self.known[key] = []  # what is called in a circle ends here
            ways = (
                [
                    *self.worst(self.evaluation.design.edges[index].source),
                    *([index] if index in self.tries else []),
                ]
                for index in self.reaching.get(key, ())
            )
            self.known[key] = max(ways, key=self.product, default=[])
        return self.known[key]

    def product(self, calls: list[int]) -> float:
        """Tries of the last of some calls for each request."""
        total = 1.0
        for index in calls:
            total *= self.tries[index]
        return total

    def only_last(self, key: str) -> dict[str, object]:
        """No retries of the calls before those of a node, on all ways to it."""
        design = self.evaluation.design
        before = [design.edges[index].source for index in self.reaching[key]]
        found: dict[str, object] = {}
        for node in before:
            for index in self.reaching.get(node, ()):
                source = design.edges[index].source
                before += [source] if source not in before else []
                if index in self.tries:
                    begins = design.nodes[source].kind.begins
                    place = f"nodes.{source}" if begins else edge_path(design, index)
                    found[f"{place}.retries"] = 0
        return found


RULE = Rule(
    "retries-multiply",
    "warning",
    check,
    "https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
    metric="offered_per_s",
)
