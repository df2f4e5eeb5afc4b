"""The weeks in which a municipality expects to be able to settle; a plan, not a promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode


@dataclass(frozen=True)
class WeekPlan:
    """Persons that a municipality can settle, by the Monday of the week.

    A week that is not there is not planned, which is something else than a week of 0.

    Raises
    ------
    BadInput
        If a day is not a Monday or a number is negative.
    """

    municipality: MunicipalityCode
    year: int
    persons: Mapping[date, int]

    def __post_init__(self) -> None:
        for monday, persons in self.persons.items():
            if monday.weekday() != 0:
                raise BadInput(f"a week that starts {monday}", "a Monday")
            if persons < 0:
                raise BadInput(f"{persons} persons in the week of {monday}", "0 or more persons")

    @property
    def total(self) -> int:
        """Persons in all planned weeks."""
        return sum(self.persons.values())


@dataclass(frozen=True)
class PlannedWeek:
    """One week: planned, taken by agreed dates, and what is left.

    `planned` and `left` are None where the municipality has not planned the week.
    """

    starts: date
    planned: int | None
    taken: int
    left: int | None

    def __post_init__(self) -> None:
        if (self.planned is None) != (self.left is None):
            raise ValueError("what is left is known exactly where a plan is")
        room = max(0, (self.planned or 0) - self.taken)
        if self.left is not None and not 0 <= self.left <= room:
            raise ValueError("no more is left than is planned and not taken")


def week_plan(plan: WeekPlan, taken: Mapping[date, int], *, remaining_shown: int) -> tuple[PlannedWeek, ...]:
    """Each planned or used week in order; what is left sums to no more than the vedtak leaves.

    Parameters
    ----------
    taken
        Monday -> persons with an agreed settlement date in that week.
    remaining_shown
        Persons left of the municipality's places, >= 0, those with an agreed date already taken
        off; earlier weeks use them first.

    Source: IMDi asked the municipalities for such a plan in April 2022; it was indicative only.
    """
    still = remaining_shown
    weeks = []
    for monday in sorted({*plan.persons, *taken}):
        planned, used = plan.persons.get(monday), taken.get(monday, 0)
        left = None if planned is None else min(still, max(0, planned - used))
        weeks.append(PlannedWeek(monday, planned, used, left))
        still -= left or 0
    return tuple(weeks)


LARGEST_SIZE = 6
"""The sizes are 1, 2, 3, 4, 5 and this many persons or more."""
SIZES = tuple(range(1, LARGEST_SIZE + 1))


@dataclass(frozen=True)
class SizePlan:
    """How many households of each size can be taken, by the Monday of the week.

    A week that is not there is not planned; a size that is left out of a planned week is 0.

    Raises
    ------
    BadInput
        If a day is not a Monday, a size is unknown or a number is negative.
    """

    households: Mapping[date, Mapping[int, int]]

    def __post_init__(self) -> None:
        for monday, sizes in self.households.items():
            if monday.weekday() != 0:
                raise BadInput(f"a week that starts {monday}", "a Monday")
            for size, count in sizes.items():
                if size not in SIZES:
                    raise BadInput(f"households of {size}", f"1 to {LARGEST_SIZE}")
                if count < 0:
                    raise BadInput(f"{count} households in the week of {monday}", "0 or more")

    def persons(self) -> dict[date, int]:
        """Monday -> persons; the largest size counts as its smallest household, so at least so many."""
        return {
            monday: sum(size * count for size, count in sizes.items())
            for monday, sizes in self.households.items()
        }


class Confirmed(StrEnum):
    """How good a rolling plan is today."""

    NEVER = "never"
    IN_FORCE = "in_force"
    EXPIRED = "expired"


def confirmed(confirmed_on: date | None, today: date, days: int) -> Confirmed:
    """A plan is in force for `days` days from the day it was confirmed, that day counted as the first."""
    if confirmed_on is None:
        return Confirmed.NEVER
    return Confirmed.IN_FORCE if (today - confirmed_on).days < days else Confirmed.EXPIRED


def beside_vedtak(planned: Mapping[date, int], left: int | None, year: int) -> int | None:
    """Persons planned in the year's weeks beyond what the vedtak leaves; negative = places without a week.

    A week belongs to the year of its Thursday.  None when nothing is planned in the year, or no vedtak is
    in force: there is then nothing to compare.
    """
    weeks = [persons for monday, persons in planned.items() if monday.isocalendar().year == year]
    return None if left is None or not weeks else sum(weeks) - left
