"""What a rule is: a name, a severity and a check of an evaluated design."""

from collections.abc import Callable, Iterator
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
