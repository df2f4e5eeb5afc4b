"""With the permissions of every role taken away as a check, the rows of the database still refuse.

`may` is made to say yes to everything, as if a page or a step had forgotten to ask.  What is left is
row-level security in PostgreSQL: this is the second wall, tried alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    Centre,
    Contract,
    GrantLine,
    Household,
    HouseholdRequest,
    Interview,
    LifeEvent,
    OpenedPlace,
    Person,
    PlacementRun,
    Proposal,
    SelfSettlement,
    Settlement,
    Stay,
    VersionedFigure,
)
from tests.bosett_server.api.issuer import Issuer, configured
from tests.bosett_server.cast import DAY, HERE, NOW
from tests.security.doors import api_visits, browser, machine, page_visits, send, with_bodies
from tests.security.stage import STAFF, Stage, set_stage

ABOUT_PERSONS = [
    Household,
    Person,
    Interview,
    LifeEvent,
    Stay,
    Assignment,
    Settlement,
    Proposal,
    HouseholdRequest,
]
SEES_NOBODY = [
    "municipality_decider", "county", "ks", "ministry", "nav", "husbanken", "statsforvalter", "auditor", "admin",
    "public",
]  # fmt: skip


@pytest.fixture
def issuer(settings, tmp_path) -> Issuer:
    return configured(settings, tmp_path)


@pytest.fixture
def stage(db, settings, tmp_path, monkeypatch) -> Stage:
    settings.STATIC_ROOT = tmp_path
    made = set_stage(settings)
    with acting(SYSTEM):
        Centre.objects.create(
            name="Not told yet", kind="ordinary", operator_kind="private", municipality_id=HERE,
            opens_on=date(2026, 9, 1), synthetic=True,
        )  # fmt: skip
    monkeypatch.setattr("bosett_server.access.actor.may", lambda *_: True)
    return made


def rows(stage: Stage, role: str, model: Any, **wanted: Any) -> int:
    with acting(stage.world[role]):
        return model.objects.filter(**wanted).count()


def ours() -> dict[str, list[Any]]:
    """Everything that our municipality has to do with, as the system sees it."""
    with acting(SYSTEM):
        homes = list(Household.objects.values_list("pk", flat=True))
        return {
            "households": list(Household.objects.order_by("pk").values()),
            "persons": list(Person.objects.filter(household__in=homes).order_by("pk").values()),
            "interviews": list(Interview.objects.order_by("pk").values()),
            "assignments": list(Assignment.objects.order_by("pk").values()),
            "self_settlements": list(SelfSettlement.objects.order_by("pk").values()),
            "openings": list(OpenedPlace.objects.filter(municipality_id=HERE).order_by("pk").values()),
            "lines": list(GrantLine.objects.filter(municipality_id=HERE).order_by("pk").values()),
            "figures": list(VersionedFigure.objects.filter(municipality_id=HERE).order_by("pk").values()),
            "settlements": list(Settlement.objects.order_by("pk").values()),
        }


def names() -> set[str]:
    """References of households and family names."""
    with acting(SYSTEM):
        references = set(Household.objects.values_list("reference", flat=True))
        return references | set(Person.objects.values_list("family_name", flat=True))


def ids() -> set[str]:
    """Ids of households."""
    with acting(SYSTEM):
        return {str(pk) for pk in Household.objects.values_list("pk", flat=True)}


def visit_everything(stage: Stage, role: str, issuer: Issuer) -> list[tuple[str, str]]:
    """Every page and call with our objects behind it, each in a savepoint that stays; gives name and text."""
    told = []
    calls = with_bodies(api_visits(stage, "municipality_coordinator"), stage)
    for client, visits in (
        (browser(stage, role), page_visits(stage, "municipality_coordinator")),
        (machine(stage, role, issuer), calls),
    ):
        for visit in visits:
            if visit.name == "accounts-logout":
                continue
            with transaction.atomic():
                response = send(client, visit)
            text = b"".join(response.streaming_content) if response.streaming else response.content
            told.append((visit.name, text.decode(errors="replace").replace(visit.path, "")))
    return told


def test_the_check_is_really_gone(stage):
    assert browser(stage, "nav").get("/users/").status_code == 200


def test_another_municipality_reads_nothing_of_ours_and_changes_nothing(stage, issuer):
    hidden, before = names() | ids(), ours()
    leaks = [
        (name, one)
        for name, text in visit_everything(stage, "stranger", issuer)
        for one in hidden
        if one in text
    ]
    assert leaks == []
    assert ours() == before


def test_the_auditor_and_the_administrator_read_no_person_on_any_page(stage, issuer):
    hidden = names()  # the log holds ids, and never more
    for role in ("auditor", "admin"):
        told = visit_everything(stage, role, issuer)
        assert [(name, one) for name, text in told for one in hidden if one in text] == []


def seen(stage: Stage, roles: Iterable[str], models: Iterable[Any], **wanted: Any) -> dict[str, int]:
    """What the roles find: `role sees model` -> rows, for those who find any."""
    found = {f"{role} sees {m.__name__}": rows(stage, role, m, **wanted) for role in roles for m in models}
    return {who: count for who, count in found.items() if count}


def test_the_municipality_itself_reads_its_household(stage):
    told = browser(stage, "municipality_coordinator").get(f"/households/{stage.samples['household']}/")
    assert stage.samples["reference"] in told.content.decode()


def test_who_has_nothing_to_do_with_persons_finds_none(stage):
    assert seen(stage, SEES_NOBODY, ABOUT_PERSONS) == {}


def test_another_municipality_finds_no_row_of_ours(stage):
    assert seen(stage, ["stranger"], [*ABOUT_PERSONS, SelfSettlement, OpenedPlace, GrantLine]) == {}


def test_proposals_and_runs_are_imdis_alone(stage):
    assert seen(stage, [*STAFF, "stranger", "public"], [PlacementRun]) == {
        "imdi_caseworker sees PlacementRun": 1, "imdi_lead sees PlacementRun": 1,
    }  # fmt: skip
    assert set(seen(stage, [*STAFF, "stranger", "public"], [Proposal])) == {
        "imdi_caseworker sees Proposal", "imdi_lead sees Proposal",
    }  # fmt: skip


def test_contracts_and_openings_not_announced_are_udis_alone(stage):
    everybody = [*STAFF, "stranger", "public"]
    assert seen(stage, everybody, [Contract]) == {"udi_reception sees Contract": 1}
    assert seen(stage, everybody, [Centre], name="Not told yet") == {"udi_reception sees Centre": 1}


def test_a_municipality_sees_the_assigned_household_and_not_the_offered_one(stage):
    with acting(stage.world["municipality_coordinator"]):
        assert [str(pk) for pk in Household.objects.values_list("pk", flat=True)] == [
            stage.samples["household"]
        ]


def test_bufetat_sees_children_under_fifteen_only_and_a_centre_its_own_residents(stage):
    with acting(stage.world["bufetat"]):
        assert [str(pk) for pk in Household.objects.values_list("pk", flat=True)] == [stage.samples["minor"]]
    with acting(stage.world["centre"]):
        assert set(Household.objects.values_list("centre_id", flat=True)) == {stage.world.centre.pk}


def test_a_protected_address_is_seen_by_nobody_who_is_not_named(stage):
    sealed = stage.samples["sealed"]
    assert seen(stage, [*STAFF, "public"], [Household], pk=sealed) == {}
    assert seen(stage, [*STAFF, "public"], [Person, Interview], household_id=sealed) == {}
    named = replace(stage.world["imdi_caseworker"], named=frozenset({sealed}))
    with acting(named):
        assert Household.objects.filter(pk=sealed).exists()


def test_the_log_is_the_auditors_alone(stage):
    assert list(seen(stage, [*STAFF, "stranger", "public"], [AuditEvent])) == ["auditor sees AuditEvent"]


def refused(
    stage: Stage, roles: Iterable[str], model: Any, values: Callable[[str], dict[str, Any]]
) -> set[str]:
    """Those whom the database does not let store the row."""
    stopped = set()
    for role in roles:
        try:
            with acting(stage.world[role]):
                model.objects.create(**values(role))
                transaction.set_rollback(True)
        except DatabaseError:
            stopped.add(role)
    return stopped


def test_only_the_lead_states_a_need(stage):
    need = {"what": "need", "year": 2030, "value": 1, "valid_from": DAY, "recorded_at": NOW, "source": "x"}
    everybody = {*STAFF, "stranger", "public"}
    assert refused(stage, everybody, VersionedFigure, lambda _: need) == everybody - {"imdi_lead"}


def test_only_the_municipality_itself_opens_its_places(stage):
    place = {"municipality_id": HERE, "year": 2026, "places": 1, "opened_on": DAY, "reason": "housing"}
    everybody = {*STAFF, "stranger"}
    stopped = refused(
        stage, everybody, OpenedPlace, lambda role: place | {"opened_by": stage.world.users[role]}
    )
    assert stopped == everybody - {"municipality_coordinator", "municipality_decider"}
