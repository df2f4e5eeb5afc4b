"""From permit to settlement: how long it takes, with those who still wait counted; and what that means by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import connection

from bosett.forecast.lags import LagDistribution, need_by_month, waiting_by_month
from bosett.terms.days import Month
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.queries.followup_register import register, smallest_shown
from bosett_server.queries.forecast import need_in_force

MONTHS_AHEAD = 12
ENDS = ("low", "point", "high")


@dataclass(frozen=True)
class GroupLag:
    """One group; `lags` None = too few have been settled to tell of."""

    group: Group
    settled: int | None
    waiting: int
    lags: LagDistribution | None


@dataclass(frozen=True)
class MonthNeed:
    """Persons who need a municipality in a month: of those who wait now, and of permits to come (lowest to highest).

    `permits` is None where no expected permits are stated.
    """

    month: Month
    waiting: int
    permits: tuple[int, int, int] | None


@dataclass(frozen=True)
class LagOverview:
    """The lags by group, the months ahead, and who falls after the last of them."""

    today: date
    groups: tuple[GroupLag, ...]
    months: tuple[MonthNeed, ...]
    later: int
    expected: tuple[int, int, int] | None
    synthetic: bool

    @property
    def everybody(self) -> LagDistribution | None:
        """The lags of all groups together."""
        return self.groups[0].lags


def lag_overview(actor: Actor) -> LagOverview:
    """The whole country; four queries at most."""
    require(actor, Permission.SITUATION_VIEW)
    found = register()
    smallest = smallest_shown(found.today)
    settled: dict[Group, Counter[int]] = {group: Counter() for group in Group}
    for way in found.ways:
        if (
            way.permit_on is not None
            and way.settled_on is not None
            and way.permit_on <= way.settled_on <= found.today
        ):
            _count(settled, Group(way.group), _months(way.permit_on, way.settled_on), 1)
    waiting = _waiting(found.today)
    groups = tuple(_group(group, settled[group], waiting[group], smallest) for group in (Group.ALL, *_MINORS))
    expected = _expected(found.today.year)
    lags = groups[0].lags
    months, later = _ahead(lags, waiting[Group.ALL], expected, found.today) if lags else ((), 0)
    return LagOverview(found.today, groups, months, later, expected, found.synthetic)


_MINORS = (Group.EM_15_17, Group.EM_UNDER15)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _count(counted: Mapping[Group, Counter[int]], group: Group, months: int, persons: int) -> None:
    """In its own group and in all."""
    for one in {group, Group.ALL}:
        counted[one][months] += persons


def _waiting(today: date) -> dict[Group, Counter[int]]:
    found: dict[Group, Counter[int]] = {group: Counter() for group in Group}
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_group, since, persons FROM bosett_waiting_since()")
        for group, since, persons in cursor.fetchall():
            _count(found, Group(group), max(0, _months(since, today)), int(persons))
    return found


def _group(group: Group, settled: Counter[int], waiting: Counter[int], smallest: int) -> GroupLag:
    many = sum(settled.values())
    enough = many >= smallest
    lags = LagDistribution.of_waits(settled, waiting) if enough and many else None
    return GroupLag(group, many if enough or not many else None, sum(waiting.values()), lags)


def _expected(year: int) -> tuple[int, int, int] | None:
    """Permits that the need of the year expects, lowest to highest; None where its parts are not stated."""
    held = need_in_force(year)
    told = (held.parts or {}).get("expected_grants") if held is not None else None
    return (int(told[0]), int(told[1]), int(told[2])) if told else None


def _ahead(
    lags: LagDistribution, waiting: Counter[int], expected: tuple[int, int, int] | None, today: date
) -> tuple[tuple[MonthNeed, ...], int]:
    """Expected permits are spread evenly over the year's months: an assumption; those of next year are not known."""
    first = Month.of(today)
    last = first.plus(MONTHS_AHEAD - 1)
    own = waiting_by_month(waiting, lags, first, last)
    permits = [_permits(total, first, lags, last) for total in expected] if expected else []
    none = Fraction(0)
    months = tuple(
        MonthNeed(
            month, round(own.months.get(month, none)),
            (round(permits[0].get(month, none)), round(permits[1].get(month, none)), round(permits[2].get(month, none)))
            if permits else None,
        )
        for month in (first.plus(step) for step in range(MONTHS_AHEAD))
    )  # fmt: skip
    return months, round(own.later)


def _permits(total: int, first: Month, lags: LagDistribution, last: Month) -> Mapping[Month, Fraction]:
    left = range(13 - first.number)
    return need_by_month({first.plus(step): round(total / 12) for step in left}, lags, last).months
