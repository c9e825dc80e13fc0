"""The steady state was not found: the numbers shown are the last ones tried.

## Why it matters
A design whose loops feed themselves without end has no steady state; a number shown for it
would be a guess.

## Instead of
    # a function that sends two messages to its own queue for each one it reads
## Use
    calls = 0.5                  # on the edge back, so that the loop dies out
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Say so where the iteration ended without a fixed point."""
    if not evaluation.converged:
        message = "no steady state was found in 500 rounds; a loop in the design may feed itself without end"
        yield RULE.finding(message)


RULE = Rule("not-converged", "error", check, "")
