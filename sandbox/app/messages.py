"""What the parts of the app tell each other; keys and clicks have messages of their own."""

from dataclasses import dataclass, field

from textual.message import Message

from sandbox.app.clock import Plan
from sandbox.app.present.rooms import Rooms
from sandbox.app.reading import Details
from sandbox.app.state.watch import Seen
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.timeline.timeline import Timeline


@dataclass
class Evaluated(Message):
    """An evaluation came from the worker."""

    evaluation: Evaluation
    took_s: float


@dataclass
class Ended(Message):
    """The worker was called back."""


@dataclass
class Refused(Message):
    """A design cannot be evaluated."""

    design: Design
    reason: str


@dataclass
class Detailed(Message):
    """Headroom and findings came from the worker."""

    evaluation: Evaluation
    details: Details | None
    """None where the worker was called back."""


@dataclass
class Picked(Message):
    """The person wants to see a node."""

    node: str


@dataclass
class LoadWanted(Message):
    """The load should be turned to so many times the workload as drawn."""

    factor: float


@dataclass
class FileSeen(Message):
    """Another program changed the document's file."""

    seen: Seen


@dataclass
class NotKept(Message):
    """Unsaved work cannot be written down for a crash."""

    reason: str


@dataclass
class Running(Message):
    """So much of a run over time is done."""

    share: float


@dataclass
class Ran(Message):
    """A run over time came from the worker."""

    timeline: Timeline | None
    """None where it could not be had."""
    plan: Plan
    rooms: Rooms = field(default_factory=Rooms)
    """What the canvas keeps free for its numbers."""
    is_rough: bool = False
    """Whether a finer one follows."""
    failure: str = ""


@dataclass
class RunEnded(Message):
    """A run was called back."""
