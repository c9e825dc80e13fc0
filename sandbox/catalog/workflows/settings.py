"""Settings of a workflow."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings


class StepFunctions(Settings):
    """Settings of a workflow."""

    type: Literal["standard", "express"] = Field(
        default="standard", json_schema_extra={"aws": "StateMachineType"}
    )
    """Standard runs once, for up to a year, and is paid by transition; express for up to 5 minutes."""

    transitions: float = Field(default=5, ge=1, le=25_000, json_schema_extra={"unit": "transitions/run"})
    """State transitions of one run in all; tasks drawn as edges add none, their retries add theirs."""

    duration_ms: float = Field(default=1000, ge=0, le=31_536_000_000, json_schema_extra={"unit": "ms"})
    """Own waits of one run, without what its tasks take; nothing runs meanwhile."""

    memory_mb: float = Field(default=64, ge=1, le=10_240, json_schema_extra={"unit": "MB"})
    """Memory of an express run, which is billed in steps of 64 MB."""

    timeout_s: float | None = Field(
        default=None, ge=1, le=31_536_000, json_schema_extra={"unit": "s", "aws": "TimeoutSeconds"}
    )
    """After so long a run has failed; after a year where left out, an express one after 5 minutes."""

    error_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the runs that fail by themselves, besides tasks that fail for good."""

    message_kb: float | None = Field(default=None, gt=0, le=256, json_schema_extra={"unit": "KB"})
    """Mean size of the input; what the caller received where left out."""

    @property
    def longest_s(self) -> float:
        """Longest run [s]."""
        most = facts("step-functions").quotas[f"{self.type}_most_s"].value
        return most if self.timeout_s is None else self.timeout_s

    @model_validator(mode="after")
    def _within_five_minutes(self) -> Self:
        """Refuse an express workflow that waits longer than it may run."""
        most = facts("step-functions").quotas["express_most_s"].value
        if self.type == "express" and (self.timeout_s or 0) > most:
            msg = f'timeout_s: an express workflow runs at most {most:g} s; type = "standard" runs for a year'
            raise ValueError(msg)
        return self
