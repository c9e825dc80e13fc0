"""How people see a quota: its row in the facts, as a `Limit`."""

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Limit


def limit(service: str, key: str, name: str = "", raised_by: str = "") -> Limit:
    """What the facts of a service say of one quota, under a name of its own where given.

    >>> limit("sqs", "fifo_calls_per_s").scope
    'per FIFO queue and action'
    """
    fact = facts(service).quotas[key]
    return Limit(
        name=name or fact.name,
        unit=fact.unit,
        scope=fact.scope,
        adjustable=fact.adjustable,
        source=fact.source,
        raised_by=raised_by or (f"account.{fact.setting}" if fact.setting else ""),
    )
