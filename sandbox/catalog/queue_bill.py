"""How many requests a queue bills: sends, receives, deletes and polls that find nothing.

A request carries at most ten messages, and counts once for each started 64 KB of its payload.
"""

from collections.abc import Callable

import numpy as np

from sandbox.catalog.facts import facts
from sandbox.catalog.usage import Array, LinkUse


def _parameter(key: str) -> float:
    """A parameter of the queue's behaviour, from its facts."""
    return facts("sqs").quotas[key].value


def requests(payload_kb: Array) -> Array:
    """Billed requests of one call: every started chunk counts, and an empty call is one.

    >>> requests(np.array([0.0, 64.0, 100.0])).tolist()
    [1.0, 1.0, 2.0]
    """
    return np.maximum(1.0, np.ceil(payload_kb / _parameter("chunk_kb") - 1e-9))


def sends(link: LinkUse) -> Array:
    """Billed send requests per second: each call by the payload it carries.

    A delivery from a topic or a bucket is a send too, and so is a message that is moved here
    because it was received too often.
    """
    size = _mean_size(link)
    return link.batches * between(size, lambda count: requests(count * link.item_kb))


def receives(link: LinkUse) -> Array:
    """Billed receives that brought messages, and the deletes of what was done, per second.

    A batch is collected ten messages at a time, and deleted ten at a time. What is delivered again
    was received again, and so was a batch that the function refused. Messages that a filter drops
    are received and deleted, but not delivered.
    """
    share = getattr(link.settings, "calls", 1.0) or 1.0
    size = _mean_size(link) / share
    refused = np.maximum(link.offered - link.accepted, 0.0) / _mean_size(link)
    done = link.batches if link.succeeded is None else link.succeeded
    received = (link.batches + refused) * between(size, lambda count: _collect(count, link.item_kb))
    return received + done * between(size, lambda count: np.ceil(count / _parameter("batch_most")))


def empty_polls(link: LinkUse) -> Array:
    """Billed receives that brought nothing, per second.

    An idle poller asks and waits up to 20 s for a message. With batches coming at random, x of them
    to each idle poller in 20 s, a wait ends empty with probability e⁻ˣ: together the idle pollers make
    idle/20 · x/(eˣ - 1) empty receives a second: idle/20 on a silent queue, almost none on a busy one.
    """
    wait = facts("lambda").quotas["sqs_empty_poll_s"].value
    provisioned = getattr(link.settings, "provisioned_pollers", None)
    lanes = np.maximum(link.lanes, link.lanes_least)
    busy = np.zeros(1) if link.busy is None else link.busy
    idle_share = np.clip(1.0 - busy / np.maximum(lanes, 1e-9), 0.0, 1.0)
    idle = idle_share * (lanes if provisioned is None else provisioned)
    found = np.clip(wait * link.batches / np.maximum(idle, 1e-9), 1e-12, 500.0)
    return idle / wait * found / np.expm1(found)


def between(size: Array, count: Callable[[Array], Array]) -> Array:
    """A count that is defined for whole batches, for a mean size between two of them.

    >>> between(np.array([10.0, 10.5, 11.0]), lambda n: np.ceil(n / 10)).tolist()
    [1.0, 1.5, 2.0]
    """
    low = np.floor(size + 1e-9)
    part = np.maximum(size - low, 0.0)
    return (1.0 - part) * count(low) + part * count(low + 1.0)


def _collect(count: Array, item_kb: float) -> Array:
    """Billed receives that collect so many messages, ten at a time."""
    most = _parameter("batch_most")
    full = np.floor(count / most)
    rest = count - full * most
    return full * requests(np.full_like(count, most * item_kb)) + (rest > 0) * requests(rest * item_kb)


def _mean_size(link: LinkUse) -> Array:
    """Messages a call or batch carries; one where nothing is carried."""
    some = (link.batches > 0) & (link.accepted > 0)
    return np.divide(link.accepted, link.batches, out=np.ones_like(link.accepted), where=some)
