"""Changing what an exercise locks, whatever it is."""

from dataclasses import replace
from typing import Any, Literal, get_args, get_origin

from sandbox.design.edits.edges import remove_edge
from sandbox.design.exercise import WHOLE
from sandbox.design.model import Design
from sandbox.design.parts import Account, Effort, Fault
from sandbox.errors import DesignError

TOO = {
    "managed_instances": {
        "instance_type": "m7g.large",
        "architecture": "arm64",
        "memory_mb": 4096,
        "snap_start": None,
        "reserved_concurrency": None,
    },
    "fifo": {"message_groups": None, "high_throughput": None},
}
"""What else has to be said where a setting is changed."""


def tampered(design: Design, lock: str) -> Design:
    """The design with something changed that is locked under a path."""
    if lock in WHOLE:
        return _whole(design, lock)
    section, part, *keys = lock.split(".")
    if section == "edges":
        return design.with_value(f"edges.{part}.calls", 0.9)
    model = type(design.nodes[part].settings)
    for key in keys or model.model_fields:
        if key == "account":
            other = replace(design, accounts={**design.accounts, "other": Account()})
            return other.with_value(f"nodes.{part}.account", "other")
        for value in _others(getattr(design.nodes[part].settings, key), model.model_fields[key].annotation):
            try:
                values = {key: value, **TOO.get(key, {})}
                changed = design.with_values({f"nodes.{part}.{k}": v for k, v in values.items()})
            except DesignError:
                continue
            if changed != design:
                return changed
    msg = f"nothing under {lock} can be changed"
    raise AssertionError(msg)


def _whole(design: Design, section: str) -> Design:
    """One of the sections changed."""
    match section:
        case "region":
            return design.with_value("region", "eu-west-1")
        case "account":
            return design.with_value("account.free_tier", True)
        case "accounts":
            return replace(design, accounts={**design.accounts, "other": Account()})
        case "effort":
            return replace(design, effort=Effort())
        case "faults":
            return replace(design, faults=(*design.faults, Fault(node=next(iter(design.nodes)))))
    return remove_edge(design, 0)


def _others(value: Any, annotation: Any) -> list[Any]:
    """Other values that a setting may take."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value * 0.5, value + 1, 1, 2, 256]
    forms = [annotation, *get_args(annotation)]
    choices = [choice for form in forms if get_origin(form) is Literal for choice in get_args(form)]
    return [*choices, 1, 2, 256]
