"""What AWS advises where two nodes are joined, laid over a drawing as part of the edit that asks for it."""

from collections.abc import Iterable, Mapping

from sandbox.catalog.practice import End, Joined, Practice, practices
from sandbox.design.edits.following import edge_path
from sandbox.design.model import Design
from sandbox.design.paths import Place, find
from sandbox.errors import DesignError, Problem

NEW_EDGE: frozenset[End] = frozenset({"edge"})
Asked = frozenset[tuple[str, str, str]]
"""Section, part and key of values that an edit says itself."""


def settled(design: Design, places: Iterable[int], new: Mapping[int, frozenset[End]]) -> Design:
    """Raise what is too small and set what is new around some edges, as AWS advises.

    Args:
        design: With the edges in it.
        places: The edges to look at.
        new: By edge, which of its parts have just been made.
    """
    for place in places:
        for practice in practices(design.edges[place].connection):
            design = _advised(design, place, practice, new.get(place, frozenset()), frozenset())
    return design


def changed(design: Design, values: Mapping[str, object]) -> Design:
    """Change values, and what has to follow them: a queue's visibility follows its consumer's timeout.

    What the edit says itself is never overruled.

    Args:
        design: Before the edit.
        values: By path, as TOML has them; None restores a default.

    Raises:
        DesignError: Paths that lead nowhere, values that are wrong there, or values that a variant
            of the design cannot be laid over.
    """
    after = design.with_values(values)
    found = (find(path, design.nodes, design.edges, design.accounts, design.faults) for path in values)
    said = frozenset((at.section, at.part, at.keys[0]) for at in found if isinstance(at, Place))
    for place, edge in enumerate(after.edges):
        for practice in practices(edge.connection):
            if any((*_part(after, place, end), key) in said for end, key in practice.asked_by):
                after = _advised(after, place, practice, frozenset(), said)
    _check_variants(after)
    return after


def _check_variants(design: Design) -> None:
    """Refuse a design whose variants no longer fit: its file could not be read again."""
    problems: list[Problem] = []
    for name, values in design.variants.items():
        try:
            design.with_values(values)
        except DesignError as error:
            problems += [Problem(f"variant '{name}': {p.message}", p.path) for p in error.problems]
    if problems:
        raise DesignError(problems)


def _advised(design: Design, place: int, practice: Practice, new: frozenset[End], said: Asked) -> Design:
    """Follow one practice at one edge, except in what the edit says itself."""
    edge = design.edges[place]
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    advice = practice.advise(Joined(source.settings, target.settings, edge.settings, new))
    values = {}
    for (end, key), value in advice.items():
        section, part = _part(design, place, end)
        if (section, part, key) not in said:
            path = edge_path(design, place) if section == "edges" else f"{section}.{part}"
            values[f"{path}.{key}"] = value
    return design.with_values(values) if values else design


def _part(design: Design, place: int, end: End) -> tuple[str, str]:
    """Section and part of an edge or of one of its nodes."""
    edge = design.edges[place]
    return {
        "edge": ("edges", str(place)),
        "source": ("nodes", edge.source),
        "target": ("nodes", edge.target),
    }[end]
