"""From permits by month to persons who need a municipality by month: the lag and its spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bosett.terms.days import Month
from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class LagDistribution:
    """The share that is settled 0, 1, 2, ... months after the permit; the shares sum to 1.

    Raises
    ------
    BadInput
        If a share is negative or they do not sum to 1.
    """

    shares: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        total = sum(self.shares, Fraction(0))
        if not self.shares or min(self.shares) < 0 or total != 1:
            raise BadInput(f"lag shares that sum to {float(total):g}", "shares of 0 or more that sum to 1")

    @classmethod
    def of_counts(cls, persons: Sequence[int]) -> LagDistribution:
        """From persons seen to be settled 0, 1, 2, ... months after their permit."""
        if not persons or min(persons) < 0 or not sum(persons):
            raise BadInput("no persons by lag", "persons of 0 or more, somebody at least")
        return cls(tuple(Fraction(number, sum(persons)) for number in persons))

    @property
    def mean_months(self) -> Fraction:
        """The mean lag."""
        return sum((share * months for months, share in enumerate(self.shares)), Fraction(0))

    def within(self, months: int) -> Fraction:
        """The share settled after at most so many months."""
        return sum(self.shares[: months + 1], Fraction(0))

    def quantile(self, level: Fraction) -> int:
        """The first month by which at least this share is settled."""
        if not 0 < level <= 1:
            raise BadInput(f"a level of {float(level):g}", "above 0 and at most 1")
        return next(months for months in range(len(self.shares)) if self.within(months) >= level)


@dataclass(frozen=True)
class NeedByMonth:
    """Persons who need a municipality in each month; exact shares, which sum to what was given.

    Promise: the months and `later` together are all the permits given in.
    """

    months: Mapping[Month, Fraction]
    later: Fraction


def need_by_month(permits: Mapping[Month, int], lags: LagDistribution, last: Month) -> NeedByMonth:
    """Spread each month's permits over the months they lead to a settlement in.

    Parameters
    ----------
    permits
        Persons who get a permit, by month, >= 0; those who wait already stand in their month.
    last
        The last month wanted; what falls after it is `later`.
    """
    if any(persons < 0 for persons in permits.values()):
        raise BadInput("permits below 0", "0 or more")
    found: dict[Month, Fraction] = {}
    for month, persons in permits.items():
        for lag, share in enumerate(lags.shares):
            found[month.plus(lag)] = found.get(month.plus(lag), Fraction(0)) + share * persons
    inside = {month: found[month] for month in sorted(found) if month <= last}
    return NeedByMonth(inside, sum(permits.values()) - sum(inside.values(), Fraction(0)))
