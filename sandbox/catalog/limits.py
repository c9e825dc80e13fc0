"""How people see a quota: its row in the facts, as a `Limit`."""

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Limit


def limit(service: str, key: str, name: str = "", raised_by: str = "") -> Limit:
    """What the facts of a service say of one quota, under a name of its own where given.

    Args:
        service: Id of the service.
        key: Key of the quota among its facts.
        name: What people see it as; as the facts say where left out.
        raised_by: The setting of the node that gives more of it; then it can be raised, whatever AWS does.

    >>> limit("sqs", "fifo_calls_per_s").scope
    'per FIFO queue and action'
    >>> limit("kinesis", "shard_write_records").adjustable
    False
    >>> limit("kinesis", "shard_write_records", raised_by="shards").adjustable
    True
    """
    fact = facts(service).quotas[key]
    return Limit(
        name=name or fact.name,
        unit=fact.unit,
        scope=fact.scope,
        adjustable=fact.adjustable or bool(raised_by),
        source=fact.source,
        raised_by=raised_by or (f"account.{fact.setting}" if fact.setting else ""),
    )
