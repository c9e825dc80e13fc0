"""What a run comes to: what was done and lost, whether it came back, what it cost."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sandbox.bill import Cost, bill
from sandbox.catalog.services.traffic import Traffic
from sandbox.catalog.usage import MONTH_S
from sandbox.engine.network import ArcKind
from sandbox.engine.timeline.told import Run
from sandbox.evaluation import Evaluation
from sandbox.lower import Lowered
from sandbox.timeline.moment import Stretch, state


@dataclass(frozen=True)
class Summary:
    """A run in a few numbers; items are those of the median replica."""

    completed: float
    """Requests that the sources sent and that succeeded."""
    throttled: float
    """Items refused by a limit, at all nodes together."""
    lost: float
    """Items that were given up or grew too old, with nowhere to go."""
    dead_lettered: float
    """Items that went to a dead-letter queue or another last way."""
    disturbed_until_s: float | None
    """When load and faults have come to rest; None where they do not."""
    recovered_at_s: float | None
    """From when on everything is at its steady state again; None where that is not reached."""
    held_up_by: tuple[str, ...]
    """What keeps it from coming back."""
    run_usd: float
    monthly_usd: float
    """A month of nothing but such runs."""
    error_budget_spent: float | None
    """Share of the budget of the source that has spent most of its own; above 1 it is overspent."""


def counts(evaluation: Evaluation, run: Run, columns: slice) -> Mapping[str, float]:
    """Requests completed, and items throttled, lost and dead-lettered, of the median replica."""
    compiled, lowered, totals = run.compiled, evaluation.lowered, run.totals
    nodes = [run.row(name) for parts in lowered.parts.values() for name in parts.asked]
    sources = [run.row(lowered.parts[key].stations[0].id) for key in evaluation.flows]
    has_end = np.zeros(len(compiled.rows), dtype=bool)
    has_end[compiled.source[compiled.kind == ArcKind.DEAD_LETTER]] = True
    gone = totals.lost + np.where(has_end[:, None], 0.0, totals.dead)
    rows = {
        "completed": totals.completed[sources],
        "throttled": totals.rejected[nodes],
        "lost": gone,
        "dead_lettered": np.where(has_end[:, None], totals.dead, 0.0),
    }
    return {name: float(np.median(row[:, columns].sum(axis=0))) for name, row in rows.items()}


def cost(evaluation: Evaluation, run: Run, columns: slice) -> Cost:
    """The bill of a month that is like the run from its first second to its last.

    Raises:
        MissingPriceError: The region has no price for something that is used.
    """
    whole = state(Stretch(run, slice(0, len(run.time_s)), columns), evaluation.steady)
    return bill(evaluation.lowered, whole, whole)


def run_usd(monthly_usd: float, run: Run) -> float:
    """The run's part of such a month [USD]."""
    return monthly_usd * float(run.time_s[-1]) / MONTH_S


def budget_spent(lowered: Lowered, run: Run, columns: slice) -> float | None:
    """Failed requests as a share of those that the target allows, of the source that is worst off.

    A source's target is a share of its requests that must succeed; what it does not send in the
    run is not part of its budget.
    """
    spent = []
    for key, node in lowered.design.nodes.items():
        target = node.settings.success_target if isinstance(node.settings, Traffic) else None
        if target is None:
            continue
        row = run.row(lowered.parts[key].stations[0].id)
        sent, good = run.totals.arrived[row, columns], run.totals.completed[row, columns]
        allowed = (1.0 - target) * np.maximum(sent, 1e-12)
        failed = np.maximum(sent - good - run.totals.held[row, columns], 0.0)  # below 0 only by rounding
        spent.append(float(np.median(failed / allowed)))
    return max(spent) if spent else None
