"""What several tests of a household's life look at and do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    Centre,
    Household,
    LifeEvent,
    Notice,
    Person,
    Quota,
    Stay,
)
from tests.bosett_server.cast import DAY, HERE, YEAR, World, household

DECIDED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def assign(where: World, home: Household, *, state: str = "accepted", municipality: str = HERE) -> Assignment:
    """A household offered to, or accepted by, a municipality on 2 March."""
    with acting(SYSTEM):
        return Assignment.objects.create(
            household=home, municipality_id=municipality, year=YEAR, group=home.group, persons=home.persons_count,
            track=home.track, state=state, decided_by=where.users["imdi_caseworker"], decided_at=DECIDED,
            answer_due_on=DAY, card={"persons": home.persons_count},
        )  # fmt: skip


def assigned(where: World, *, persons: int = 2, dated: bool = True, **fields: Any) -> Household:
    """A household that HERE has accepted, with a date agreed unless told otherwise."""
    home = household(where, persons=persons, **fields)
    assign(where, home)
    if dated:
        with acting(SYSTEM):
            Household.objects.filter(pk=home.pk).update(stage="date_agreed", planned_settlement_on=DAY)
    return now(home)


def now(home: Household) -> Household:
    """As it is stored now."""
    with acting(SYSTEM):
        return Household.objects.get(pk=home.pk)


def people(home: Household) -> list[Person]:
    """Those who have not left, the oldest first."""
    with acting(SYSTEM):
        return list(Person.objects.filter(household=home, left_on__isnull=True).order_by("birth_date", "id"))


def the_assignment(home: Household) -> Assignment:
    """The newest."""
    with acting(SYSTEM):
        return Assignment.objects.filter(household=home).latest("id")


def quota(municipality: str = HERE, group: str = "all") -> Quota:
    """The municipality's places as they stand."""
    with acting(SYSTEM):
        return Quota.objects.get(municipality_id=municipality, year=YEAR, group=group)


def life(home: Household) -> list[LifeEvent]:
    """What happened to it, in order."""
    with acting(SYSTEM):
        return list(LifeEvent.objects.filter(household=home).order_by("id"))


def logged(stage: World, verb: str) -> list[AuditEvent]:
    """The log of one verb, oldest first."""
    with acting(stage["auditor"]):
        return list(AuditEvent.objects.filter(verb=verb).order_by("id"))


def told(stage: World, role: str, code: str) -> list[Notice]:
    """Notices of one code in somebody's sight."""
    with acting(stage[role]):
        return list(Notice.objects.filter(code=code))


def stay(home: Household, centre: Centre) -> Stay:
    """It lives in a centre since September."""
    with acting(SYSTEM):
        return Stay.objects.create(household=home, centre=centre, arrived_on=date(2025, 9, 1))


def a_centre(name: str = "Syntetisk mottak Arendal", **fields: Any) -> Centre:
    """Another centre, announced unless told otherwise."""
    told = {
        "announced_on": date(2025, 1, 1),
        "opens_on": date(2025, 1, 1),
        "municipality_id": "4203",
    } | fields
    with acting(SYSTEM):
        return Centre.objects.create(
            name=name, kind=told.pop("kind", "ordinary"), operator_kind="private", synthetic=True, **told
        )


def set_persons(home: Household, **fields: Any) -> None:
    """Change the facts of every person."""
    with acting(SYSTEM):
        Person.objects.filter(household=home).update(**fields)


def set_home(home: Household, **fields: Any) -> None:
    """Change the household's row."""
    with acting(SYSTEM):
        Household.objects.filter(pk=home.pk).update(**fields)
