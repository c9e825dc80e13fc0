"""Settings of everything that runs tasks: how much a task does, and how their number follows the load."""

from typing import Self

from pydantic import Field, model_validator

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings

MOST_TASKS = int(facts("task-scaling").quotas["tasks_per_service"].value)
"""Tasks of one service that ECS runs at most."""


class Containers(Settings):
    """Tasks that serve so many requests each, and wait for work in one line."""

    max_tasks: int | None = Field(
        default=None, ge=0, le=MOST_TASKS, json_schema_extra={"unit": "tasks", "aws": "maxCapacity"}
    )
    """Most tasks that scaling comes to; as many as there are at least where left out."""

    duration_ms: float = Field(default=100, ge=0, le=86_400_000, json_schema_extra={"unit": "ms"})
    """Own time of one request, without what it calls."""

    duration_cv: float = Field(
        default=0.5, ge=0, le=10, json_schema_extra={"unit": "standard deviations/mean"}
    )
    """Spread of the own time."""

    concurrency_per_task: int = Field(
        default=10, ge=1, le=100_000, json_schema_extra={"unit": "requests at once"}
    )
    """Requests that one task works on at the same time; the program's own number, AWS sets none."""

    timeout_s: float | None = Field(default=None, gt=0, le=86_400, json_schema_extra={"unit": "s"})
    """A request that takes longer, with what it calls, is cut and has failed; none where left out."""

    error_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests that fail by themselves."""

    waiting_room: int = Field(default=100, ge=0, le=1_000_000, json_schema_extra={"unit": "requests"})
    """Requests that may wait for a free place, over all tasks; what comes beyond is refused."""

    longest_wait_s: float | None = Field(default=None, gt=0, le=86_400, json_schema_extra={"unit": "s"})
    """A request that has waited so long is given up; as long as it takes where left out."""

    target_utilisation: float = Field(
        default=0.7, gt=0, le=1, json_schema_extra={"unit": "share", "aws": "TargetValue"}
    )
    """Share of its places that should be busy: scaling adds and takes away tasks to reach it."""

    startup_s: float = Field(default=60, ge=0, le=86_400, json_schema_extra={"unit": "s"})
    """Time from the order of a task until it serves; AWS gives no number, images and programs differ."""

    response_kb: float = Field(default=2, ge=0, le=10_485_760, json_schema_extra={"unit": "KB"})
    """Mean size of an answer."""

    public_ipv4: int = Field(default=0, ge=0, le=100_000, json_schema_extra={"unit": "addresses"})
    """Public addresses, paid by the hour."""

    idempotent: bool | None = None
    """Whether an item worked twice leaves what it leaves when worked once; not said where left out."""

    spot_share: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the tasks on Spot capacity: cheaper, and taken back with two minutes' warning."""

    spot_discount: float = Field(default=0.6, ge=0, le=1, json_schema_extra={"unit": "share"})
    """What Spot takes off the price; it moves with supply, and AWS lists no number."""

    spot_interruptions: float = Field(
        default=0.05, ge=0, le=100_000, json_schema_extra={"unit": "per task and month"}
    )
    """How often a Spot task is taken back; AWS gives none, the default is what it calls usual: below 5 %."""

    @property
    def least(self) -> int:
        """Tasks that are always there."""
        raise NotImplementedError  # pragma: no cover

    @property
    def most(self) -> int:
        """Tasks that scaling comes to at most."""
        return max(self.least, self.max_tasks or 0)

    @model_validator(mode="after")
    def _scales_upwards(self) -> Self:
        """Refuse a most that is less than the least."""
        if self.max_tasks is not None and self.max_tasks < self.least:
            msg = f"max_tasks = {self.max_tasks} is less than the {self.least} that are always there"
            raise ValueError(msg)
        return self
