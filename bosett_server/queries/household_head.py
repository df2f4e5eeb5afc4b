"""What the page of a step shows of its household, and whom the step can choose among."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from bosett.followup.composition import needs_that_follow
from bosett.followup.problem import Person as LibraryPerson
from bosett.terms.days import age_on
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.audit import log_read
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.household_case import ACTIVE, household_uuid
from bosett_server.records.models import Assignment, Household, Move, Person, Settlement


@dataclass(frozen=True)
class PersonLine:
    """One of those who have not left."""

    id: str
    name: str
    birth_date: date
    age: int
    role: str
    unaccompanied_minor: bool
    permit_lost: bool
    planned_on: date | None
    exception: str
    settled_on: date | None
    lives_in: str


@dataclass(frozen=True)
class HouseholdHead:
    """The household of a step; `offered` tells that a municipality has its card."""

    id: str
    reference: str
    stage: str
    track: str
    group: str
    language: str
    needs: tuple[str, ...]
    recheck: tuple[str, ...]
    people: tuple[PersonLine, ...]
    centre_id: int | None
    centre: str
    municipality: str
    municipality_name: str
    arrived_on: date | None
    permit_on: date | None
    ready_on: date | None
    planned_on: date | None
    settled_on: date | None
    decided_on: date | None
    version: int
    follows: frozenset[str]

    @property
    def url(self) -> str:
        """The household's page."""
        return f"/households/{self.id}/"

    @property
    def has_children(self) -> bool:
        """Whether somebody is under 18 today."""
        return any(one.age < 18 for one in self.people)


def household_head(actor: Actor, household: str, why: str) -> HouseholdHead:
    """The household and its persons; the reading is logged as `why`.  Raises NotInSight.  Five queries."""
    row = (
        Household.objects.select_related("centre", "assigned_municipality")
        .filter(pk=household_uuid(household), merged_into__isnull=True)
        .first()
    )
    if row is None:
        raise NotInSight("not_in_sight")
    today = clock.today()
    people = list(Person.objects.filter(household=row, left_on__isnull=True).order_by("birth_date", "id"))
    settled = {
        s.person_id: s for s in Settlement.objects.filter(person__in=people).select_related("municipality")
    }
    moved = {
        m.person_id: m.to_municipality.name
        for m in Move.objects.filter(person__in=people)
        .select_related("to_municipality")
        .order_by("moved_on", "id")
    }
    decided = (
        Assignment.objects.filter(household=row, state__in=ACTIVE[1:])
        .values_list("decided_at", flat=True)
        .first()
    )
    log_read(why, "household", [row.pk])
    as_library = [LibraryPerson(str(p.pk), p.birth_date, p.unaccompanied_minor) for p in people]
    place = row.assigned_municipality
    return HouseholdHead(
        id=str(row.pk), reference=row.reference, stage=row.stage, track=row.track, group=row.group,
        language=row.language, needs=tuple(row.needs), recheck=tuple(row.recheck),
        people=tuple(_line(p, settled.get(p.pk), moved.get(p.pk, ""), today) for p in people),
        centre_id=row.centre_id, centre=row.centre.name if row.centre else "",
        municipality=row.assigned_municipality_id or "", municipality_name=place.name if place else "",
        arrived_on=row.arrived_on, permit_on=row.permit_on, ready_on=row.ready_on,
        planned_on=row.planned_settlement_on, settled_on=row.settled_on,
        decided_on=timezone.localdate(decided) if decided else None, version=row.version,
        follows=needs_that_follow(as_library, today),
    )  # fmt: skip


def household_by_reference(actor: Actor, reference: str) -> str | None:
    """The id of the household with this reference, or None when none is in sight."""
    pk = (
        Household.objects.filter(reference__iexact=reference.strip(), merged_into__isnull=True)
        .values_list("pk", flat=True)
        .first()
    )
    return str(pk) if pk else None


def in_sight(actor: Actor, household: str) -> bool:
    """Whether the actor still sees the household."""
    return Household.objects.filter(pk=household_uuid(household), merged_into__isnull=True).exists()


def _line(one: Person, settlement: Settlement | None, moved: str, today: date) -> PersonLine:
    return PersonLine(
        id=str(one.pk), name=f"{one.given_name} {one.family_name}", birth_date=one.birth_date,
        age=age_on(one.birth_date, today), role=one.role, unaccompanied_minor=one.unaccompanied_minor,
        permit_lost=one.permit_lost_on is not None, planned_on=one.planned_settlement_on,
        exception=one.settlement_exception, settled_on=settlement.settled_on if settlement else None,
        lives_in=moved or (settlement.municipality.name if settlement else ""),
    )  # fmt: skip
