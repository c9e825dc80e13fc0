"""The variants of a design in words, and which of them was laid over it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sandbox.app.document import Step
from sandbox.app.present.wording import label, subject_title
from sandbox.design.model import Design
from sandbox.design.paths import Place, find
from sandbox.design.variants import told_of, values_at
from widgets.form.field import value_text

AS_DRAWN = ""
"""The name of no variant."""
_TAKEN_BACK = "the design as drawn"


class Choice(NamedTuple):
    """A variant to choose."""

    name: str
    """Empty for the design as it is drawn."""
    title: str
    lesson: str
    """What the description says of it."""
    changes: tuple[str, ...]
    """What it changes, in words."""


def choices(drawn: Design) -> tuple[Choice, ...]:
    """The design as it is drawn, and each of its variants."""
    first = " ".join(drawn.description.strip().partition("\n\n")[0].split())
    return (
        Choice(AS_DRAWN, "as drawn", first, ()),
        *(
            Choice(name, name, told_of(drawn.description, name), tuple(changes(drawn, values)))
            for name, values in drawn.variants.items()
        ),
    )


def step(variant: str) -> str:
    """What laying a variant over a design is called in the history."""
    return f"variant “{variant}”" if variant else _TAKEN_BACK


def laid(steps: Sequence[Step]) -> str:
    """The variant that was laid over the design last; empty where it is as drawn.

    Args:
        steps: Each change with the design before it, the last one at the end.
    """
    found = _last(steps)
    return found[1] if found else AS_DRAWN


def as_drawn(steps: Sequence[Step], design: Design) -> Design:
    """A design with the values that stood there before any variant; other changes stay.

    Raises:
        DesignError: What a variant has changed is there no more.
    """
    found = _last(steps)
    if found is None or found[1] == AS_DRAWN:
        return design
    place, variant = found
    before = as_drawn(steps[:place], steps[place].design)
    return design.with_values(values_at(before, before.variants[variant]))


def _last(steps: Sequence[Step]) -> tuple[int, str] | None:
    """The last step that laid a variant over the design or took it back: where it is, and which."""
    for place in range(len(steps) - 1, -1, -1):
        names = {step(name): name for name in (AS_DRAWN, *steps[place].design.variants)}
        if steps[place].name in names:
            return place, names[steps[place].name]
    return None


def changes(design: Design, values: Mapping[str, object]) -> Iterator[str]:
    r"""Each value that differs, in words.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.ship]\nservice="lambda"\nlabel="Ship"\n', "shop")
    >>> list(changes(shop, {"nodes.ship.reserved_concurrency": 30}))
    ['reserved of Ship  – → 30']
    """
    old = values_at(design, values)
    for path, value in values.items():
        place = find(path, design.nodes, design.edges, design.accounts, design.faults)
        if isinstance(place, Place):
            subject = f"{place.section}.{place.part}" if place.section in ("nodes", "edges") else ""
            whose = f" of {subject_title(design, subject)}" if subject else ""
            for name, before, after in _leaves(place.keys[-1], old[path], value):
                if before != after:
                    yield f"{label(name)}{whose}  {_said(before)} → {_said(after)}"


def _leaves(name: str, old: object, new: object) -> Iterator[tuple[str, object, object]]:
    """A value, or those of a table, with its name and the value before."""
    if not isinstance(new, Mapping):
        yield name, old, new
        return
    table = old if isinstance(old, Mapping) else {}
    for key, value in new.items():
        yield from _leaves(str(key), table.get(key), value)


def _said(value: object) -> str:
    return value_text(value) if value is None or isinstance(value, bool | int | float | str) else "…"
