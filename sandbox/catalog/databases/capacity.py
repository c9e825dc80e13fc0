"""Serverless capacity: what it serves, how it follows the load, and its pause."""

from dataclasses import dataclass

from sandbox.catalog.databases.aurora import Aurora
from sandbox.catalog.databases.edges import asks_data_api
from sandbox.catalog.databases.instances import POOLED
from sandbox.catalog.service import Site
from sandbox.engine.network import Environments, Growing

LEAST_AWAKE_ACU = 0.5
"""Capacity below which an instance is paused."""


@dataclass(frozen=True)
class Capacity:
    """A serverless instance at its largest."""

    slots: float
    """Queries at once: one for each vCPU, at least one."""
    speed: float
    """vCPUs that a query gets."""
    slots_per_acu: float
    scales: Aurora

    def moves(self, instances: int) -> Growing:
        """How the slots of so many instances follow the load."""
        least = max(self.scales.min_acu, LEAST_AWAKE_ACU)
        return Growing(
            least=least * self.slots_per_acu * instances,
            target=self.scales.target_utilisation,
            rise=self.scales.growth_per_s,
            fall=self.scales.shrinking_per_s,
        )


def capacity_of(scales: Aurora, most_acu: float) -> Capacity:
    """What the largest capacity serves.

    Less than one vCPU works on one query at a time, and longer. 16 ACU of a quarter vCPU each are four:

    >>> sut = capacity_of(Aurora(), 16)
    >>> sut.slots, sut.speed, sut.slots_per_acu
    (4.0, 1.0, 0.25)
    >>> sut = capacity_of(Aurora(), 2)
    >>> sut.slots, sut.speed, sut.slots_per_acu
    (1.0, 0.5, 0.5)
    """
    vcpus = most_acu * scales.vcpu_per_acu
    slots = max(vcpus, 1.0)
    return Capacity(slots, min(vcpus, 1.0), slots / most_acu, scales)


def pause(site: Site, after_s: float, resume_s: float) -> Environments | None:
    """The pause of a database that nobody is connected to; none where somebody always is.

    The environments of a function stay connected until they expire; tasks and proxies stay for good.

    Args:
        site: The database.
        after_s: Seconds without connections after which it pauses.
        resume_s: Seconds until the first query after that is worked on.
    """
    kept = 0.0
    for link in site.inflows:
        expiry = getattr(link.peer_settings, "idle_expiry_s", None)
        if asks_data_api(link.settings):
            continue
        if link.peer_service == POOLED or expiry is None:
            return None
        kept = max(kept, float(expiry))
    return Environments(f"{site.id}.awake", init=resume_s, idle_expiry=after_s + kept, most=1.0)
