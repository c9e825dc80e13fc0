"""What rules about peaks share: how much more comes at the top of a source's course than is evaluated."""

from sandbox.catalog.profiles import Recorded
from sandbox.catalog.services.traffic import Traffic
from sandbox.evaluation import Evaluation


def peak_of(evaluation: Evaluation, source: str) -> float | None:
    """Highest multiple of the evaluated rate that a source comes to; None where only a recording knows it."""
    node = evaluation.design.nodes[source]
    if isinstance(node.settings, Traffic):
        profile = node.settings.profile
        return None if isinstance(profile, Recorded) else profile.course().highest
    if node.kind.course is None:
        return 1.0
    usual = evaluation.lowered.parts[source].stations[0].arrivals
    return node.kind.course(node.settings).highest / usual if usual > 0 else 1.0


def peak_at(evaluation: Evaluation, key: str) -> float | None:
    """The same of the sources that lead to a node: the highest of theirs, and no less than 1."""
    highest = 1.0
    for source, node in evaluation.design.nodes.items():
        if node.kind.begins and key in evaluation.lowered.reached(source):
            peak = peak_of(evaluation, source)
            if peak is None:
                return None
            highest = max(highest, peak)
    return highest
