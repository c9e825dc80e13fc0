"""What may be added: what may follow first, then the other services, and what choosing one means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sandbox.app.present.matching import Named, best
from sandbox.app.present.wording import ends
from sandbox.catalog.connections import reason
from sandbox.catalog.service import services
from sandbox.catalog.usual import beginnings
from sandbox.design.edits import Follower, followers, insertable, leaders
from sandbox.design.model import Design

FAMILIES: Mapping[str, str] = {
    "source": "Sources",
    "front": "Front doors",
    "compute": "Compute",
    "flow": "Queues, topics, streams",
    "store": "Stores",
    "other": "Others",
}
"""Headings, in the order in which requests go through them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of the picker: a service, and the way it would be joined by."""

    service: str
    group: str
    """Heading that it stands under."""
    told: str
    """What choosing it means."""
    follower: Follower | None = None
    """None where it would stand by itself."""
    leads: bool = False
    """Whether it would lead to the node rather than follow it."""

    @property
    def key(self) -> str:
        """What tells it from the others."""
        way = self.follower.way if self.follower else None
        return f"{self.service} {way.role} {way.connection.mode}" if way else self.service

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return services()[self.service].title

    @property
    def note(self) -> str:
        """What is said of it in the list: the service, or the way where it is a special one."""
        if self.follower is not None and _is_special(self.follower):
            return self.follower.way.title
        summary = services()[self.service].summary
        return f"{summary[:1].upper()}{summary[1:].rstrip('.')}"

    @property
    def named(self) -> Named:
        """What it may be found by."""
        service = services()[self.service]
        words = (*service.also_called, *self.title.lower().split())
        own: tuple[str, ...] = (self.service, service.badge.lower())
        if service.ended:  # Nobody begins with it today, so whatever else fits comes first.
            own, words = (), (*words, *own)
        return Named(own, words, f"{self.note} {service.summary}")


def choices(design: Design, after: str | None = None, into: int | None = None) -> tuple[Choice, ...]:
    """Every service, what may follow first.

    Args:
        design: What it is added to.
        after: The node that it would follow.
        into: The edge that it would be put into, by its place.
    """
    if into is not None:
        between = ends(design, into)
        joined = _joined(insertable(design, into), f"between {between.replace(' → ', ' and ')}", between)
        return (*joined, *_others(joined, "added by itself", ""))
    if after is not None:
        title, service = design.nodes[after].title, design.nodes[after].service
        joined = _joined(followers(design, after), f"after {title}", title)
        joined = (*joined, *_leading(design, after, joined))
        return (*joined, *_others(joined, f"added by itself: {title} does not lead there", service))
    return tuple(_by_family(design))


def found(query: str, offered: Iterable[Choice]) -> list[Choice]:
    """What fits a query, the best first.

    >>> [choice.service for choice in found("queue", choices(Design()))]
    ['sqs']
    """
    by_key = {choice.key: choice for choice in offered}
    return [by_key[key] for key in best(query, [(key, choice.named) for key, choice in by_key.items()])]


def _joined(legal: Sequence[Follower], group: str, whence: str) -> tuple[Choice, ...]:
    """What may stand there: the ordinary ways before those for what fails."""
    told = {one: f"{whence} → {services()[one.service].title}: {one.way.title}" for one in legal}
    aside = [one for one in legal if _is_aside(one)]
    ordinary = [Choice(one.service, group, told[one], one) for one in legal if one not in aside]
    special = [Choice(one.service, f"{group}, on the side", told[one], one) for one in aside]
    return (*ordinary, *special)


def _leading(design: Design, key: str, followed: Iterable[Choice]) -> Iterator[Choice]:
    """What may lead to a node that nothing leads to yet."""
    if any(not edge.connection.is_aside for edge in design.inflows(key)):
        return
    there, title = {choice.service for choice in followed}, design.nodes[key].title
    for one in leaders(design, key):
        if one.service not in there:
            told = f"{services()[one.service].title} → {title}: {one.way.title}"
            yield Choice(one.service, f"before {title}, which nothing leads to yet", told, one, leads=True)


def _is_aside(follower: Follower) -> bool:
    return follower.way.connection.is_aside


def _is_special(follower: Follower) -> bool:
    return bool(follower.way.role or follower.way.connection.mode)


def _others(joined: Iterable[Choice], group: str, source: str) -> Iterator[Choice]:
    """What cannot be joined there, and why."""
    there = {choice.service for choice in joined}
    for key in beginnings():
        if key not in there:
            why = reason(source, key) if source else "no such edges on both sides"
            yield Choice(key, group, f"not connected: {why}")


def _by_family(design: Design) -> Iterator[Choice]:
    order = beginnings()
    told = "the first of the design" if not design.nodes else "not connected; {design.connect} connects it"
    for family, group in FAMILIES.items():
        for key in order:
            if services()[key].family == family:
                yield Choice(key, group, told)
