"""What a call carries to its target and back."""

from typing import Protocol

from pydantic import BaseModel

from sandbox.catalog.service import services


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
    """Data of one call, to the target and back [KB]; headers are not counted.

    What a store is read for comes back, what is written goes there; other services get the item, and
    give their answer.
    """
    target = services()[hop.peer_service].settings
    if not target.reading:
        return hop.item_kb, hop.answer_kb
    said = getattr(hop.settings, "operation", None) or target.operations[0]
    if target.synonyms.get(said, said) not in target.reading:
        return hop.item_kb, 0.0
    is_said = getattr(hop.settings, "item_kb", None) is not None
    return 0.0, hop.item_kb if is_said else hop.answer_kb or hop.item_kb
