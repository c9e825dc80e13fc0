"""Why it costs that much."""

from decimal import Decimal

from sandbox.units import number, plural, usd
from sandbox.why.question import Question
from sandbox.why.reason import Reason, Step


def monthly(q: Question) -> Reason:
    """The node's lines of the bill."""
    lines = sorted((line for line in q.evaluation.lines if line.node == q.key), key=lambda line: -line.usd)
    steps = tuple(
        Step(
            f"{line.item}: {number(line.quantity)} {plural(line.unit)} × {_price(line.unit_usd)}"
            f" = {usd(line.usd)}"
        )
        for line in lines
    )
    value = usd(q.node.monthly_usd)
    formula = " + ".join(usd(line.usd) for line in lines if line.usd > 0) or "nothing is billed here"
    source = lines[0].source if lines else ""
    return Reason(q.path, f"Cost of {q.label} a month", value, f"{formula} = {value}", steps, source=source)


def _price(each_usd: float) -> str:
    """What one costs, with all its digits.

    >>> _price(0.045), _price(1.33334e-05), _price(2e-7)
    ('$0.045', '$0.0000133334', '$0.0000002')
    """
    return f"${Decimal(f'{each_usd:.10g}'):f}"
