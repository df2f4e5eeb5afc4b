"""The municipalities' plans by week: each its own grid, and the overview for IMDi and the county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bosett.capacity.week_plan import SIZES, Confirmed, SizePlan, beside_vedtak, confirmed
from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.records.models import Household, Municipality, Quota, WeekCapacity, WeekConfirmation

WEEKS_AHEAD = 12
DAYS_RULE = "capacity/weeks_confirmed_days"


@dataclass(frozen=True)
class Weeks:
    """One municipality's rolling plan.

    Parameters
    ----------
    version
        0 when nothing was saved yet.
    days
        How long a confirmation stands.
    to_come
        Persons of this year's vedtak, and of what the municipality opened itself, who have not come; None
        without a vedtak in force.
    beside_vedtak
        Persons planned beyond that, negative when places have no week; None when there is nothing to compare.
    """

    municipality: str
    name: str
    version: int
    mondays: tuple[date, ...]
    plan: SizePlan
    confirmed_on: date | None
    state: Confirmed
    days: int
    to_come: int | None
    beside_vedtak: int | None
    synthetic: bool

    @property
    def persons(self) -> Mapping[date, int]:
        """Monday -> persons at least, in the planned weeks that are shown."""
        told = self.plan.persons()
        return {monday: told[monday] for monday in self.mondays if monday in told}

    @property
    def by_size(self) -> Mapping[int, int]:
        """Size -> households in the weeks that are shown."""
        shown = [self.plan.households.get(monday, {}) for monday in self.mondays]
        return {size: sum(one.get(size, 0) for one in shown) for size in SIZES}


def days_confirmed(today: date) -> int:
    """How many days a plan by week stands before it must be confirmed again."""
    return Parameters.shipped().lookup(DAYS_RULE, today).whole


def coming_mondays(today: date, weeks: int = WEEKS_AHEAD) -> tuple[date, ...]:
    """This week's Monday and the following."""
    first = today - timedelta(days=today.weekday())
    return tuple(first + timedelta(weeks=week) for week in range(weeks))


def weeks_of(actor: Actor, municipality: str) -> Weeks:
    """One municipality's weeks.  Raises NotInSight."""
    found = [one for one in week_overview(actor) if one.municipality == municipality]
    if not found:
        raise NotInSight("not_in_sight")
    return found[0]


def week_overview(actor: Actor, county: str = "") -> list[Weeks]:
    """Every municipality in the actor's sight, by name; four queries whatever their number."""
    today = clock.today()
    mondays, days = coming_mondays(today), days_confirmed(today)
    places = Municipality.objects.order_by("sort_key")
    if actor.municipalities:
        places = places.filter(code__in=actor.municipalities)
    elif actor.role is Role.COUNTY:
        places = places.filter(county_id=actor.county)
    if county:
        places = places.filter(county_id=county)
    plans: dict[str, dict[date, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    year_end = date(today.year + 1, 1, 4)
    for code, monday, size, homes in WeekCapacity.objects.filter(
        monday__gte=mondays[0], monday__lte=max(mondays[-1], year_end)
    ).values_list("municipality_id", "monday", "size", "households"):
        plans[code][monday][size] = homes
    said = {one.municipality_id: one for one in WeekConfirmation.objects.all()}
    to_come = _to_come(today.year)
    return [
        _weeks(place, mondays, plans.get(place.code, {}), said.get(place.code), days, to_come.get(place.code))
        for place in places
    ]


def _weeks(
    place: Municipality,
    mondays: tuple[date, ...],
    homes: Mapping[date, Mapping[int, int]],
    said: WeekConfirmation | None,
    days: int,
    to_come: int | None,
) -> Weeks:
    today = clock.today()
    plan = SizePlan(homes)
    when = said.confirmed_on if said else None
    return Weeks(
        place.code, place.name, said.version if said else 0, mondays, plan, when,
        confirmed(when, today, days), days, to_come, beside_vedtak(plan.persons(), to_come, today.year),
        bool(said and said.synthetic),
    )  # fmt: skip


def _to_come(year: int) -> dict[str, int]:
    """Municipality -> persons of its vedtak who have not come; only where one is in force."""
    rows = Quota.objects.filter(year=year, group="all", vedtak__isnull=False)
    return {row.municipality_id: max(0, (row.vedtak or 0) + row.opened - row.settled) for row in rows}


def agreed_by_week(actor: Actor, municipality: str) -> dict[date, int]:
    """Monday -> persons with an agreed settlement day in the week; a protected household is in no count.

    Raises NotInSight for a municipality that is not the actor's.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    with acting(SYSTEM):
        rows = Household.objects.filter(
            assigned_municipality_id=municipality, stage="date_agreed", protection="none"
        ).values_list("planned_settlement_on", "persons_count")
        found: dict[date, int] = defaultdict(int)
        for day, persons in rows:
            if day is not None:
                found[day - timedelta(days=day.weekday())] += persons
    return dict(found)


def to_remind(today: date, days: int) -> list[WeekConfirmation]:
    """Plans whose confirmation has run out and of which nobody has been told since; the oldest first."""
    last = today - timedelta(days=days)
    rows = WeekConfirmation.objects.filter(confirmed_on__lte=last, reminded_on__isnull=True)
    return list(rows.select_related("municipality").order_by("confirmed_on", "pk"))
