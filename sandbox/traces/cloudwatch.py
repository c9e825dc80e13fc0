"""CloudWatch's answers in JSON: `get-metric-data` and `get-metric-statistics`.

Shapes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
and …/API_GetMetricStatistics.html. Points come in any order, and none for a period without requests.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isfinite

from sandbox.errors import TraceError
from sandbox.traces.checking import bins_fit, count
from sandbox.traces.clocks import seconds
from sandbox.traces.trace import Bins

STATISTICS = ("Sum", "SampleCount", "Average", "Maximum")
"""What a point may say, the most telling first."""
FEWEST = 2


def is_cloudwatch(data: object) -> bool:
    """Whether parsed JSON is one of the two answers."""
    return isinstance(data, Mapping) and ("MetricDataResults" in data or "Datapoints" in data)


def read_cloudwatch(data: Mapping[str, object], file: str, name: str | None) -> Bins:
    """Sums by period as rates.

    Args:
        data: The parsed answer.
        file: Its name, for messages.
        name: Id or label of the metric; needed where there are several.

    Raises:
        TraceError: There is no such metric, or a point is wrong.
    """
    if "Datapoints" in data:
        points, statistic = _statistics(data["Datapoints"], file)
    else:
        points, statistic = _metric(data["MetricDataResults"], file, name)
    if len(points) < FEWEST:
        raise TraceError(
            file, f"the metric has {len(points)} points; the period is not known from less than 2"
        )
    told, _ = seconds([when for when, _ in points])
    times = []
    for row, when in enumerate(told, start=1):
        if when is None or not isfinite(when):
            raise TraceError(file, f"'{points[row - 1][0]}' is no time", row)
        times.append(when)
    counts = [count(value, file, row) for row, (_, value) in enumerate(points, start=1)]
    return _binned(times, counts, file, statistic)


def _binned(times: Sequence[float], counts: Sequence[float], file: str, statistic: str) -> Bins:
    """Points in any order, in bins of the commonest distance."""
    order = sorted(range(len(times)), key=times.__getitem__)
    apart = [times[b] - times[a] for a, b in pairwise(order)]
    if 0.0 in apart:
        raise TraceError(file, "has the same time as another point", order[apart.index(0.0) + 1] + 1)
    step = Counter(apart).most_common(1)[0][0]
    first, last = times[order[0]], times[order[-1]]
    bins_fit((last - first) / step + 1, step, file)
    rates = [0.0] * (round((last - first) / step) + 1)
    for when, value in zip(times, counts, strict=True):
        rates[round((when - first) / step)] += value / step
    missing = len(rates) - len(times)
    told = (f"{missing} periods have no point: none came",) if missing > 0 else ()
    return Bins(tuple(rates), step, (f"{statistic} of each period of {step:g} s is a count", *told))


def _statistics(points: object, file: str) -> tuple[list[tuple[str, str]], str]:
    """Times and values of a list of points, and which statistic they are."""
    if not isinstance(points, Sequence) or not all(isinstance(point, Mapping) for point in points):
        raise TraceError(file, "Datapoints is a list of points, each with a Timestamp")
    if not points:
        raise TraceError(file, "the metric has no points")
    statistic = next((name for name in STATISTICS if name in points[0]), "")
    if not statistic:
        raise TraceError(file, f"a point has one of {', '.join(STATISTICS)}; Sum is the one for requests", 1)
    found = []
    for row, point in enumerate(points, start=1):
        if "Timestamp" not in point or statistic not in point:
            raise TraceError(
                file, f"the point has no {'Timestamp' if statistic in point else statistic}", row
            )
        found.append((str(point["Timestamp"]), str(point[statistic])))
    return found, statistic


def _metric(results: object, file: str, name: str | None) -> tuple[list[tuple[str, str]], str]:
    """Times and values of one metric, and its label."""
    if not isinstance(results, Sequence) or not results:
        raise TraceError(file, "MetricDataResults has no metric")
    for row, one in enumerate(results, start=1):
        if not isinstance(one, Mapping) or not all(
            isinstance(one.get(part), list) for part in ("Timestamps", "Values")
        ):
            raise TraceError(file, "a metric has Timestamps and Values, each a list", row)
    known = [str(one.get("Label") or one.get("Id")) for one in results]
    named = [one for one in results if name is None or name in (one.get("Id"), one.get("Label"))]
    if len(named) != 1:
        has = "no metric of that name" if name else f"{len(results)} metrics; choose one with column"
        raise TraceError(file, f"it has {has}: {', '.join(known)}")
    times, values = named[0]["Timestamps"], named[0]["Values"]
    if len(times) != len(values):
        raise TraceError(file, f"it has {len(times)} times and {len(values)} values")
    label = str(named[0].get("Label") or named[0].get("Id"))
    return [(str(when), str(value)) for when, value in zip(times, values, strict=True)], label
