"""Instance classes: their size, and how many units of which price an hour of one is.

AWS prices the sizes of a family in proportion to their vCPUs, and an instance with a standby like two;
so what no source read names follows from what one does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sandbox.catalog.facts import facts

BOOK = "database-classes"


@dataclass(frozen=True)
class Size:
    """What an instance has."""

    vcpus: float
    gib: float
    baseline: float
    """Share of its vCPUs that it may use without paying more; 1 where it is not burstable."""


@cache
def size_of(instance_class: str) -> Size:
    """Size of an instance class.

    >>> size_of("db.r7g.xlarge")
    Size(vcpus=4.0, gib=32.0, baseline=1.0)
    """
    known, key = facts(BOOK).quotas, key_of(instance_class).removeprefix("db_")
    baseline = known.get(f"{key}_baseline")
    return Size(known[f"{key}_vcpus"].value, known[f"{key}_gib"].value, baseline.value if baseline else 1.0)


def key_of(instance_class: str) -> str:
    """An instance class as facts are called after it.

    >>> key_of("db.r7g.large")
    'db_r7g_large'
    """
    return instance_class.replace(".", "_")


@cache
def priced(service: str, instance_class: str, *, standby: bool = False) -> tuple[str, float]:
    """The price of an instance, and how many units of it an hour is.

    Args:
        service: Whose prices count.
        instance_class: AWS's name of the class.
        standby: With a standby in another zone.

    A size that has no price of its own is so many of the largest that has one:

    >>> priced("aurora", "db.r7g.4xlarge")
    ('aurora.db_r7g_xlarge', 4.0)
    """
    prices = facts(service).prices
    for name, times in _near(instance_class):
        for ending, factor in (("_multi_az", 1.0), ("", 2.0)) if standby else (("", 1.0), ("_multi_az", 0.5)):
            key = f"{service}.{key_of(name)}{ending}"
            if key in prices:
                return key, times * factor
    msg = f"no price of {instance_class} or a smaller one of its family is known"
    raise KeyError(msg)


def _near(instance_class: str) -> Iterator[tuple[str, float]]:
    """A class, then the smaller ones of its family, the largest first, and how many of them it is."""
    own = size_of(instance_class).vcpus
    family = instance_class.rsplit(".", 1)[0]
    prefix = f"{key_of(family).removeprefix('db_')}_"
    ending = "_vcpus"
    found = [
        (fact.value, f"{family}.{key.removeprefix(prefix).removesuffix(ending)}")
        for key, fact in facts(BOOK).quotas.items()
        if key.startswith(prefix) and key.endswith(ending) and fact.value < own
    ]
    yield instance_class, 1.0
    for vcpus, name in sorted(found, reverse=True):
        yield name, own / vcpus
