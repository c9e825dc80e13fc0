"""How well typed words fit names: exact before the start of a word before letters in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EXACT, START, INSIDE, SCATTERED = 90.0, 70.0, 40.0, 20.0
_OWN_NAME = 10.0
"""What a thing is called itself counts more than what people also say for it."""
_MOST_GAPS = 19
_LEAST = 3
"""Letters by which something said of a thing finds it."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a thing may be found by, in small letters."""

    names: tuple[str, ...]
    """Its id and short names."""
    words: tuple[str, ...] = ()
    """Other words for it, and those of its title."""
    text: str = ""
    """What is said of it."""


def score(query: str, named: Named) -> float:
    """How well every word of a query fits; 0 where one does not fit at all.

    >>> queue = Named(("sqs",), ("queue", "messages"), "holds messages")
    >>> [score(query, queue) for query in ("sqs", "queue", "que", "sqs queue", "mgs", "holds", "x")]
    [100.0, 90.0, 70.0, 95.0, 18.0, 40.0, 0.0]
    """
    words = query.lower().split()
    found = [max(_own(word, named.names), _said(word, named)) for word in words]
    return sum(found) / len(found) if found and min(found) > 0 else 0.0


def best(query: str, things: Sequence[tuple[str, Named]]) -> list[str]:
    """Keys of what fits a query, the best first and equally good ones in their order; all for no query.

    What fits less than half as well as the best is left out.

    >>> best("s", [("a", Named(("api",))), ("b", Named(("sns",))), ("c", Named(("sqs",)))])
    ['b', 'c']
    """
    if not query.strip():
        return [key for key, _ in things]
    scored = sorted(((score(query, named), key) for key, named in things), key=lambda one: -one[0])
    return [key for points, key in scored if points > scored[0][0] / 2]


def _own(word: str, names: Iterable[str]) -> float:
    return max((_fit(word, name) + _OWN_NAME * bool(_fit(word, name)) for name in names), default=0.0)


def _said(word: str, named: Named) -> float:
    fits = max((_fit(word, other) for other in named.words), default=0.0)
    return fits or (INSIDE if len(word) >= _LEAST and word in named.text.lower() else 0.0)


def _fit(word: str, name: str) -> float:
    """How a typed word fits one name."""
    if word == name:
        return EXACT
    if name.startswith(word):
        return START
    if len(word) > 1 and word in name:
        return INSIDE
    return _scattered(word, name)


def _scattered(word: str, name: str) -> float:
    """Whether a name begins with the first letter and has the others in their order; fewer gaps are better.

    >>> _scattered("apgw", "api-gateway"), _scattered("gw", "api-gateway")
    (18.0, 0.0)
    """
    if not name.startswith(word[:1]):
        return 0.0
    place = gaps = 0
    for letter in word:
        found = name.find(letter, place)
        if found < 0:
            return 0.0
        gaps += found > place
        place = found + 1
    return SCATTERED - min(gaps, _MOST_GAPS)
