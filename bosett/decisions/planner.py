"""How many can we take?  Month by month, what binds first, and what each alternative would lack.

A *stock* (homes, places in school) is held by everybody who has come so far; a *flow* (staff for the
first weeks, interpreter hours) is used by those who come in the month.  What is committed already
(earlier years, arriving family, secondary moves) is taken off first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from bosett.terms.days import Month
from bosett.terms.errors import BadInput


class Resource(StrEnum):
    """What a person who is settled needs of the municipality."""

    HOUSING = "housing"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    TEACHING = "teaching"
    HEALTH = "health"
    STAFF = "staff"
    INTERPRETER = "interpreter"


FLOWS = frozenset({Resource.STAFF, Resource.INTERPRETER})
"""Used by those who come in the month; all others are held by everybody who has come."""


@dataclass(frozen=True)
class ResourcePlan:
    """One resource over the months.

    Parameters
    ----------
    per_person
        Units that one settled person uses on average, above 0: a place in school for a third of the
        persons is 1/3.  The municipality's own judgement.
    free
        Month -> units free for everybody who comes from the first month on (a stock), or to be used in
        the month (a flow).  Every month of the plan.
    committed
        Month -> units of those already taken by what is committed; months left out are 0.
    """

    resource: Resource
    per_person: Fraction
    free: Mapping[Month, Fraction]
    committed: Mapping[Month, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.per_person <= 0:
            raise BadInput(f"{self.resource}: {self.per_person} a person", "more than 0")
        if any(units < 0 for units in (*self.free.values(), *self.committed.values())):
            raise BadInput(f"{self.resource}: a negative number of units", "0 or more")

    def fits(self, month: Month) -> int:
        """Whole persons that the resource holds in the month beside what is committed."""
        left = self.free[month] - self.committed.get(month, Fraction(0))
        return max(0, int(left / self.per_person))


@dataclass(frozen=True)
class PlanMonth:
    """One month of the plan.

    Parameters
    ----------
    new, so_far
        Most persons that can come in the month, and from the first month to its end.
    binding
        The resources that stop one more person by the end of this month; a stock may bind because of
        a later month with less room.
    """

    month: Month
    new: int
    so_far: int
    binding: tuple[Resource, ...]


@dataclass(frozen=True)
class CapacityAnswer:
    """The number that fits.

    Parameters
    ----------
    binds_first
        The resource that stops the total at the last month; the first in order of `Resource` when
        several do.  None when nothing was limited.
    not_known
        Resources without figures: they are named, and never taken for enough or for none.
    """

    months: tuple[PlanMonth, ...]
    binds_first: Resource | None
    not_known: tuple[Resource, ...]

    @property
    def total(self) -> int:
        """Persons that fit in the whole period."""
        return self.months[-1].so_far

    @property
    def nothing_left(self) -> bool:
        """Whether not even one person fits."""
        return self.total == 0


@dataclass(frozen=True)
class Lack:
    """What an alternative lacks of one resource: whole units, in the first month that it shows."""

    resource: Resource
    month: Month
    units: int


@dataclass(frozen=True)
class Alternative:
    """A number of persons and what follows; `money` comes from the grants, by year, None = rate missing."""

    persons: int
    lacks: tuple[Lack, ...]
    money: tuple[tuple[int, int | None], ...] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacks

    @property
    def years_without_rate(self) -> tuple[int, ...]:
        """Years whose money is not known since a rate is missing: never taken for 0."""
        return tuple(year for year, amount in self.money if amount is None)

    @property
    def money_known(self) -> int:
        """Kroner in the years that are known."""
        return sum(amount or 0 for _, amount in self.money)


def how_many_fit(months: Sequence[Month], plans: Iterable[ResourcePlan]) -> CapacityAnswer:
    """The most persons that can come by the end of each month, and what stops one more.

    Nobody leaves in the period.  Coming early is never worse for the total, so the answer is the
    largest there is in every month at once.

    Raises
    ------
    BadInput
        If the months are not in order, a plan lacks a month, or a resource comes twice.
    """
    known = _checked(months, plans)
    ceilings = {one.resource: _ceiling(one, months) for one in known if one.resource not in FLOWS}
    flows = [one for one in known if one.resource in FLOWS]
    rows: list[PlanMonth] = []
    before = 0
    for place, month in enumerate(months):
        stops = {resource: ceiling[place] - before for resource, ceiling in ceilings.items()}
        stops |= {one.resource: one.fits(month) for one in flows}
        new = max(0, min(stops.values())) if stops else 0
        binding = tuple(resource for resource in Resource if stops.get(resource, new + 1) <= new)
        before += new
        rows.append(PlanMonth(month, new, before, binding))
    missing = tuple(resource for resource in Resource if resource not in {one.resource for one in known})
    last = rows[-1].binding
    return CapacityAnswer(tuple(rows), last[0] if last else None, missing)


def alternative(
    persons: int,
    months: Sequence[Month],
    plans: Iterable[ResourcePlan],
    money: Iterable[tuple[int, int | None]] = (),
) -> Alternative:
    """What so many persons lack.  They come as evenly as whole persons can, and wait for room that comes later.

    Promise: as many as fit in the whole period lack nothing.

    Parameters
    ----------
    money
        (year, kroner or None when a rate is missing), as the grants room says.
    """
    if persons < 0:
        raise BadInput(f"{persons} persons", "0 or more")
    known = _checked(months, plans)
    found = how_many_fit(months, known)
    if known and persons <= found.total:
        return Alternative(persons, (), tuple(money))
    so_far = _coming(persons, found)
    came = [now - before for now, before in zip(so_far, [0, *so_far[:-1]], strict=True)]
    lacks = []
    for one in known:
        users = came if one.resource in FLOWS else so_far
        short = [(month, _short(one, month, using)) for month, using in zip(months, users, strict=True)]
        first = next((month for month, units in short if units > 0), None)
        if first is not None:
            lacks.append(Lack(one.resource, first, max(units for _, units in short)))
    return Alternative(persons, tuple(lacks), tuple(money))


def _coming(persons: int, found: CapacityAnswer) -> list[int]:
    """Persons by the end of each month: even, but not ahead of room that is still to come."""
    count, so_far = len(found.months), list[int]()
    for place, month in enumerate(found.months):
        even = persons * (place + 1) // count
        waits = month.so_far < found.total
        so_far.append(max(min(even, month.so_far) if waits else even, so_far[-1] if so_far else 0))
    return so_far


def _checked(months: Sequence[Month], plans: Iterable[ResourcePlan]) -> list[ResourcePlan]:
    if not months or list(months) != sorted(set(months)):
        raise BadInput("months out of order", "at least one month, each once and in order")
    known = sorted(plans, key=lambda one: list(Resource).index(one.resource))
    if len({one.resource for one in known}) < len(known):
        raise BadInput("a resource twice", "one plan for each resource")
    for one in known:
        lacking = [str(month) for month in months if month not in one.free]
        if lacking:
            raise BadInput(
                f"{one.resource} without {', '.join(lacking)}", "units for every month of the plan"
            )
    return known


def _ceiling(plan: ResourcePlan, months: Sequence[Month]) -> list[int]:
    """Most persons by the end of each month, so that no later month is overfilled."""
    ceiling: list[int] = []
    lowest: int | None = None
    for month in reversed(months):
        fits = plan.fits(month)
        lowest = fits if lowest is None else min(lowest, fits)
        ceiling.append(lowest)
    return ceiling[::-1]


def _short(plan: ResourcePlan, month: Month, persons: int) -> int:
    """Whole units lacking in the month, rounded up; 0 when there is enough or nobody comes."""
    left = plan.free[month] - plan.committed.get(month, Fraction(0)) - persons * plan.per_person
    return 0 if left >= 0 or persons == 0 else -int(left.numerator // left.denominator)
