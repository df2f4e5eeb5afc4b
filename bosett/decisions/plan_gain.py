"""What a little more of one resource would give: which of them is worth finding more of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bosett.decisions.planner import Resource, ResourcePlan, how_many_fit
from bosett.terms.days import Month
from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class Gain:
    """What more of one resource alone gives.

    Parameters
    ----------
    more_persons
        Persons more in the whole period with one unit more in every month; 0 when another stops it first.
    units_for_one
        The fewest whole units more, in every month, that let one person more in; None when no number of
        them does, since another resource stops it.
    """

    resource: Resource
    more_persons: int
    units_for_one: int | None


def gains(months: Sequence[Month], plans: Sequence[ResourcePlan]) -> tuple[Gain, ...]:
    """One for each resource with figures, in order of `Resource`.

    Raises
    ------
    BadInput
        As `how_many_fit`.
    """
    total = how_many_fit(months, plans).total
    order = list(Resource)
    return tuple(
        Gain(one.resource, _total(months, plans, one, 1) - total, _units_for_one(months, plans, one, total))
        for one in sorted(plans, key=lambda one: order.index(one.resource))
    )


def _total(months: Sequence[Month], plans: Sequence[ResourcePlan], raised: ResourcePlan, units: int) -> int:
    if units < 0:
        raise BadInput(f"{units} units", "0 or more")
    more = replace(raised, free={month: free + units for month, free in raised.free.items()})
    return how_many_fit(months, [more if one is raised else one for one in plans]).total


def _units_for_one(
    months: Sequence[Month], plans: Sequence[ResourcePlan], raised: ResourcePlan, total: int
) -> int | None:
    """Enough for everybody in the plan and one more lets one in, or nothing does: searched by halves."""
    lacks = [max(0, -int(raised.free[month] - raised.committed.get(month, 0))) for month in months]
    most = max(lacks) + int((total + 1) * raised.per_person) + 2
    if _total(months, plans, raised, most) <= total:
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _total(months, plans, raised, middle) > total else (middle, high)
    return high
