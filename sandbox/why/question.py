"""A question and what its answers look up."""

from dataclasses import dataclass

from sandbox.evaluation import Evaluation
from sandbox.outcome import LimitUse, NodeOutcome


@dataclass(frozen=True)
class Question:
    """One number that is asked about."""

    evaluation: Evaluation
    path: str
    key: str
    """Id of the node or source."""

    @property
    def node(self) -> NodeOutcome:
        """What the node does."""
        return self.evaluation.nodes[self.key]

    @property
    def label(self) -> str:
        """Its name for people."""
        return self.name(self.key)

    def name(self, key: str) -> str:
        """A node's name for people."""
        return self.evaluation.design.nodes[key].label or key

    def setting(self, name: str) -> object:
        """One of the node's settings; None where it has none of that name."""
        return getattr(self.evaluation.design.nodes[self.key].settings, name, None)

    @property
    def binding(self) -> LimitUse | None:
        """The limit that refuses most."""
        refusing = [use for use in self.node.limits if use.refused > 1e-6]
        return max(refusing, key=lambda use: use.refused, default=None)
