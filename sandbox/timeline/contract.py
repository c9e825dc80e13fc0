"""The JSON contract of a timeline: every name in it is relied on by other people's scripts."""

import math
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from sandbox.timeline.series import Array, Courses, NodeCourse, tidy

if TYPE_CHECKING:
    from sandbox.timeline.timeline import Timeline

SCHEMA = 1


def to_dict(timeline: "Timeline") -> dict[str, object]:
    """The whole run as plain values."""
    found: dict[str, object] = {
        "schema": SCHEMA,
        "design": timeline.design.name,
        "load": timeline.load,
        "step_s": timeline.run.step_s,
        "seed": timeline.run.seed,
        "replicas": timeline.replicas,
        "assumed": list(timeline.given.assumed),
        "time_s": values(timeline.time_s),
        **_courses(timeline.median),
    }
    if timeline.replicas > 1:
        found["bands"] = {"p5": _courses(timeline.low), "p95": _courses(timeline.high)}
    told = vars(timeline.summary)
    found["summary"] = {
        name: list(value) if isinstance(value, tuple) else value if value is None else float(value)
        for name, value in told.items()
    }
    return found


def _courses(told: Courses) -> dict[str, object]:
    return {
        "nodes": {key: _node(node) for key, node in told.nodes.items()},
        "flows": {key: {"success_ratio": values(ratio)} for key, ratio in told.success_ratio.items()},
    }


def _node(node: NodeCourse) -> dict[str, list[float | None] | None]:
    return {field.name: values(getattr(node, field.name)) for field in fields(node)}


def values(row: Array | None) -> list[float | None] | None:
    """An array as a list; null for what has no value.

    >>> values(np.array([1.0, np.nan]))
    [1.0, None]
    """
    if row is None:
        return None
    return [tidy(value) if math.isfinite(value) else None for value in np.asarray(row).tolist()]
