"""A simulated design: its run told for nodes and sources, its summary, and every moment of it."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sandbox.bill import Cost
from sandbox.design.model import Design
from sandbox.engine.compiled import Array
from sandbox.engine.compiling import compile_network
from sandbox.engine.steady import solve
from sandbox.engine.timeline.told import Run
from sandbox.evaluation import Evaluation
from sandbox.timeline.inputs import Given
from sandbox.timeline.moment import Moment, Stretch, state
from sandbox.timeline.recovery import held_up_by, recovery
from sandbox.timeline.series import Courses, courses
from sandbox.timeline.summary import Summary, budget_spent, cost, counts, run_usd


@dataclass(frozen=True, eq=False)
class Timeline:
    """A design over time at one load; arrays [tick]."""

    evaluation: Evaluation
    """The steady state at the sources' own rates."""
    run: Run
    given: Given
    load: float = 1.0

    @property
    def design(self) -> Design:
        """What was simulated."""
        return self.evaluation.design

    @property
    def time_s(self) -> Array:
        """End of each kept stretch of ticks."""
        return self.run.time_s

    @property
    def replicas(self) -> int:
        """How many random runs there are; with 1, arrivals come evenly."""
        return self.run.replicas

    @property
    def columns(self) -> slice:
        """Scenarios of the run that belong to it."""
        return slice(0, self.run.replicas)

    @cached_property
    def courses(self) -> Courses:
        """Every replica [tick, replica]."""
        return courses(self.evaluation, self.run, self.columns)

    @cached_property
    def median(self) -> Courses:
        """The middle of the replicas."""
        return self.courses.at_percentile(50)

    @cached_property
    def low(self) -> Courses:
        """What nineteen of twenty replicas are above."""
        return self.courses.at_percentile(5)

    @cached_property
    def high(self) -> Courses:
        """What nineteen of twenty replicas are below."""
        return self.courses.at_percentile(95)

    @cached_property
    def cost(self) -> Cost:
        """A month of nothing but such runs."""
        return cost(self.evaluation, self.run, self.columns)

    @cached_property
    def summary(self) -> Summary:
        """The run in a few numbers."""
        resting = self._resting
        back = recovery(self.run, self.given.inputs, resting.steady, self.run.step_s, self.columns)
        never = back.disturbed_until_s is not None and back.recovered_at_s is None
        monthly = float(self.cost.monthly_usd[0])
        return Summary(
            **counts(self.evaluation, self.run, self.columns),
            disturbed_until_s=back.disturbed_until_s,
            recovered_at_s=back.recovered_at_s,
            held_up_by=self._held_up_by(resting) if never else (),
            run_usd=run_usd(monthly, self.run),
            monthly_usd=monthly,
            error_budget_spent=budget_spent(self.evaluation.lowered, self.run, self.columns),
        )

    def _held_up_by(self, resting: Evaluation) -> tuple[str, ...]:
        """What keeps the end of the run from being the steady state."""
        now = self.at(-1).telling
        return tuple(held_up_by(now, resting.telling, self.median.nodes, self.time_s, self.replicas))

    @cached_property
    def _resting(self) -> Evaluation:
        """The steady state of the rates that the run ends with."""
        ends = {name: float(np.ravel(rates)[-1]) for name, rates in self.given.inputs.profiles.items()}
        lowered = self.evaluation.lowered
        network = replace(
            lowered.network,
            stations=tuple(
                replace(s, users=ends[s.id])
                if s.users and s.id in ends
                else replace(s, arrivals=ends.get(s.id, s.arrivals))
                for s in lowered.network.stations
            ),
        )
        steady = solve(compile_network(network), self.load)
        return replace(self.evaluation, lowered=replace(lowered, network=network), steady=steady)

    def tick_at(self, time_s: float) -> int:
        """Place of the kept stretch that a moment lies in."""
        place = int(np.searchsorted(self.run.time_s, time_s - 1e-9))
        return min(max(place, 0), len(self.run.time_s) - 1)

    def at(self, tick: int) -> Evaluation:
        """The design as it was in one kept stretch, for everything that shows an evaluation.

        Args:
            tick: Place among the kept stretches; -1 is the last.
        """
        place = range(len(self.run.time_s))[tick]
        steady = state(Stretch(self.run, slice(place, place + 1), self.columns), self.evaluation.steady)
        moments = {key: course.map(lambda row: row[place]) for key, course in self.median.nodes.items()}
        plain = self.evaluation
        success = {key: float(ratio[place]) for key, ratio in self.median.success_ratio.items()}
        return Moment(plain.design, plain.lowered, steady, plain.cost, courses=moments, success=success)

    def to_dict(self) -> dict[str, object]:
        """The JSON contract: plain values, null where there is none."""
        from sandbox.timeline.contract import to_dict  # noqa: PLC0415  # the contract needs this class

        return to_dict(self)
