"""Starting a batch job without waiting for it: its queue holds the runs that find no room."""

from pydantic import Field

from sandbox.catalog.connection import Held, Hop, Reader
from sandbox.catalog.service import EdgeSettings
from sandbox.engine.network import Holding


class RunEdge(EdgeSettings):
    """The source starts a run and goes on; a run that finds no room waits in the job's queue."""

    calls: float = Field(default=1.0, ge=0, le=1_000_000, json_schema_extra={"unit": "per item"})
    """Runs for each item at the source; a fraction is a probability."""

    retries: int = Field(default=0, ge=0, le=10, json_schema_extra={"unit": "retries", "aws": "MaxRetries"})
    """Further runs after one that failed."""


def _queued(hop: Hop) -> Holding:
    """Runs wait in the job's queue and are tried again and again."""
    quotas = hop.quotas("glue")
    return Holding(
        lanes_least=0.0,
        attempts=getattr(hop.edge, "retries", 0) + 1.0,
        refused_delay=quotas["queued_retry_s"],
        refused_most=quotas["queued_retry_s"],
        retention=quotas["queued_most_s"],
    )


def _reader(_edge: EdgeSettings) -> Reader:
    return Reader("runs/s", "", "https://docs.aws.amazon.com/glue/latest/dg/job-run-queuing.html")


RUNS = Held(_queued, _reader)
"""A job's queue of runs."""
