"""A stage with rows of every kind around five households, for what each role sees of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import connection

from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.records.models import (
    Assignment,
    Centre,
    CentrePlaces,
    Contract,
    Enquiry,
    GrantLine,
    Household,
    HouseholdRequest,
    LifeEvent,
    Move,
    NamedAccess,
    OpenedPlace,
    Person,
    PlacementRun,
    Proposal,
    SelfSettlement,
    Settlement,
    Stay,
)
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, YEAR, World, household, vedtak, world

A, B = HERE, THERE


def row_stage() -> World:
    """Five households: waiting here, waiting under 15, protected, accepted in A, accepted in B; and all around."""
    made = world()
    for place in (A, B):
        vedtak(place, 20)
    rows = {
        "waiting": household(made),
        "child": household(made, persons=1, group="em_under15", births=[date(2014, 5, 17)]),
        "hidden": household(made, protection="strengt_fortrolig"),
        "in_a": household(made),
        "in_b": household(made),
    }
    with acting(SYSTEM):
        _centres(made)
        Household.objects.filter(pk=rows["child"].pk).update(centre_id=made.extra["far"].pk)
        for name, place in (("in_a", A), ("in_b", B)):
            _settle(made, rows[name], place)
        _around(made, rows)
    made.extra |= rows
    with acting(SYSTEM):
        row = made.extra["in_a"]
        made.actors["household"] = Actor(Role.HOUSEHOLD, household_id=str(row.pk))
        made.actors["representative"] = Actor(Role.REPRESENTATIVE, household_id=str(rows["child"].pk))
        made.actors["named"] = replace(made["imdi_caseworker"], named=frozenset({str(rows["hidden"].pk)}))
        made.actors["coordinator_b"] = made["stranger"]
    for name in ("household", "representative"):
        with acting(made[name]):
            HouseholdRequest.objects.create(
                household_id=made[name].household_id, kind="correction", subject="name", text="x",
                asked_as=name, asked_at=NOW, answer_due_on=DAY,
            )  # fmt: skip
    return made


def _centres(made: World) -> None:
    common = {"operator_kind": "private", "municipality_id": A, "opens_on": date(2026, 1, 1)}
    made.extra["far"] = Centre.objects.create(name="Et annet", kind="ordinary", announced_on=DAY, **common)
    made.extra["secret"] = Centre.objects.create(name="Ikke kunngjort", kind="emergency", **common)
    for centre in (made.centre, made.extra["secret"]):
        CentrePlaces.objects.create(centre=centre, kind="ordinary", count=50, starts_on=date(2026, 1, 1))
        Contract.objects.create(
            centre=centre, price_per_place_day_nok=600, notice_days=90, starts_on=date(2026, 1, 1)
        )


def _settle(made: World, row: Household, place: str) -> None:
    """Offered, accepted, both settled, one of them with a grant line and moved on, one question."""
    by = made.users["imdi_caseworker"]
    offered = Assignment.objects.create(
        household=row, municipality_id=place, year=YEAR, group="all", persons=2, track="asylum",
        decided_by=by, decided_at=NOW, answer_due_on=DAY,
    )  # fmt: skip
    Assignment.objects.filter(pk=offered.pk).update(state="accepted", answered_by=by, answered_at=NOW)
    person = Person.objects.filter(household=row).order_by("id")[0]
    told = {"recorded_by": by, "recorded_at": NOW}
    for one in Person.objects.filter(household=row):
        Settlement.objects.create(
            person=one, municipality_id=place, settled_on=DAY, assignment=offered, **told
        )
    Move.objects.create(person=person, from_municipality_id=place, to_municipality_id=B if place == A else A,
                        moved_on=DAY, **told)  # fmt: skip
    GrantLine.objects.create(
        person=person, municipality_id=place, year=YEAR, scheme="integration", grant_year=1, rule="x",
        status="rate_missing", library_version="0", input_sha256="0" * 64, computed_at=NOW,
    )  # fmt: skip
    Enquiry.objects.create(assignment=offered, question_code="health", asked_by=by, asked_at=NOW)


def _around(made: World, rows: dict[str, Household]) -> None:
    by, lead = made.users["imdi_caseworker"], made.users["imdi_lead"]
    run = PlacementRun.objects.create(
        year=YEAR,
        objective="persons",
        started_by=by,
        started_at=NOW,
        library_version="0",
        instance_sha256="0" * 64,
    )
    for row in (rows["waiting"], rows["hidden"]):
        Proposal.objects.create(run=run, household=row, municipality_id=A)
    SelfSettlement.objects.create(
        household=rows["waiting"], municipality_id=A, lease_from=DAY, registered_by=by, registered_at=NOW
    )
    OpenedPlace.objects.create(
        municipality_id=A, year=YEAR, places=1, opened_on=DAY, opened_by=by, reason="room"
    )
    OpenedPlace.objects.create(
        municipality_id=A, year=YEAR, places=2, opened_on=DAY, opened_by=by, reason="room", sealed=True,
        household=rows["hidden"],
    )  # fmt: skip
    for row in rows.values():
        LifeEvent.objects.create(household=row, kind="birth", happened_on=DAY, recorded_at=NOW)
        Stay.objects.create(household=row, centre=made.centre, arrived_on=DAY)
    NamedAccess.objects.create(user=by, household=rows["hidden"], starts_on=DAY, granted_by=lead)
    for role, place in (
        ("municipality_coordinator", A),
        ("municipality_coordinator", B),
        ("imdi_lead", None),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT bosett_notify(jsonb_build_array(jsonb_build_object('code', 'x', 'to_role', %s::text,"
                " 'municipality_id', %s::text, 'url', '/', 'created_at', %s::text)))",
                [role, place, NOW.isoformat()],
            )
