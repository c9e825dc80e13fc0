"""What a rule is: a name, a severity and a check of an evaluated design."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Rule:
    """One piece of advice; the docstring of its file is its documentation."""

    name: str
    """What is wrong, so that "allow *name*" reads well."""
    severity: str
    check: Callable[[Evaluation], Iterator[Finding]]
    source: str
    """Where AWS says so; nothing where the rule is about the engine itself."""
    metric: str = ""
    """The number of its node that tells why, as in `throttled_per_s`; by the node's state where left out."""

    def finding(
        self,
        message: str,
        *,
        node: str | None = None,
        edge: str | None = None,
        fix: Mapping[str, object] | None = None,
        source: str = "",
    ) -> Finding:
        """Something this rule found.

        Args:
            message: What is wrong with the node or edge, with numbers and units; no full stop.
            node: Id of the node it is about.
            edge: The edge it is about, as `intake>ship`.
            fix: Values by path that make the finding go away.
            source: Where AWS says so, if not the rule's own source.
        """
        return Finding(self.name, self.severity, message, node, edge, fix, source or self.source)
