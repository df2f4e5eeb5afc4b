"""The weeks in which a municipality expects to be able to settle; a plan, not a promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
