"""Plans of load tests: k6 `stages` and Artillery `phases`.

https://grafana.com/docs/k6/latest/using-k6/scenarios/, https://www.artillery.io/docs/reference/test-script
k6 walks from one target to the next in a straight line; Artillery holds `arrivalRate`, or
walks to `rampTo`. A k6 plan of virtual users says no rate: each is taken as one request a second.
"""

import re
from collections.abc import Mapping, Sequence

from sandbox.durations import seconds
from sandbox.errors import TraceError
from sandbox.traces.checking import count
from sandbox.traces.trace import Stages

_K6_STAGES = re.compile(r"stages['\"]?\s*:\s*\[(.*?)\]", re.DOTALL)
_K6_STAGE = re.compile(r"\{(.*?)\}", re.DOTALL)
_K6_PAIR = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*['\"]?([\w.]+)['\"]?")
_NEAR_STAGES = ("startRate", "startVUs", "timeUnit", "executor")


def duration_s(text: object, file: str, row: int) -> float:
    """A duration such as 90, "30s" or "1h30m" [s].

    >>> duration_s("1h30m", "plan.js", 1), duration_s(90, "plan.yml", 1)
    (5400.0, 90.0)
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        return count(str(text), file, row)
    found = seconds(str(text))
    if found is None:
        raise TraceError(file, f'\'{str(text).strip()}\' is no duration; write 90, "30s" or "1h30m"', row)
    return found


def k6_source(text: str) -> dict[str, object] | None:
    """The first `stages` of a k6 script, with what stands beside them; None where there are none.

    >>> k6_source("export const options = { stages: [{ duration: '30s', target: 20 }] }")
    {'stages': [{'duration': '30s', 'target': '20'}]}
    """
    found = _K6_STAGES.search(text)
    if found is None:
        return None
    stages = [dict(_K6_PAIR.findall(stage)) for stage in _K6_STAGE.findall(found.group(1))]
    beside = {key: value for key, value in _K6_PAIR.findall(text) if key in _NEAR_STAGES}
    return {**beside, "stages": stages}


def k6_plan(data: object) -> Mapping[str, object] | None:
    """The part of k6's options, in JSON, that has the stages."""
    if not isinstance(data, Mapping):
        return None
    if "stages" in data:
        return data
    inner = data.get("scenarios") or data.get("options")
    parts = [inner, *inner.values()] if isinstance(inner, Mapping) else []
    return next((found for part in parts if (found := k6_plan(part)) is not None), None)


def read_k6(plan: Mapping[str, object], file: str) -> Stages:
    """k6's stages as rates.

    Raises:
        TraceError: A stage has no duration or target, or a wrong one.
    """
    stages = _tables(plan["stages"], file, "stages")
    executor = str(plan.get("executor", ""))
    is_rate = "arrival-rate" in executor or "timeUnit" in plan or "startRate" in plan
    unit_s = duration_s(plan.get("timeUnit", "1s"), file, 1) if is_rate else 1.0
    start = plan.get("startRate", 0) if is_rate else plan.get("startVUs", 1)
    times, rates = [0.0], [count(str(start), file, 1) / unit_s]
    for row, stage in enumerate(stages, start=1):
        if "duration" not in stage or "target" not in stage:
            raise TraceError(file, "a stage has a duration and a target", row)
        times.append(times[-1] + duration_s(stage["duration"], file, row))
        rates.append(count(str(stage["target"]), file, row) / unit_s)
    what = (
        f"targets are iterations per {unit_s:g} s, one request each"
        if is_rate
        else "targets are virtual users: each is taken as one request a second"
    )
    return _planned(times, rates, file, (f"{len(stages)} stages of k6", what))


def artillery_plan(data: object) -> object | None:
    """The phases of an Artillery script."""
    if not isinstance(data, Mapping):
        return None
    config = data.get("config", data)
    return config.get("phases") if isinstance(config, Mapping) else None


def read_artillery(phases: object, file: str) -> Stages:
    """Artillery's phases as rates.

    Raises:
        TraceError: A phase has no duration, or a wrong value.
    """
    tables = _tables(phases, file, "phases")
    times, rates = [0.0], [0.0]
    for row, phase in enumerate(tables, start=1):
        lasts = duration_s(phase.get("duration", phase.get("pause", "")), file, row)
        if "arrivalCount" in phase and lasts:
            first = last = count(str(phase["arrivalCount"]), file, row) / lasts
        else:
            first = count(str(phase.get("arrivalRate", 0)), file, row)
            last = count(str(phase.get("rampTo", first)), file, row)
        times += [times[-1], times[-1] + lasts]
        rates += [first, last]
    return _planned(
        times[1:], rates[1:], file, (f"{len(tables)} phases of Artillery, one request an arrival",)
    )


def _tables(value: object, file: str, name: str) -> list[Mapping[str, object]]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise TraceError(file, f"{name} is a list with at least one entry")
    for row, table in enumerate(value, start=1):
        if not isinstance(table, Mapping):
            raise TraceError(file, f"{name} has tables, each with a duration", row)
    return list(value)


def _planned(times: Sequence[float], rates: Sequence[float], file: str, assumed: tuple[str, ...]) -> Stages:
    if times[-1] <= 0:
        raise TraceError(file, "the plan lasts 0 s; give its parts a duration")
    return Stages(tuple(times), tuple(rates), assumed)
