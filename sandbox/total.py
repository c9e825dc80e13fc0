"""Cost in total: the bill and the people, so that designs can be compared that share work differently."""

from dataclasses import dataclass

from sandbox.design.parts import Effort

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class TotalCost:
    """What a design costs with its people [USD]."""

    bill_usd: float
    """AWS's bill (and what others charge) in a month."""
    run_usd: float
    """People who run it, in a month."""
    build_usd: float
    """People who build it, once."""

    @staticmethod
    def of(bill_usd: float, effort: Effort) -> "TotalCost":
        """The total of a design.

        >>> total = TotalCost.of(100, Effort(build_hours=10, run_hours_per_month=2, usd_per_hour=50))
        >>> total.monthly_usd, total.over(1), total.over(3)
        (200.0, 2900.0, 7700.0)
        """
        return TotalCost(bill_usd, effort.run_usd_per_month, effort.build_usd)

    @property
    def monthly_usd(self) -> float:
        """Each month, once it is built."""
        return self.bill_usd + self.run_usd

    def over(self, years: float) -> float:
        """All of it from the beginning, for so many years of this load."""
        return self.build_usd + years * MONTHS_A_YEAR * self.monthly_usd
