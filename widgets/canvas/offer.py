"""Letters over nodes and edges by which a person chooses one, and why others cannot be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ALPHABET = "asdfghjklqwertyuiopzxcvbnm"
"""The letters in the order in which they are given out: those under the fingers first."""

MOST = len(ALPHABET) ** 2
"""Targets that can be told apart by two letters."""

Target = str | int
"""A node by its id, or an edge by its number."""


def letters(count: int) -> tuple[str, ...]:
    """Letters for so many targets; none is the beginning of another.

    One letter each as long as that is enough; beyond, the letters farthest from the
    fingers begin two-letter ones.

    Args:
        count: How many are wanted; those beyond `MOST` get none.

    >>> letters(3)
    ('a', 's', 'd')
    >>> letters(27)[-3:]
    ('n', 'ma', 'ms')
    """
    beginnings = max(0, -(-(min(count, MOST) - len(ALPHABET)) // (len(ALPHABET) - 1)))
    alone = len(ALPHABET) - beginnings
    pairs = (one + other for one in ALPHABET[alone:] for other in ALPHABET)
    return (*ALPHABET[:alone], *pairs)[:count]


@dataclass(frozen=True)
class Offer:
    """What a person may choose, until a choice is made or declined."""

    letters: Mapping[Target, str]
    """One or two letters by node id or edge id."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a node cannot be chosen, by its id; such nodes are dimmed."""

    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Letters of things outside the canvas, by a name that is no node's; chosen like the others."""

    def chosen(self, typed: str) -> Target | None:
        """The target with these letters.

        >>> Offer({"api": "a", 3: "s"}).chosen("s")
        3
        """
        return next((target for target, text in self._all() if text == typed), None)

    def begins(self, typed: str) -> bool:
        """Whether some target's letters begin like this."""
        return any(text.startswith(typed) for _, text in self._all())

    def _all(self) -> list[tuple[Target, str]]:
        return [*self.letters.items(), *self.elsewhere.items()]
