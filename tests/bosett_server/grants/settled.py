"""Settled households for the tests of money and counts, put down as facts without the steps before them."""

from __future__ import annotations

from datetime import date
from typing import Any

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    GrantLine,
    Household,
    Move,
    OpenedPlace,
    Person,
    Settlement,
)
from tests.bosett_server.cast import DAY, HERE, NOW, World, household


def accepted(where: World, *, municipality: str = HERE, year: int = 2024, **fields: Any) -> Household:
    """A household that a municipality has accepted; for a protected one a sealed place is opened first."""
    home = household(where, **fields)
    with acting(SYSTEM):
        if home.protection != "none":
            OpenedPlace.objects.create(
                municipality_id=municipality, year=year, places=home.persons_count, household=home, sealed=True,
                opened_on=DAY, opened_by=where.users["municipality_coordinator"], reason="need",
            )  # fmt: skip
        Assignment.objects.create(
            household=home, municipality_id=municipality, year=year, group="all", persons=home.persons_count,
            state="accepted", track=home.track, decided_by=where.users["imdi_caseworker"], decided_at=NOW,
            answer_due_on=DAY,
        )  # fmt: skip
    return home


def settled(
    where: World, on: date, *, municipality: str = HERE, person: dict[str, Any] | None = None, **fields: Any
) -> list[Person]:
    """The persons of a household settled on a day; `person` changes each of them."""
    home = accepted(where, municipality=municipality, year=on.year, **fields)
    with acting(SYSTEM):
        Person.objects.filter(household=home).update(**(person or {}))
        one = Assignment.objects.get(household=home)
        people = list(Person.objects.filter(household=home).order_by("birth_date", "id"))
        for someone in people:
            Settlement.objects.create(
                person=someone, municipality_id=municipality, assignment=one, settled_on=on,
                recorded_by=where.users["municipality_coordinator"], recorded_at=NOW,
            )  # fmt: skip
        Assignment.objects.filter(pk=one.pk).update(state="settled")
    return people


def moved(where: World, person: Person, on: date, *, away: str, to: str) -> None:
    """A registered move."""
    with acting(SYSTEM):
        Move.objects.create(
            person=person, from_municipality_id=away, to_municipality_id=to, moved_on=on,
            recorded_by=where.users["imdi_caseworker"], recorded_at=NOW,
        )  # fmt: skip


def lines(
    person: Person, year: int = 2024, *, standing: bool = True, scheme: str = "integration"
) -> list[GrantLine]:
    """The person's stored lines of a scheme, in the order of municipality lived in."""
    with acting(SYSTEM):
        rows = GrantLine.objects.filter(person=person, year=year, scheme=scheme)
        return list(rows.filter(superseded_at__isnull=standing).order_by("scheme", "id"))


def events(stage: World, verb: str) -> list[AuditEvent]:
    """The log of one verb, oldest first."""
    with acting(stage["auditor"]):
        return list(AuditEvent.objects.filter(verb=verb).order_by("id"))
