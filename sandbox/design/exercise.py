"""An exercise: the story, what may not be changed, hints one by one, and what is said at the end.

It stands in the file as `[exercise]`; the goals are the design's own. What is locked is named by
paths, of whole parts (`nodes.shop`, `edges.shop>api`, `account`, `edges`) or of single values.
"""

from collections.abc import Mapping

from pydantic import Field

from sandbox.catalog.service import Settings
from sandbox.design.parts import Edge, Node
from sandbox.design.paths import SECTIONS, Place, find
from sandbox.design.wording import nearest
from sandbox.errors import Problem

WHOLE = ("region", "account", "accounts", "effort", "faults", "nodes", "edges")
"""What can be locked as a whole."""


class Stars(Settings):
    """What is worth a star beyond the goals."""

    budget_usd: float | None = Field(default=None, gt=0, json_schema_extra={"unit": "USD/month"})
    """The bill of a month that is worth the star for cost."""

    headroom: float | None = Field(default=None, gt=1, json_schema_extra={"unit": "×"})
    """The load that must be borne before anything throttles, for the star for margin."""


class Exercise(Settings):
    """What makes a design an exercise."""

    id: str = Field(default="", max_length=80, pattern=r"^[\w\-]*$")
    """Name by which the exercise as given is found, in copies too; those that come along have one."""

    story: str = Field(min_length=1)
    """What has happened and what is wanted, in Markdown."""

    hints: tuple[str, ...] = ()
    """Shown one by one when asked for; the first says least."""

    debrief: str = ""
    """What is to be learnt, shown once it is solved, in Markdown."""

    locked: tuple[str, ...] = ()
    """Paths of what may not be changed, as in `nodes.shop`, `edges.shop>api.calls` or `account`."""

    may_add: bool = True
    """Whether nodes may be added."""

    may_remove: bool = False
    """Whether nodes may be taken away that are not locked."""

    cleared: tuple[str, ...] = ()
    """Names of rules of the advice that must find nothing any more, as in `timeout-over-visibility`."""

    stars: Stars = Stars()
    """What is worth a star beyond the goals."""

    next: str = Field(default="", max_length=80)
    """Id of the exercise that follows."""


def lock_problem(
    lock: str, nodes: Mapping[str, Node], edges: tuple[Edge, ...], accounts: Mapping[str, object]
) -> Problem | None:
    """What is wrong with the path of something locked, in words; nothing where it leads somewhere."""
    path = "exercise.locked"
    section, _, rest = lock.partition(".")
    if lock in WHOLE:
        return None
    if section not in SECTIONS or not rest:
        return Problem(f"{path}: '{lock}' leads nowhere.{nearest(section, WHOLE)}", path)
    part = rest.partition(".")[0]
    if section == "nodes":
        hint = f"there is no node '{part}'.{nearest(part, nodes)}"
        return None if part in nodes else Problem(f"{path}: '{lock}': {hint}", path)
    if section == "edges":
        ends = [f"{edge.source}>{edge.target}" for edge in edges]
        hint = f"there is no edge '{part}'.{nearest(part, ends)}"
        if part in ends and part != rest and ends.count(part) > 1:
            hint = f"the two are joined by several edges; lock them all with 'edges.{part}'"
        elif part in ends:
            return None
        return Problem(f"{path}: '{lock}': {hint}", path)
    place = find(lock if section != "accounts" else f"{lock}.free_tier", nodes, edges, accounts)
    return None if isinstance(place, Place) else Problem(f"{path}: {place.message}", path)
