"""Counting the crossings of a drawing: ours, and that of graphviz's `dot`.

Both are counted twice, in the same way:

* *ordered*: a drawing is cut at its columns (dot: ranks); between two neighbouring cuts two
  edges cross where they stand in the opposite order. Ours comes from the order of the slots,
  dot's from its splines, sampled and read off at each rank.
* *drawn*: the points of the picture at which lines cross. Ours are the cells in which a
  horizontal line bridges a vertical one; dot's are the intersections of the sampled splines,
  but for those at a node that both edges have. Edges of one source share lines in our
  pictures, so that here one point may stand for several pairs.
"""

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from widgets.canvas.geometry import DOWN, UP, Layout, Point
from widgets.canvas.graph import Graph
from widgets.canvas.topology import Topology

SAMPLES = 12
"""Straight pieces per piece of a spline."""

NEAR = 0.02
"""What counts as the same place in dot's drawing [inch]."""

Spot = tuple[float, float]
Places = dict[int, dict[int, float]]
"""Where each edge passes each cut: by edge, then by the number of the cut."""


class Count(NamedTuple):
    """Crossings of one drawing."""

    ordered: int
    drawn: int


def ours(topology: Topology, placed: Layout) -> Count:
    """Count the crossings of our own drawing of a graph without cycles."""
    index = {
        (at, slot): place for at, column in enumerate(topology.columns) for place, slot in enumerate(column)
    }
    places: Places = {
        edge: {stop.column: float(index[stop.column, stop.slot]) for stop in path}
        for edge, path in topology.paths.items()
    }
    return Count(_inversions(places, 0.0), _bridges(placed))


def _inversions(places: Places, near: float) -> int:
    """Pairs of edges in opposite order at two neighbouring cuts."""
    between: dict[int, list[tuple[float, float]]] = {}
    for passed in places.values():
        for at, place in passed.items():
            if at + 1 in passed:
                between.setdefault(at, []).append((place, passed[at + 1]))
    total = 0
    for pieces in between.values():
        for one, other in combinations(pieces, 2):
            here, there = one[0] - other[0], one[1] - other[1]
            total += here * there < 0 and min(abs(here), abs(there)) > near
    return total


def _bridges(placed: Layout) -> int:
    shown = {Point(cell.x, y): cell for y, cells in placed.lines.items() for cell in cells}
    upright = {
        cell
        for cells in placed.routes.values()
        for before, cell, after in zip(cells, cells[1:], cells[2:], strict=False)
        if before.x == cell.x == after.x
    }
    return sum(not shown[cell].mask & (UP | DOWN) for cell in upright)


def dot_is_here() -> bool:
    """Whether graphviz is installed."""
    return shutil.which("dot") is not None


def dots(graphs: Sequence[Graph]) -> list[Count]:
    """Let `dot` draw graphs without cycles, and count the crossings of each.

    Raises:
        CalledProcessError: It failed.
    """
    source = "\n".join(map(_source, graphs))
    answer = subprocess.run(
        ["dot", "-Tplain"], input=source, capture_output=True, text=True, check=True, timeout=300
    )
    return [_counted(lines) for lines in _pages(answer.stdout.splitlines())]


def _source(graph: Graph) -> str:
    names = {node.id: f"n{index}" for index, node in enumerate(graph.nodes)}
    lines = [f"{name};" for name in names.values()]
    lines += [f"{names[edge.source]} -> {names[edge.target]};" for edge in graph.edges]
    style = 'node [shape=box, fixedsize=true, width=1, height=0.5, label=""]; edge [arrowhead=none];'
    return f"digraph {{ {style} {' '.join(lines)} }}"


def _pages(lines: Iterable[str]) -> Iterator[list[list[str]]]:
    page: list[list[str]] = []
    for line in lines:
        words = line.split()
        if words[0] == "stop":
            yield page
            page = []
        else:
            page.append(words)


