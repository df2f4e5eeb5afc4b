"""The household's file: each role its parts, numbers masked until asked for, out of sight is 404 and logged."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.queries.household_file import household_file, identity_numbers
from bosett_server.queries.household_history import household_history
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    Household,
    LifeEvent,
    Person,
    PlacementRun,
    Proposal,
    Stay,
)
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, YEAR, household, vedtak

DUF = "202512345678"


def assigned(where, state: str) -> Household:
    """A household with a proposal, a declined and an accepted (or offered) assignment behind it."""
    vedtak(HERE, 40)
    vedtak(THERE, 40)
    one = household(where)
    with acting(where["system"]):
        person = Person.objects.filter(household=one).order_by("id").first()
        Person.objects.filter(pk=person.pk).update(duf_number=DUF)
        Stay.objects.create(household=one, centre=where.centre, arrived_on=DAY)
        LifeEvent.objects.create(household=one, kind="birth", happened_on=DAY, recorded_at=NOW)
        run = PlacementRun.objects.create(
            year=YEAR, objective="placed-first", started_by=where.users["imdi_lead"], started_at=NOW,
            library_version="0", instance_sha256="0",
        )  # fmt: skip
        Proposal.objects.create(run=run, household=one, municipality_id=THERE, state="decided")
    with acting(where["imdi_lead"]):
        for place, becomes in (
            (THERE, {"state": "declined", "decline_reason": "other"}),
            (HERE, {"state": state}),
        ):
            row = Assignment.objects.create(
                household=one, municipality_id=place, year=YEAR, group="all", persons=2, track="asylum",
                decided_by=where.users["imdi_lead"], decided_at=NOW, answer_due_on=DAY, override_reason="secret why",
            )  # fmt: skip
            if becomes["state"] != "offered":
                Assignment.objects.filter(pk=row.pk).update(answered_at=NOW, **becomes)
    return one


PARTS = ("heard", "stays", "proposals", "assignments", "money", "events")


@pytest.mark.parametrize(
    ("role", "parts"),
    [
        ("imdi_caseworker", set(PARTS)),
        ("imdi_lead", set(PARTS)),
        ("udi_reception", {"stays", "assignments", "events"}),
        ("centre", {"heard", "stays", "assignments", "events"}),
        ("municipality_coordinator", {"heard", "stays", "assignments", "money", "events"}),
    ],
)
def test_each_role_has_its_parts_and_the_others_are_not_asked_for(stage, role, parts):
    one = assigned(stage, "accepted")
    actor = stage[role]
    with acting(actor), CaptureQueriesContext(connection) as seen:
        file = household_file(actor, one.pk)
    assert {part for part in PARTS if getattr(file, part) is not None} == parts
    asked = " ".join(query["sql"] for query in seen.captured_queries)
    assert ("records_proposal" in asked) == ("proposals" in parts)
    assert ("records_interview" in asked) == ("heard" in parts)
    assert ("records_grantline" in asked) == ("money" in parts)
    assert DUF not in asked


def test_what_was_declined_and_why_it_was_overridden_is_imdis_alone(stage):
    one = assigned(stage, "accepted")
    with acting(stage["imdi_lead"]):
        lines = household_file(stage["imdi_lead"], one.pk).assignments
        assert [(a.state, a.override_reason) for a in lines] == [
            ("accepted", "secret why"),
            ("declined", "secret why"),
        ]
    for role in ("centre", "municipality_coordinator", "udi_reception"):
        with acting(stage[role]):
            lines = household_file(stage[role], one.pk).assignments
            assert [(a.state, a.override_reason) for a in lines] == [("accepted", "")]


def test_an_offer_that_is_out_shows_no_municipality_outside_imdi(stage, browser):
    one = assigned(stage, "offered")
    assert "Drammen" in browser("imdi_caseworker").get(f"/households/{one.pk}/").content.decode()
    with acting(stage["centre"]):
        file = household_file(stage["centre"], one.pk)
    assert (file.assignments, file.municipality) == ((), "")


@pytest.mark.parametrize("address", ["", "history/"])
def test_a_household_out_of_sight_is_404_with_a_row_in_the_log(stage, browser, address):
    one = assigned(stage, "accepted")
    role = "stranger" if not address else "imdi_caseworker"
    if address:
        with acting(stage["system"]):
            Household.objects.filter(pk=one.pk).update(protection="fortrolig")
    assert browser(role).get(f"/households/{one.pk}/{address}").status_code == 404
    with acting(stage["auditor"]):
        (event,) = AuditEvent.objects.filter(outcome="refused")
        assert (event.facts["code"], event.user_id) == ("not_in_sight", stage.users[role].pk)


@pytest.mark.parametrize("role", ["county", "ks", "ministry", "auditor", "admin", "municipality_decider"])
def test_a_role_that_meets_no_persons_gets_403(stage, browser, role):
    one = household(stage)
    assert browser(role).get(f"/households/{one.pk}/").status_code == 403


def test_an_identity_number_stands_on_no_page_until_it_is_asked_for_and_then_in_no_address(stage, browser):
    one = assigned(stage, "accepted")
    client = browser("imdi_caseworker")
    page = client.get(f"/households/{one.pk}/").content.decode()
    assert DUF not in page
    assert "••••••" in page
    with acting(stage["system"]):
        person = Person.objects.get(household=one, duf_number=DUF)
    shown = client.post(f"/households/{one.pk}/numbers/", {"person": str(person.pk)})
    assert shown.status_code == 200
    assert DUF in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert client.get(f"/households/{one.pk}/numbers/").status_code == 405
    with acting(stage["auditor"]):
        (event,) = AuditEvent.objects.filter(verb="identity_number")
        assert (event.object_id, event.outcome) == (str(person.pk), "read")
        assert not AuditEvent.objects.filter(facts__icontains=DUF).exists()


def test_a_number_is_shown_only_with_its_own_household_and_only_where_the_role_may(stage):
    one, other = assigned(stage, "accepted"), household(stage, group="em_under15")
    with acting(stage["system"]):
        person = Person.objects.get(household=one, duf_number=DUF)
        child = Person.objects.filter(household=other).first()
    with acting(stage["imdi_lead"]), pytest.raises(NotInSight):
        identity_numbers(stage["imdi_lead"], other.pk, person.pk)
    with acting(stage["bufetat"]), pytest.raises(NotPermitted):
        identity_numbers(stage["bufetat"], other.pk, child.pk)


def test_history_says_before_after_and_who_newest_first_and_never_a_number(stage, browser):
    one = assigned(stage, "accepted")
    with acting(stage["imdi_lead"]):
        Household.objects.filter(pk=one.pk).update(needs=["kindergarten"])
    with acting(stage["imdi_lead"]):
        _, changes = household_history(stage["imdi_lead"], one.pk)
    newest = changes[0]
    assert [(f.name, f.before, f.after) for f in newest.fields] == [("needs", None, ["kindergarten"])]
    assert newest.by == stage.users["imdi_lead"].get_full_name()
    (numbered,) = [f for line in changes for f in line.fields if f.name == "duf_number"]
    assert (numbered.before, numbered.after) == (None, None)
    page = browser("imdi_lead").get(f"/households/{one.pk}/history/")
    assert page.status_code == 200
    assert DUF not in page.content.decode()


@pytest.mark.parametrize("role", ["udi_reception", "centre", "municipality_coordinator", "bufetat"])
def test_history_is_imdis(stage, browser, role):
    one = assigned(stage, "accepted")
    assert browser(role).get(f"/households/{one.pk}/history/").status_code == 403


def test_the_cost_of_a_file_does_not_grow_with_the_household(stage):
    counts = []
    for persons in (1, 4, 9):
        one = household(stage, persons=persons)
        with acting(stage["imdi_lead"]), CaptureQueriesContext(connection) as seen:
            household_file(stage["imdi_lead"], one.pk)
        counts.append(len(seen))
    assert len(set(counts)) == 1


@pytest.mark.parametrize("state", ["in_reception", "interviewed", "ready", "left"])
def test_every_stage_has_a_page_in_every_language(stage, browser, state):
    one = household(stage, stage=state, interview=state != "in_reception")
    client = browser("imdi_caseworker")
    for language in ("nb", "nn", "en", "se"):
        client.cookies["language"] = language
        assert client.get(f"/households/{one.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("role", "state", "offered"),
    [
        ("imdi_caseworker", "ready", {"event", "municipality"}),
        ("imdi_caseworker", "interviewed", {"ready", "event"}),
        ("centre", "in_reception", {"interview", "event", "code"}),
        ("udi_reception", "ready", {"event", "centre"}),
    ],
)
def test_the_page_leads_to_the_steps_that_the_role_may_take_now(stage, browser, role, state, offered):
    one = household(stage, stage=state)
    page = browser(role).get(f"/households/{one.pk}/").content.decode()
    links = {
        **{
            step: f"/households/{one.pk}/{step}/"
            for step in (
                "interview",
                "ready",
                "event",
                "date",
                "settle",
                "move",
                "recheck",
                "permit",
                "centre",
                "code",
            )
        },
        "municipality": f"/proposals/household/{one.pk}/",
    }
    assert {step for step, address in links.items() if f'href="{address}"' in page} == offered
