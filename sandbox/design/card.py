"""What makes a design a preset: where it stands in the list, and which advice it is meant to raise.

It stands in the file as `[preset]`.
"""

from sandbox.catalog.service import Settings
from sandbox.design.groups import Group


class Card(Settings):
    """How a design is listed among those that come along."""

    group: Group
    """The heading it stands under."""

    expects: tuple[str, ...] = ()
    """Names of rules of the advice that find something in the design as it opens, on purpose."""
