"""The file of one household: what this reader may see of it, and nothing that the reader may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When
from django.db.models.fields import BooleanField

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.file_parts import (
    AssignmentLine,
    EventLine,
    Heard,
    MoneyLine,
    ProposalLine,
    StayLine,
    assignments_of,
    events_of,
    heard_of,
    money_of,
    proposals_of,
    stays_of,
)
from bosett_server.queries.households import ENDED, shown_needs
from bosett_server.records.models import Household, Person

EVERYTHING = frozenset({"interview", "stays", "proposals", "answers", "assigned", "money", "events"})
SEES: Mapping[Role, frozenset[str]] = {
    Role.IMDI_CASEWORKER: EVERYTHING,
    Role.IMDI_LEAD: EVERYTHING,
    Role.UDI_RECEPTION: frozenset({"stays", "assigned", "events"}),
    Role.BUFETAT: frozenset({"interview", "stays", "assigned", "events"}),
    Role.CENTRE: frozenset({"interview", "stays", "assigned", "events"}),
    Role.MUNICIPALITY_COORDINATOR: frozenset({"interview", "stays", "assigned", "money", "events"}),
}
"""Parts of the file by role; a part that is not here is not asked for.

`answers` is everything that was out at municipalities; `assigned` only what a municipality has accepted.
"""


@dataclass(frozen=True)
class PersonLine:
    """One person; identity numbers are only said to be there (`identity_numbers` shows them, logged)."""

    id: UUID
    name: str
    birth_date: date
    sex: str
    citizenship: str
    basis: str
    role: str
    single_adult: bool
    permit_lost_on: date | None
    left_on: date | None
    exception: str
    planned_on: date | None
    has_duf: bool
    has_national_id: bool
    settled_on: date | None
    settled_in: str


@dataclass(frozen=True)
class HouseholdFile:
    """The whole file; None where the reader's role does not see the part."""

    id: UUID
    reference: str
    track: str
    group: str
    stage: str
    persons_count: int
    language: str
    needs: tuple[str, ...]
    recheck: tuple[str, ...]
    protected: bool
    synthetic: bool
    arrived_on: date | None
    permit_on: date | None
    ready_on: date | None
    planned_on: date | None
    settled_on: date | None
    left_reason: str
    link: str
    centre: str
    municipality: str
    version: int
    persons: tuple[PersonLine, ...]
    heard: Heard | None
    stays: tuple[StayLine, ...] | None
    proposals: tuple[ProposalLine, ...] | None
    assignments: tuple[AssignmentLine, ...] | None
    money: tuple[MoneyLine, ...] | None
    events: tuple[EventLine, ...] | None


@dataclass(frozen=True)
class Numbers:
    """The identity numbers of one person, shown on request."""

    person: UUID
    duf_number: str
    national_id: str


def household_file(actor: Actor, household: UUID) -> HouseholdFile:
    """The file, its reading logged; a constant number of queries.

    Raises NotInSight when the household is not there for this actor.
    """
    row = (
        Household.objects.select_related("centre", "assigned_municipality")
        .filter(pk=household, merged_into__isnull=True)
        .first()
    )
    if row is None:
        raise NotInSight("not_in_sight")
    audit.log_read("household", "household", [row.pk])
    sees = SEES.get(actor.role, frozenset())
    persons = _persons(row.pk)
    names = {one.id: one.name for one in persons}
    heard = heard_of(row.pk) if "interview" in sees else None
    return HouseholdFile(
        **_facts(actor, row, heard),
        persons=persons,
        heard=heard,
        stays=stays_of(row.pk) if "stays" in sees else None,
        proposals=proposals_of(row.pk) if "proposals" in sees else None,
        assignments=assignments_of(row.pk, accepted_only="answers" not in sees)
        if "assigned" in sees
        else None,
        money=money_of(row.pk, names) if "money" in sees else None,
        events=events_of(row.pk, names) if "events" in sees else None,
    )


def identity_numbers(actor: Actor, household: UUID, person: UUID) -> Numbers:
    """One person's numbers; that they were shown is logged about the person.

    Raises NotPermitted for a role that may not, NotInSight for a person who is not in this household.
    """
    require(actor, Permission.NUMBER_VIEW)
    found = Person.objects.filter(pk=person, household_id=household).values_list("duf_number", "national_id")
    numbers = found.first()
    if numbers is None:
        raise NotInSight("not_in_sight")
    audit.log_read("identity_number", "person", [person])
    return Numbers(person, *numbers)


def _facts(actor: Actor, row: Household, heard: Heard | None) -> dict[str, Any]:
    place = row.assigned_municipality
    consent = heard is not None and bool(heard.health_consent)
    return {
        "id": row.pk, "reference": row.reference, "track": row.track, "group": row.group, "stage": row.stage,
        "persons_count": row.persons_count, "language": row.language,
        "needs": shown_needs(actor, row.needs, consent), "recheck": tuple(row.recheck),
        "protected": row.protection != "none", "synthetic": row.synthetic, "arrived_on": row.arrived_on,
        "permit_on": row.permit_on, "ready_on": row.ready_on, "planned_on": row.planned_settlement_on,
        "settled_on": row.settled_on, "left_reason": row.left_reason, "link": row.link,
        "centre": row.centre.name if row.centre and row.stage not in ENDED else "",
        "municipality": place.name if place else "",
        "version": row.version,
    }  # fmt: skip


def _filled(column: str) -> Case:
    return Case(When(**{column: ""}, then=Value(False)), default=Value(True), output_field=BooleanField())


_PERSON = {
    "birth_date": "birth_date", "sex": "sex", "citizenship": "citizenship", "basis": "basis", "role": "role",
    "single_adult": "single_adult", "permit_lost_on": "permit_lost_on", "left_on": "left_on",
    "exception": "settlement_exception", "planned_on": "planned_settlement_on", "has_duf": "has_duf",
    "has_national_id": "has_national_id", "settled_on": "settlement__settled_on",
}  # fmt: skip


def _persons(household: UUID) -> tuple[PersonLine, ...]:
    found: QuerySet[Any, Any] = (
        Person.objects.filter(household_id=household)
        .annotate(has_duf=_filled("duf_number"), has_national_id=_filled("national_id"))
        .order_by("birth_date", "id")
        .values("id", "given_name", "family_name", "settlement__municipality__name", *_PERSON.values())
    )
    return tuple(_person(row) for row in found)


def _person(row: Mapping[str, Any]) -> PersonLine:
    told = {name: row[column] for name, column in _PERSON.items()}
    name = f"{row['given_name']} {row['family_name']}"
    return PersonLine(id=row["id"], name=name, settled_in=row["settlement__municipality__name"] or "", **told)
