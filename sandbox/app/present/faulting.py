"""What goes wrong at a node in a timeline, as lines of its form."""

from collections.abc import Callable, Iterator

from pydantic import BaseModel

from sandbox.design.edits.faulting import add_fault, fault_of, remove_faults
from sandbox.design.model import Design
from sandbox.design.parts import Fault
from sandbox.units import number, percent
from widgets.form.field import Field, Value

NAME = "fault"
"""The field that says whether something goes wrong; the others stand behind it."""
SECTION = "over time"
_OWN = ("node",)


def fields(
    design: Design, key: str, lines: Callable[[BaseModel, tuple[str, ...], str], Iterator[Field]]
) -> Iterator[Field]:
    """Whether the node has a fault, and what it is.

    Args:
        design: What the user drew.
        key: The node.
        lines: Makes the fields of a table.
    """
    place = fault_of(design, key)
    words = (
        "Something that goes wrong here for a while, in a timeline: slower, failing, or with less capacity."
    )
    yield Field(NAME, "fault", "flag", place is not None, False, section=SECTION, help=words)
    if place is not None:
        for field in lines(design.faults[place], (), f"{NAME}."):
            if field.name.partition(".")[2] not in _OWN:
                yield field


def told(design: Design, fault: Fault) -> str:
    """What goes wrong where, as in `Order table 5 × slower`."""
    what = (
        ("" if fault.slower == 1 else f"{number(fault.slower)} × slower"),
        (f"fails {percent(fault.fail)}" if fault.fail else ""),
        ("" if fault.capacity == 1 else f"{percent(fault.capacity)} of its limits"),
        (f"{fault.poisoned} poisoned batches" if fault.poisoned else ""),
    )
    return f"{design.nodes[fault.node].title} {', '.join(part for part in what if part)}".rstrip()


def path(design: Design, key: str, name: str) -> str:
    """Path of a fault's value in the design."""
    return f"faults.{fault_of(design, key)}.{name.partition('.')[2]}"


def switched(design: Design, key: str, wanted: Value) -> Design:
    """The design with a fault of the node, or without."""
    return add_fault(design, key) if wanted else remove_faults(design, key)