def _counted(lines: list[list[str]]) -> Count:
    """Count in what dot writes: `node name x y …` and `edge tail head n x1 y1 … xn yn …`."""
    nodes = {words[1]: (float(words[2]), float(words[3])) for words in lines if words[0] == "node"}
    ranks = sorted({y for _, y in nodes.values()}, reverse=True)
    curves: dict[int, list[Spot]] = {}
    ends: dict[int, tuple[str, str]] = {}
    places: Places = {}
    for edge, words in enumerate(words for words in lines if words[0] == "edge"):
        tail, head = words[1:3]
        numbers = [float(word) for word in words[4 : 4 + 2 * int(words[3])]]
        curve = _sampled(list(zip(numbers[::2], numbers[1::2], strict=True)))
        curves[edge], ends[edge] = curve, (tail, head)
        first, last = ranks.index(nodes[tail][1]), ranks.index(nodes[head][1])
        passed = {at: _passes(curve, ranks[at]) for at in range(first + 1, last)}
        places[edge] = {first: nodes[tail][0], **passed, last: nodes[head][0]}
    return Count(_inversions(places, NEAR), _intersections(curves, ends, nodes))


def _sampled(points: Sequence[Spot]) -> list[Spot]:
    """A chain of cubic Bézier curves as straight pieces."""
    found = [points[0]]
    for at in range(0, len(points) - 1, 3):
        p, q, r, s = points[at : at + 4]
        for step in range(1, SAMPLES + 1):
            t = step / SAMPLES
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            found.append(
                (a * p[0] + b * q[0] + c * r[0] + d * s[0], a * p[1] + b * q[1] + c * r[1] + d * s[1])
            )
    return found


def _passes(curve: Sequence[Spot], level: float) -> float:
    """Where a curve that runs down passes a level."""
    for one, other in pairwise(curve):
        if one[1] >= level >= other[1]:
            share = (one[1] - level) / (one[1] - other[1]) if one[1] > other[1] else 0.0
            return one[0] + share * (other[0] - one[0])
    raise ValueError("an edge of dot's does not pass a rank between its ends")


def _intersections(
    curves: dict[int, list[Spot]], ends: dict[int, tuple[str, str]], nodes: dict[str, Spot]
) -> int:
    total = 0
    for one, other in combinations(curves, 2):
        shared = [nodes[name] for name in {*ends[one]} & {*ends[other]}]
        if not _may_meet(curves[one], curves[other]):
            continue
        spots: list[Spot] = []
        for piece in pairwise(curves[one]):
            for piece_too in pairwise(curves[other]):
                spot = _meeting(*piece, *piece_too)
                if spot is not None and not any(_beside(spot, node) for node in shared):
                    spots.append(spot)
        total += sum(all(_apart(spot, before) for before in spots[:at]) for at, spot in enumerate(spots))
    return total


def _may_meet(one: Sequence[Spot], other: Sequence[Spot]) -> bool:
    for axis in (0, 1):
        if max(spot[axis] for spot in one) < min(spot[axis] for spot in other):
            return False
        if max(spot[axis] for spot in other) < min(spot[axis] for spot in one):
            return False
    return True


def _apart(one: Spot, other: Spot) -> bool:
    return abs(one[0] - other[0]) > NEAR or abs(one[1] - other[1]) > NEAR


def _beside(spot: Spot, node: Spot) -> bool:
    """Whether a place is at the border of a node (half an inch by a quarter from its middle)."""
    return abs(spot[0] - node[0]) < 0.5 + NEAR and abs(spot[1] - node[1]) < 0.25 + 2 * NEAR


def _meeting(a: Spot, b: Spot, c: Spot, d: Spot) -> Spot | None:
    """Where the pieces a–b and c–d meet, ends included; None if they do not or are parallel.

    >>> _meeting((0, 0), (2, 2), (0, 2), (2, 0)), _meeting((0, 0), (1, 1), (0, 2), (2, 0.5))
    ((1.0, 1.0), None)
    """
    run, fall = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    turn = run[0] * fall[1] - run[1] * fall[0]
    if abs(turn) < 1e-12:
        return None
    gap = (c[0] - a[0], c[1] - a[1])
    t = (gap[0] * fall[1] - gap[1] * fall[0]) / turn
    u = (gap[0] * run[1] - gap[1] * run[0]) / turn
    return (a[0] + t * run[0], a[1] + t * run[1]) if 0 <= t <= 1 and 0 <= u <= 1 else None
