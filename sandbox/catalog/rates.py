"""The ways of saying how much traffic there is, and the arithmetic from each to a rate.

Volume drives the bill, the peak drives the limits; so each way gives both.
"""

import re
from math import inf
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from sandbox.catalog.service import Settings
from sandbox.catalog.usage import MONTH_S

PERIODS = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3_600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    "month": MONTH_S,
}
"""Seconds of each period; a month is 730 h."""

_EACH = {"hour": "an hour"}
_DAYS = {"all": 7, "weekdays": 5, "weekends": 2}
_ON = {"all": "every day", "weekdays": "on weekdays", "weekends": "on weekends"}
_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")


class Rate(NamedTuple):
    """A rate as it is at the peak and over a whole month."""

    peak_per_s: float
    """Requests per second when it is busiest: what limits are held against."""
    mean_per_s: float
    """Requests per second over the month: what is billed."""
    words: str
    """The arithmetic, to be shown."""


class Requests(Settings):
    """So many requests in a period, evenly spread."""

    count: float = Field(ge=0, le=1e15, json_schema_extra={"unit": "requests"})
    """Requests in the period."""

    per: Literal["second", "minute", "hour", "day", "week", "month"] = "month"
    """The period; a month is 730 hours."""

    def rate(self) -> Rate:
        """Spread the requests evenly.

        >>> Requests(count=2_628_000, per="month").rate()
        Rate(peak_per_s=1.0, mean_per_s=1.0, words='2,628,000 requests a month = 1/s')
        """
        per_s = self.count / PERIODS[self.per]
        return Rate(per_s, per_s, f"{self.count:,.12g} requests {_each(self.per)} = {per_s:,.3g}/s")


class People(Settings):
    """People who each do so many things, at the hours when they are awake."""

    count: float = Field(ge=0, le=1e12, json_schema_extra={"unit": "users"})
    """People."""

    actions: float = Field(ge=0, le=1e9, json_schema_extra={"unit": "requests"})
    """Requests of each in the period."""

    per: Literal["hour", "day", "week", "month"] = "day"
    """The period: an hour or a day in which they are active, a week, or a month of 730 hours."""

    hours: str = "0-24"
    """Hours of the day in which they are active, such as 9-18; 22-6 goes over midnight."""

    days: Literal["all", "weekdays", "weekends"] = "all"
    """Days on which they are active."""

    peak_factor: float = Field(default=1, ge=1, le=10_000, json_schema_extra={"unit": "×"})
    """How much busier the busiest time is than the mean of the active hours."""

    @field_validator("hours")
    @classmethod
    def _are_hours(cls, text: str) -> str:
        """Refuse what is not two different hours."""
        found = _HOURS.fullmatch(text)
        if not found or max(map(int, found.groups())) > 24 or found[1] == found[2]:
            msg = f"hours = '{text}' is not two hours of a day, such as '9-18'"
            raise ValueError(msg)
        return text

    @model_validator(mode="after")
    def _fit_a_day(self) -> Self:
        """Refuse hours that are none, such as 24-0."""
        if self.active_h == 0:
            msg = f"hours = '{self.hours}' leaves no time"
            raise ValueError(msg)
        return self

    @property
    def active_h(self) -> int:
        """Active hours of a day."""
        start, end = map(int, self.hours.split("-"))
        return end - start if end > start else (end - start) % 24

    def rate(self) -> Rate:
        """Spread the actions over the active hours.

        >>> office = People(count=5000, actions=20, hours="9-18", days="weekdays", peak_factor=2)
        >>> office.rate().words
        '5,000 users × 20 actions a day over 9 h on weekdays × peak 2 = 6.17/s'
        >>> round(office.rate().mean_per_s * 604_800)  # five days of 100,000
        500000
        """
        share = self.active_h / 24 * _DAYS[self.days] / 7
        seconds = {
            "hour": PERIODS["hour"],
            "day": self.active_h * PERIODS["hour"],
            "week": PERIODS["week"] * share,
            "month": PERIODS["month"] * share,
        }
        active = self.count * self.actions / seconds[self.per]
        peak = active * self.peak_factor
        return Rate(peak, active * share, f"{self._said()} = {peak:,.3g}/s")

    def _said(self) -> str:
        """The factors, in words."""
        actions = f"{self.actions:,.12g} actions {_each(self.per)}"
        words = f"{self.count:,.12g} users × {actions} over {self.active_h} h {_ON[self.days]}"
        return f"{words} × peak {self.peak_factor:g}" if self.peak_factor != 1 else words


class Loop(Settings):
    """A closed loop: each user waits for the answer, thinks, and asks again."""

    concurrent: float = Field(ge=0, le=1e9, json_schema_extra={"unit": "users"})
    """Users at the same time."""

    think_s: float = Field(default=1, ge=0, le=86_400, json_schema_extra={"unit": "s"})
    """Time between an answer and the next request."""

    def rate(self) -> Rate:
        """Return the most the users can send: the rate falls as answers take longer.

        >>> Loop(concurrent=50, think_s=5).rate().words
        '50 users, each asking again 5 s after an answer: at most 10/s'
        """
        most = self.concurrent / self.think_s if self.think_s else inf
        words = f"{self.concurrent:,.12g} users, each asking again {self.think_s:g} s after an answer"
        return Rate(most, most, f"{words}: at most {most:,.3g}/s" if self.think_s else words)


def _each(period: str) -> str:
    """Name a period with its article."""
    return _EACH.get(period, f"a {period}")


def _kind(value: Any) -> str:
    """Tell a closed loop from people by its keys."""
    loop = isinstance(value, Loop) or (isinstance(value, dict) and {"concurrent", "think_s"} & value.keys())
    return "loop" if loop else "people"


Users = Annotated[
    Annotated[People, Tag("people")] | Annotated[Loop, Tag("loop")],
    Discriminator(_kind),
]
