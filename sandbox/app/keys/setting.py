"""The keys a person has set, brought into the form Textual takes; and what is wrong with them."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from textual.binding import Binding

from sandbox.app.keys.deeds import NO_KEY
from sandbox.app.keys.written import listed, named, near, written
from sandbox.errors import Problem

Given = Mapping[str, str | tuple[str, ...]]
"""Keys as written, by id of the binding: with commas between them, or as a list."""


def keymap_of(given: Given) -> dict[str, str]:
    """The keys as Textual takes them; what is no key is left out, and where none is left the default stays.

    >>> keymap_of({"design.add": "n, ctrl+a", "design.why": "", "load.less": "nokey"})
    {'design.add': 'n,ctrl+a', 'design.why': 'no-key:design.why'}
    """
    found: dict[str, str] = {}
    for name, keys in given.items():
        texts = parts(keys)
        good = [key for key in map(named, texts) if key is not None]
        if good or not texts:
            found[name] = ",".join(dict.fromkeys(good)) or f"{NO_KEY}{name}"
    return found


def parts(keys: str | tuple[str, ...]) -> list[str]:
    """The single keys of what was written."""
    return listed(keys) if isinstance(keys, str) else [key for key in keys if key]


def problems(given: Given) -> Iterator[Problem]:
    """What is wrong with the keys a person has set: actions and keys there are not, and keys set twice."""
    from sandbox.app.keys.bound import known  # noqa: PLC0415  # imports every dialog
    from sandbox.design.wording import nearest  # noqa: PLC0415

    for name, keys in given.items():
        path = f"keys.{name}"
        if name not in known():
            yield Problem(f"{path} is not an action.{nearest(name, known())}", path)
        for text in parts(keys):
            if named(text) is None:
                yield Problem(f"{path}: '{text}' is not a key.{near(text)}", path)
    yield from _conflicts(keymap_of({name: keys for name, keys in given.items() if name in known()}))


def _conflicts(keymap: Mapping[str, str]) -> Iterator[Problem]:
    """Keys that a person has newly given to something, and that something else has in the same place."""
    from sandbox.app.keys.bound import known, places  # noqa: PLC0415

    new = {
        (name, key)
        for name, keys in keymap.items()
        for key in keys.split(",")
        if key not in map(named, listed(known()[name].key))
    }
    told: set[frozenset[str]] = set()
    for place in places():
        held: dict[str, list[tuple[int, Binding]]] = {}
        for depth, layer in enumerate(place.layers):
            for key, binding in _held(layer, keymap):
                held.setdefault(key, []).append((depth, binding))
        for key, several in held.items():
            for (depth, one), (deeper, other) in combinations(several, 2):
                pair = frozenset((one.id or "", other.id or ""))
                is_new = any((name, key) in new for name in pair)
                if is_new and one.action != other.action and pair not in told:
                    told.add(pair)
                    inner = one.id if depth < deeper or one.id in keymap else other.id
                    yield _conflict(key, pair, inner or "", place.name, keymap)


def _conflict(key: str, pair: frozenset[str], winner: str, where: str, keymap: Mapping[str, str]) -> Problem:
    """What becomes of a key that two actions have."""
    name = next(name for name in sorted(pair) if name in keymap)
    other = next(iter(pair - {name}))
    ends = "which has it no more" if winner == name else "which comes first"
    return Problem(f"keys.{name}: '{written(key)}' is also {other} {where}, {ends}", f"keys.{name}")


def _held(layer: tuple[Binding, ...], keymap: Mapping[str, str]) -> Iterator[tuple[str, Binding]]:
    """The keys of a layer with what they do, each pair once."""
    seen: set[tuple[str, str | None]] = set()
    for binding in layer:
        for key in keymap.get(binding.id or "", binding.key).split(","):
            if (key, binding.id) not in seen:
                seen.add((key, binding.id))
                yield key, binding
