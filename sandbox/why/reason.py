"""What the answer to *why* is made of."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One link of the chain: a sentence, and the number it leads on to."""

    text: str
    path: str | None = None
    """Path of a number that can be asked in turn."""


@dataclass(frozen=True)
class Reason:
    """Why a number is what it is."""

    path: str
    title: str
    value: str
    formula: str
    """The formula with its numbers."""
    because: tuple[Step, ...] = ()
    change: Mapping[str, object] | None = None
    """The smallest single change that clears it, as paths and values."""
    change_text: str = ""
    source: str = ""
