"""What the settlement need is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bosett.terms.errors import BadInput
from bosett.terms.groups import Group
from bosett.terms.source import Source


class Combination(StrEnum):
    """How the intervals of the parts become the interval of the sum; always stated with the result.

    `TOGETHER`: all parts miss in the same direction; the ends are summed.  The widest answer, and the
    default, since arrivals, permits and waiting have missed together before (2015, 2016, 2022).
    `INDEPENDENT`: the parts miss separately; distances are combined as the root of their squares.
    """

    TOGETHER = "together"
    INDEPENDENT = "independent"


@dataclass(frozen=True)
class Estimate:
    """A number of persons with an interval; a known number has an interval of no width.

    Parameters
    ----------
    low, point, high
        Persons, whole, 0 <= low <= point <= high.

    Raises
    ------
    BadInput
        If the ends do not enclose the point, or a number is negative.
    """

    low: int
    point: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.point <= self.high:
            raise BadInput(
                found=f"{self.low} to {self.high} around {self.point}",
                allowed="whole persons with 0 <= low <= point <= high",
            )

    @classmethod
    def known(cls, persons: int) -> Estimate:
        """A number that is decided or counted, such as the Storting's quota."""
        return cls(persons, persons, persons)


@dataclass(frozen=True)
class NeedInputs:
    """The parts of one year's need for one group; a part that is unknown cannot be left out as 0.

    Parameters
    ----------
    year
        The year whose need is asked for.
    as_of
        The day the parts were known.
    ready_in_reception
        Persons with a permit expected to live in reception at the turn of the year.
    expected_grants
        Persons expected to get a permit in the year and to need a municipality.
    quota
        Resettlement refugees expected to come in the year.
    leaves
        Persons among these who are expected not to need a settlement place after all.
    level
        The probability that each interval is meant to hold, above 0 and below 1; one level for all.
    """

    year: int
    as_of: date
    ready_in_reception: Estimate
    expected_grants: Estimate
    quota: Estimate
    leaves: Estimate
    group: Group = Group.ALL
    combination: Combination = Combination.TOGETHER
    level: Fraction = Fraction(8, 10)

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise BadInput(found=f"level {self.level}", allowed="a probability above 0 and below 1")


@dataclass(frozen=True)
class RevisionRule:
    """When a changed estimate of the need calls for a new division, as a mandate of its time says.

    Parameters
    ----------
    mandate
        Whose words these are, such as `Nasjonalt utvalg 2016-17`.
    rise_persons, rise_minors
        A rise of MORE than this many persons (all, unaccompanied minors); None = no such limit.
    change_share
        A change up or down of AT LEAST this share of the first estimate, in total or for
        unaccompanied minors; None = no such limit.  Whether exactly the share counts is not said in
        the source: that it does is our assumption.
    """

    mandate: str
    source: Source
    rise_persons: int | None = None
    rise_minors: int | None = None
    change_share: Fraction | None = None
