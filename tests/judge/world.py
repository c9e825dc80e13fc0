"""What the simulated stations share: time, chance, quotas, slots and environments."""

from math import log1p, sqrt
from random import Random

from sandbox.engine.network import Network

from .clock import Clock
from .limits import BUCKET_SECONDS, Bucket, Fleet, Pool


class World:
    """Everything stations share: time, chance, quotas, slots and environments."""

    def __init__(self, network: Network, seed: int, exponential: bool) -> None:
        self.clock = Clock()
        self.chance = Random(seed)
        self.exponential = exponential
        clock = self.clock
        for quota in network.quotas:
            if quota.measure != "rate":
                raise ValueError(f"the simulator knows no quota of {quota.measure}")
        self.quotas = {
            quota.id: Bucket(clock, quota.capacity, min(quota.burst, quota.capacity * BUCKET_SECONDS))
            for quota in network.quotas
        }
        self.pools = {slots.id: Pool(clock, slots) for slots in network.slots}
        self.fleets = {kind.id: Fleet(clock, kind) for kind in network.environments}

    def copies(self, gain: float) -> int:
        """A whole number with the mean *gain*."""
        whole = int(gain)
        return whole + (self.chance.random() < gain - whole)

    def time(self, mean: float, cv: float) -> float:
        """A service time [s]."""
        if self.exponential:
            return self.chance.expovariate(1.0) * mean
        if not cv or not mean:
            return mean
        variance = log1p(cv * cv)
        return mean * self.chance.lognormvariate(-variance / 2.0, sqrt(variance))

    def exponential_time(self, mean: float) -> float:
        """A pause or a gap between arrivals [s]."""
        return self.chance.expovariate(1.0) * mean
