"""What a connection of two services is: the row of a table, and what holds its items on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Literal

from sandbox.catalog.facts import Quotas
from sandbox.catalog.service import EdgeSettings, Settings
from sandbox.engine.network import Holding

End = Literal["source", "target"]


@dataclass(frozen=True)
class Hop:
    """One edge that holds what it carries, as the terms of its holding see it."""

    edge: EdgeSettings
    source: Settings
    target: Settings
    item_kb: float
    quotas: Callable[[str], Quotas]
    """Quotas and parameters of any service, where the target runs."""
    max_receives: float = inf
    """Receives before a message goes to the dead-letter queue; infinite without one."""
    readers: int = 1
    """Mappings that share a stream's reads."""
    rivals: int = 1
    """Mappings that compete for a queue's messages."""


@dataclass(frozen=True)
class Reader:
    """How people see the pace of what takes held items on."""

    unit: str
    raised_by: str
    """The setting of the edge that raises it; nothing where none does."""
    source: str


@dataclass(frozen=True)
class Held:
    """How items are held between two services."""

    terms: Callable[[Hop], Holding]
    """When they are handed on, tried again and given up."""
    reader: Callable[[EdgeSettings], Reader]
    """What takes them on."""
    gives_up: tuple[tuple[End, str], ...] = ()
    """The edges that take what is given up: the end they leave from, and their role."""


@dataclass(frozen=True)
class Connection:
    """One legal way from a service to another."""

    source: str
    target: str
    kind: str
    """`sync`, `async`, `polled`, `stream`, `dead-letter`."""
    settings: type[EdgeSettings]
    role: str = ""
    """`dead-letter`, `on-failure`, `authorizer`, `fallback`; nothing for the ordinary flow."""
    mode: str = ""
    """`async` where the same two services also connect synchronously."""
    retries: int = 0
    """Tries after a failed one unless the edge says otherwise."""
    title: str = ""
    """What happens along it, in a few words to choose by."""
    held: Held | None = None
    """For all kinds but `sync` and `dead-letter`."""
    operation: str = ""
    """What is done at the target where the edge does not say; the first of its operations where left out."""

    @property
    def is_aside(self) -> bool:
        """Whether it carries something else than the ordinary flow: what failed, or what checks it."""
        return self.role not in {"", "fallback"}
