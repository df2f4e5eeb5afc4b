"""The demo's planner: made-up homes, resources and weeks, marked as such wherever they show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.decisions.planner import Resource
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.week_capacity import coming_mondays
from bosett_server.records.models import (
    Home,
    HomeHold,
    Household,
    Plan,
    PlanCommitment,
    PlanResource,
    Quota,
    RoleGrant,
    WeekCapacity,
    WeekConfirmation,
)

HOMES = (
    # address, bedrooms, step-free, rent, school, minutes
    ("Syntetisk vei 1", 1, True, 7_500, "Syntetisk skole", 12),
    ("Syntetisk vei 3, 2. etasje", 2, False, 9_800, "Syntetisk skole", 12),
    ("Syntetisk tun 4", 4, True, 14_200, "Oppdiktet skole", 6),
    ("Syntetisk bakke 7", 3, False, None, "Oppdiktet skole", 25),
    ("Syntetisk torg 2, H0301", 0, False, 6_100, "", None),
)
RESOURCES = {
    Resource.HOUSING: (None, "10"),
    Resource.SCHOOL: (None, "6"),
    Resource.KINDERGARTEN: (None, "4"),
    Resource.TEACHING: (None, "20"),
    Resource.STAFF: ("14", "60"),
}
"""What one person uses (None = as offered) and what is free a month; the rest is left unknown on purpose."""
TEXT = "Oppdiktet tekst for demonstrasjonen: kommunen har to ansatte i flyktningtjenesten og leier ut boligene selv."


@action(Permission.DEMO_LOAD)
def load_demo_planner(actor: Actor) -> Done[int]:
    """The municipality of the demo's coordinator has homes and a plan, and every third municipality has weeks."""
    grant = RoleGrant.objects.get(user__username="kommune", ends_on__isnull=True)
    municipality = str(grant.municipality_id)
    today = clock.today()
    _homes(municipality, today)
    for year in (today.year - 1, today.year):
        _plan(municipality, year)
    stored = _weeks(municipality, today)
    facts = {"homes": len(HOMES), "weeks": stored}
    return Done(stored, about=("municipality", municipality), facts=facts)


def _homes(municipality: str, today: date) -> None:
    homes = Home.objects.bulk_create(
        Home(
            municipality_id=municipality, address=address, bedrooms=bedrooms, step_free=step_free, rent_nok=rent,
            school=school, school_minutes=minutes, free_from=today.replace(month=1, day=1), synthetic=True,
        )
        for address, bedrooms, step_free, rent, school, minutes in HOMES
    )  # fmt: skip
    coming = Household.objects.filter(
        assigned_municipality_id=municipality, stage="date_agreed", protection="none", persons_count__lte=4
    ).order_by("planned_settlement_on", "pk")
    now = clock.now()
    # Somebody outside the register has the second home and is promised the last; the next household gets the third.
    holds: list[tuple[Home, Household | None, date]] = [
        (homes[1], None, today - timedelta(days=60)), (homes[4], None, today + timedelta(days=45)),
    ]  # fmt: skip
    holds += [(homes[2], one, one.planned_settlement_on or today) for one in coming[:1]]
    HomeHold.objects.bulk_create(
        HomeHold(home=home, municipality_id=municipality, household=who, starts_on=starts, held_at=now)
        for home, who, starts in holds
    )


def _plan(municipality: str, year: int) -> None:
    plan = Plan.objects.create(
        municipality_id=municipality, year=year, saved_at=clock.now(), synthetic=True, case_number=f"{year}/17",
        texts={"background": TEXT},
    )  # fmt: skip
    PlanResource.objects.bulk_create(
        PlanResource(
            plan=plan, resource=resource.value, per_person=None if use is None else Decimal(use),
            units=[Decimal(units)] * 12,
        )
        for resource, (use, units) in RESOURCES.items()
    )  # fmt: skip
    PlanCommitment.objects.create(
        plan=plan, kind=CommitmentKind.FAMILY.value, persons=3, month=8, told_by=ToldBy.UDI.value
    )


def _weeks(own: str, today: date) -> int:
    """Every third municipality with places left has planned; one in four of those has let it grow old."""
    rows, said = list[WeekCapacity](), list[WeekConfirmation]()
    quotas = Quota.objects.filter(year=today.year, group="all", vedtak__gt=0).order_by("municipality_id")
    for place, quota in enumerate(quotas):
        code = quota.municipality_id
        if place % 3 and code != own:
            continue
        days = 41 if place % 4 == 1 and code != own else place % 25
        said.append(
            WeekConfirmation(municipality_id=code, confirmed_on=today - timedelta(days=days), synthetic=True)
        )
        rows += _planned(code, max(0, (quota.vedtak or 0) - quota.settled), today)
    WeekConfirmation.objects.bulk_create(said)
    WeekCapacity.objects.bulk_create(rows)
    return len(rows)


def _planned(code: str, persons: int, today: date) -> Iterator[WeekCapacity]:
    """Households of one, two and four in turn, week by week, until the persons still to come are placed."""
    for week, monday in enumerate(coming_mondays(today)):
        size = (1, 4, 2)[week % 3]
        count = min(persons // size, 1 + persons // 40)
        if count:
            persons -= count * size
            yield WeekCapacity(municipality_id=code, monday=monday, size=size, households=count)
