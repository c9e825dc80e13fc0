"""How a source's rate goes up and down in a timeline: one table for each shape.

A profile multiplies the rate that the source says; only a recorded one says rates of its own.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from sandbox.catalog.service import Settings
from sandbox.engine.profiles import Course, Days, Scaled, constant, on_off, ramp, spike, steps

LONGEST_S = 1e9
"""Seconds; 31 years are enough for any course."""
HOUR_S = 3600.0
HIGHEST = 1_000_000
"""Largest multiplier."""


class Constant(Settings):
    """The rate stays as it is."""

    shape: Literal["constant"] = "constant"
    """Its course."""

    def course(self) -> Course:
        """The multiplier over time."""
        return constant()


class Ramp(Settings):
    """From one multiple of the rate to another in a straight line."""

    shape: Literal["ramp"] = "ramp"
    """Its course."""

    start: float = Field(default=0, ge=0, le=HIGHEST, json_schema_extra={"unit": "×"})
    """Multiple of the rate before it begins to move."""

    end: float = Field(default=1, ge=0, le=HIGHEST, json_schema_extra={"unit": "×"})
    """Multiple of the rate at the end."""

    at_s: float = Field(default=0, ge=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """When it begins to move."""

    over_s: float = Field(default=600, ge=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """How long it moves."""

    def course(self) -> Course:
        """The multiplier over time."""
        return ramp(self.start, self.end, self.at_s, self.over_s)


class Step(Settings):
    """From a moment on, a multiple of the rate."""

    at_s: float = Field(ge=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """When it begins."""

    factor: float = Field(ge=0, le=HIGHEST, json_schema_extra={"unit": "×"})
    """Multiple of the rate from then on."""


class Steps(Settings):
    """Multiples of the rate that hold until the next one begins."""

    shape: Literal["steps"] = "steps"
    """Its course."""

    steps: tuple[Step, ...] = Field(min_length=1)
    """When and how high; the first holds from the start."""

    @model_validator(mode="after")
    def _go_on(self) -> Self:
        """Refuse steps that go back in time."""
        times = [step.at_s for step in self.steps]
        if times != sorted(times):
            msg = "the steps' at_s go back; put them in the order of time"
            raise ValueError(msg)
        return self

    def course(self) -> Course:
        """The multiplier over time."""
        return steps([step.at_s for step in self.steps], [step.factor for step in self.steps])


class Spike(Settings):
    """The rate, for a while a multiple of it, then the rate again."""

    shape: Literal["spike"] = "spike"
    """Its course."""

    factor: float = Field(default=10, ge=0, le=HIGHEST, json_schema_extra={"unit": "×"})
    """Multiple of the rate during the spike."""

    at_s: float = Field(default=600, ge=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """When it begins."""

    for_s: float = Field(default=60, ge=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """How long it is at its highest."""

    rise_s: float = Field(default=0, ge=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """How long it takes to get there."""

    fall_s: float = Field(default=0, ge=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """How long it takes to come back."""

    def course(self) -> Course:
        """The multiplier over time."""
        return spike(self.factor, self.at_s, self.for_s, self.rise_s, self.fall_s)


class Diurnal(Settings):
    """A day with one top, again and again; the rate is that of the top."""

    shape: Literal["diurnal"] = "diurnal"
    """Its course."""

    low: float = Field(default=0.2, ge=0, le=1, json_schema_extra={"unit": "×"})
    """Multiple of the rate at the quietest hour, twelve hours from the top."""

    peak_hour: float = Field(default=14, ge=0, le=24, json_schema_extra={"unit": "h"})
    """Hour of the top."""

    start_hour: float = Field(default=0, ge=0, le=168, json_schema_extra={"unit": "h"})
    """Hour at which the timeline begins, from midnight (a week's from Monday's)."""

    def course(self) -> Course:
        """The multiplier over time."""
        return Scaled(Days(self.low, self.peak_hour), 1.0, begin=self.start_hour * HOUR_S)


class Weekly(Diurnal):
    """A week of such days, quieter at the weekend; it begins on a Monday."""

    shape: Literal["weekly"] = "weekly"  # type: ignore[assignment]
    """Its course."""

    weekend: float = Field(default=0.4, ge=0, le=HIGHEST, json_schema_extra={"unit": "×"})
    """Multiple of a weekday on Saturday and Sunday."""

    def course(self) -> Course:
        """The multiplier over time."""
        weights = (1.0,) * 5 + (self.weekend,) * 2
        return Scaled(Days(self.low, self.peak_hour, weights), 1.0, begin=self.start_hour * HOUR_S)


class OnOff(Settings):
    """The rate for a while, little or nothing for a while, again and again."""

    shape: Literal["on-off"] = "on-off"
    """Its course."""

    on_s: float = Field(default=60, gt=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """How long the rate lasts."""

    off_s: float = Field(default=60, gt=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """How long the pause lasts."""

    low: float = Field(default=0, ge=0, le=HIGHEST, json_schema_extra={"unit": "×"})
    """Multiple of the rate during the pause."""

    def course(self) -> Course:
        """The multiplier over time."""
        return on_off(self.on_s, self.off_s, self.low)


class Recorded(Settings):
    """What really came, from a file: CSV, CloudWatch's JSON, a plan of k6 or Artillery."""

    shape: Literal["file"] = "file"
    """Its course."""

    file: str = Field(min_length=1)
    """Where the file is, seen from the design's own."""

    column: str | None = None
    """Which count, metric or function, where the file has several."""

    scale: Literal["as-recorded", "peak", "mean"] = "as-recorded"
    """Whether it keeps its own rates, or its peak or its mean becomes the source's rate."""

    peak: float = Field(default=1, ge=1, le=10_000, json_schema_extra={"unit": "×"})
    """How much busier than its mean a step of the file is in its busiest part: a mean hides bursts."""

    from_s: float = Field(default=0, ge=0, le=LONGEST_S, json_schema_extra={"unit": "s"})
    """Where in the recording the timeline begins."""


SHAPES = ("constant", "ramp", "steps", "spike", "diurnal", "weekly", "on-off", "file")


def _shape(value: Any) -> str:
    """Which table it is: by its shape; a file says itself what it is."""
    if isinstance(value, Settings):
        return str(getattr(value, "shape", "constant"))
    if not isinstance(value, dict):
        return "constant"
    return str(value.get("shape", "file" if "file" in value else "constant"))


Profile = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Ramp, Tag("ramp")]
    | Annotated[Steps, Tag("steps")]
    | Annotated[Spike, Tag("spike")]
    | Annotated[Diurnal, Tag("diurnal")]
    | Annotated[Weekly, Tag("weekly")]
    | Annotated[OnOff, Tag("on-off")]
    | Annotated[Recorded, Tag("file")],
    Discriminator(_shape),
]
