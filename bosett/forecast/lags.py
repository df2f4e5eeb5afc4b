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

    Parameters
    ----------
    open_end
        The last share is of those for whom it takes longer than anybody has been seen to take; a mean is then too
        short, and how many months it takes them is not told.

    Raises
    ------
    BadInput
        If a share is negative or they do not sum to 1.
    """

    shares: tuple[Fraction, ...]
    open_end: bool = False

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

    @classmethod
    def of_waits(cls, settled: Mapping[int, int], waiting: Mapping[int, int]) -> LagDistribution:
        """From those settled after so many months, and those who still wait after so many (Kaplan and Meier).

        Whoever still waits counts as long as they have waited: leaving them out would tell too
        short a lag.  The end is open.

        Raises
        ------
        BadInput
            If nobody was settled, or a number is negative.
        """
        counts = [*settled.items(), *waiting.items()]
        if any(months < 0 or persons < 0 for months, persons in counts) or not sum(settled.values()):
            raise BadInput("waits without anybody settled, or below 0", "months and persons of 0 or more")
        at_risk, left, shares = sum(persons for _, persons in counts), Fraction(1), []
        for months in range(max(m for m, persons in settled.items() if persons) + 1):
            now = settled.get(months, 0)
            shares.append(left * Fraction(now, at_risk) if at_risk else Fraction(0))
            left -= shares[-1]
            at_risk -= now + waiting.get(months, 0)
        return cls((*shares, left), open_end=True)

    def after(self, months: int) -> LagDistribution | None:
        """The further lag of those who have waited so long; None when nobody was seen to wait so long."""
        if months < 0:
            raise BadInput(f"{months} months waited", "0 or more")
        rest = self.shares[months:]
        whole = sum(rest, Fraction(0))
        return LagDistribution(tuple(share / whole for share in rest), self.open_end) if whole else None

    @property
    def seen(self) -> tuple[Fraction, ...]:
        """The shares whose month is known."""
        return self.shares[:-1] if self.open_end else self.shares

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
        for lag, share in enumerate(lags.seen):
            found[month.plus(lag)] = found.get(month.plus(lag), Fraction(0)) + share * persons
    inside = {month: found[month] for month in sorted(found) if month <= last}
    return NeedByMonth(inside, sum(permits.values()) - sum(inside.values(), Fraction(0)))


def waiting_by_month(
    waiting: Mapping[int, int], lags: LagDistribution, first: Month, last: Month
) -> NeedByMonth:
    """Those who wait already, spread over the months ahead, each given how long they have waited.

    Parameters
    ----------
    waiting
        Months waited -> persons, >= 0.
    first
        The month it is: nobody is settled before it.
    last
        The last month wanted; what falls after it, and who has waited longer than anybody was seen to, is `later`.
    """
    if any(persons < 0 for persons in waiting.values()):
        raise BadInput("persons below 0", "0 or more")
    found: dict[Month, Fraction] = {}
    for months, persons in waiting.items():
        rest = lags.after(months)
        for further, share in enumerate(rest.seen if rest else ()):
            month = first.plus(further)
            found[month] = found.get(month, Fraction(0)) + share * persons
    inside = {month: found[month] for month in sorted(found) if month <= last}
    return NeedByMonth(inside, sum(waiting.values()) - sum(inside.values(), Fraction(0)))
