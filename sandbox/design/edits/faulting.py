"""Faults of a node: something to begin with, and none at all."""

from dataclasses import replace

from sandbox.design.model import Design
from sandbox.design.parts import Fault
from sandbox.design.paths import Place, find

FROM_S, TO_S, SLOWER = 600.0, 900.0, 5.0
"""A fault to begin with: five times slower, from the tenth minute of a run to the fifteenth."""


def add_fault(design: Design, key: str) -> Design:
    """Let a node be slower for a while.

    Raises:
        UnknownNameError: There is no such node.
    """
    fault = Fault(node=design.node(key).id, from_s=FROM_S, to_s=TO_S, slower=SLOWER)
    return replace(design, faults=(*design.faults, fault))


def remove_faults(design: Design, key: str) -> Design:
    """Let nothing go wrong at a node; variants that speak of other faults follow."""
    kept = [place for place, fault in enumerate(design.faults) if fault.node != key]
    moved = {old: new for new, old in enumerate(kept)}
    variants = {}
    for name, values in design.variants.items():
        paths = ((_moved(design, path, moved), value) for path, value in values.items())
        variants[name] = {path: value for path, value in paths if path}
    return replace(design, faults=tuple(design.faults[place] for place in kept), variants=variants)


def fault_of(design: Design, key: str) -> int | None:
    """The place of a node's first fault."""
    return next((place for place, fault in enumerate(design.faults) if fault.node == key), None)


def _moved(design: Design, path: str, moved: dict[int, int]) -> str | None:
    """A path after faults are gone; None where it led to one of them."""
    place = find(path, design.nodes, design.edges, design.accounts, design.faults)
    if not isinstance(place, Place) or place.section != "faults":
        return path
    new = moved.get(int(place.part))
    return None if new is None else f"faults.{new}.{'.'.join(place.keys)}"
