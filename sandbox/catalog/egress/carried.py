"""What a call carries to its target and back."""

from typing import Protocol

from pydantic import BaseModel

from sandbox.catalog.service import Settings, services


class _Hop(Protocol):
    """What a `Link` and a `LinkUse` both say of an edge."""

    @property
    def peer_service(self) -> str: ...

    @property
    def settings(self) -> BaseModel: ...

    @property
    def item_kb(self) -> float: ...

    @property
    def answer_kb(self) -> float: ...


def carried(hop: _Hop) -> tuple[float, float]:
    """Data of one call of a peer, to it and back [KB]; headers are not counted."""
    return exchanged(hop, services()[hop.peer_service].settings)


def exchanged(hop: _Hop, asked: type[Settings]) -> tuple[float, float]:
    """The same, of a call of what has such settings.

    What a store is read for comes back, what is written goes there; other services get the item, and
    give their answer.
    """
    if not asked.reading:
        return hop.item_kb, hop.answer_kb
    said = getattr(hop.settings, "operation", None) or asked.operations[0]
    if asked.synonyms.get(said, said) not in asked.reading:
        return hop.item_kb, 0.0
    is_said = getattr(hop.settings, "item_kb", None) is not None
    return 0.0, hop.item_kb if is_said else hop.answer_kb or hop.item_kb
