"""An exercise: the story, what may not be changed, hints one by one, and what is said at the end.

It stands in the file as `[exercise]`; the goals are the design's own. What is locked is named by
paths, of whole parts (`nodes.shop`, `edges.shop>api`, `account`, `edges`) or of single values.
"""

from collections.abc import Iterable

from pydantic import Field

from sandbox.catalog.service import Settings

WHOLE = ("region", "account", "accounts", "effort", "faults", "nodes", "edges")
"""What can be locked as a whole."""


class Stars(Settings):
    """What is worth a star beyond the goals."""

    budget_usd: float | None = Field(default=None, gt=0, json_schema_extra={"unit": "USD/month"})
    """The bill of a month that is worth the star for cost."""

    headroom: float | None = Field(default=None, gt=1, json_schema_extra={"unit": "×"})
    """The load that must be borne before anything throttles, for the star for margin."""

    @property
    def most(self) -> int:
        """Stars that there are, with the one for solving it."""
        return 1 + (self.budget_usd is not None) + (self.headroom is not None)


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

    free: tuple[str, ...] = ()
    """Paths of what may be changed in spite of a lock around it, as in `nodes.shop.memory_mb`."""

    may_add: bool | tuple[str, ...] = True
    """Whether nodes may be added, or of which services, as in `["rds-proxy"]`."""

    may_remove: bool = False
    """Whether nodes may be taken away that are not locked."""

    cleared: tuple[str, ...] = ()
    """Names of rules of the advice that must find nothing any more, as in `timeout-over-visibility`."""

    stars: Stars = Stars()
    """What is worth a star beyond the goals."""

    next: str = Field(default="", max_length=80)
    """Id of the exercise that follows."""

    def locks(self, path: str) -> bool:
        """Whether a value may not be changed.

        >>> shop = Exercise(story="-", locked=("account", "nodes.shop"), free=("nodes.shop.retries",))
        >>> [shop.locks(f"nodes.{path}") for path in ("shop.rate_per_s", "shop.retries", "shopper.retries")]
        [True, False, False]
        """
        return _is_within(path, self.locked) and not _is_within(path, self.free)

    def may_join(self, service: str) -> bool:
        """Whether nodes of a service may be added."""
        return self.may_add if isinstance(self.may_add, bool) else service in self.may_add


def _is_within(path: str, wholes: Iterable[str]) -> bool:
    """Whether a path leads into one of some parts, or is one."""
    return any(path == whole or path.startswith(f"{whole}.") for whole in wholes)
