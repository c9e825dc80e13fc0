"""How many calls of one action a FIFO queue takes."""

from sandbox.catalog.facts import Quotas


def calls_per_s(quotas: Quotas, groups: int | None, *, high: bool) -> float:
    """Sends, receives or deletes of a FIFO queue [calls/s].

    High throughput spreads the message groups over partitions, each of which takes as much as a
    queue without it: few groups use few partitions.

    Args:
        quotas: Those of the queue's account and region.
        groups: Message groups that are active at once; as many as are needed where left out.
        high: Whether it is a queue of high throughput.

    >>> quotas = Quotas(fifo_calls_per_s=300, fifo_high_throughput_calls_per_s=70_000)
    >>> [calls_per_s(quotas, groups, high=True) for groups in (None, 4, 1000)]
    [70000, 1200, 70000]
    >>> calls_per_s(quotas, 4, high=False)
    300
    """
    one = quotas["fifo_calls_per_s"]
    if not high:
        return one
    most = quotas["fifo_high_throughput_calls_per_s"]
    return most if groups is None else min(most, groups * one)
