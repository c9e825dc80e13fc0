"""Why a number is what it is: the formula with its numbers, and the chain that brought it."""

from sandbox.errors import UnknownNameError
from sandbox.evaluation import Evaluation
from sandbox.why.asked import ANSWERS, Question
from sandbox.why.behind import behind
from sandbox.why.reason import Reason, Step

__all__ = ["Reason", "Step", "askable", "behind", "why"]


def askable(path: str) -> bool:
    """Whether there is an answer for a number of the result.

    >>> askable("nodes.ship.concurrency"), askable("region")
    (True, False)
    """
    return _split(path) is not None


def why(evaluation: Evaluation, path: str) -> Reason:
    """The reason of one number.

    Args:
        evaluation: What the number is of.
        path: Its path in the result, as in `nodes.ship.throttled_per_s` or `flows.shoppers.success_ratio`.

    Raises:
        UnknownNameError: There is no such number, or nothing to say of it.
    """
    found = _split(path)
    if found is None or found[1] not in (*evaluation.nodes, *evaluation.flows):
        msg = f"there is no answer for '{path}'"
        raise UnknownNameError(msg)
    section, key, metric = found
    return ANSWERS[section, metric](Question(evaluation, path, key))


def _split(path: str) -> tuple[str, str, str] | None:
    """Section, id and metric of a path; ids may hold dots no more than the file's may."""
    section, _, rest = path.partition(".")
    for known, metric in ANSWERS:
        if known == section and rest.endswith(f".{metric}"):
            return section, rest.removesuffix(f".{metric}"), metric
    return None
