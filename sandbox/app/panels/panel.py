"""What a panel is: a key, a title, and a view that shows readings."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.containers import Vertical

from sandbox.app.reading import Reading
from widgets.facts import Tone

Badge = tuple[str, Tone]
"""A few signs beside a panel's title, and how grave what they say is."""


class PanelView(Vertical):
    """A panel's contents; only the one in sight is told of new readings."""

    DEFAULT_CSS = """
    PanelView { height: 1fr; }
    """

    def show(self, reading: Reading) -> None:
        """Draw a reading."""
        raise NotImplementedError

    @property
    def question(self) -> str | None:
        """Path of the number that *why* is about where the cursor is."""
        return None


@dataclass(frozen=True)
class Panel:
    """A panel's entry in the strip."""

    key: str
    """The digit that shows it."""
    id: str
    title: str
    about: str
    """What it shows, for the help."""
    view: type[PanelView]
    badges: Callable[[Reading], tuple[Badge, ...]] = lambda _: ()
    """What stands beside the title, where there is room."""
