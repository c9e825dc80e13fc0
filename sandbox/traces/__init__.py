"""Recorded loads: files that say how much came when, read with what was assumed about them."""

from sandbox.traces.reading import read_trace
from sandbox.traces.trace import Bins, Stages, Trace

__all__ = ["Bins", "Stages", "Trace", "read_trace"]
