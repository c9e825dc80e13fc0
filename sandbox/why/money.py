"""Why it costs that much."""

from sandbox.units import number, usd
from sandbox.why.question import Question
from sandbox.why.reason import Reason, Step


def monthly(q: Question) -> Reason:
    """The node's lines of the bill."""
    lines = sorted((line for line in q.evaluation.lines if line.node == q.key), key=lambda line: -line.usd)
    steps = tuple(
        Step(f"{line.item}: {number(line.quantity)} {line.unit} × ${line.unit_usd:.10g} = {usd(line.usd)}")
        for line in lines
    )
    value = usd(q.node.monthly_usd)
    formula = " + ".join(usd(line.usd) for line in lines if line.usd > 0) or "nothing is billed here"
    source = lines[0].source if lines else ""
    return Reason(q.path, f"Cost of {q.label} a month", value, f"{formula} = {value}", steps, source=source)
