"""The pages of the steps: each form works, says what is wrong, and is not for others."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.settlements import settle
from bosett_server.records.models import AuditEvent, Household, Interview, Person
from tests.bosett_server.cast import HERE, THERE, household
from tests.bosett_server.life.scenes import (
    assign,
    assigned,
    life,
    now,
    people,
    set_home,
    set_persons,
    the_assignment,
)

OK, FOUND = HTTPStatus.OK, HTTPStatus.FOUND
CAME = date(2026, 3, 12)


@pytest.fixture
def enter(stage, client):
    def as_role(role: str):
        client.force_login(stage.users[role])
        return client

    return as_role


def new(stage, **fields) -> Household:
    return household(stage, stage="in_reception", interview=False, **fields)


def at(home: Household, step: str) -> str:
    return f"/households/{home.pk}/{step}/"


def test_the_interview_goes_part_by_part_and_can_be_left_and_resumed(stage, enter):
    home, client = new(stage), enter("centre")
    overview = client.get(at(home, "interview"))
    assert [line.code for line in overview.context["lines"]] == [
        "conversation",
        "wishes",
        "ties",
        "consent",
        "comment",
    ]
    parts = {
        "conversation": {"held_on": "2026-03-12", "interpreter": "used", "interpreter_language": "uk"},
        "wishes": {"wish_1": HERE, "wish_2": "", "wish_3": THERE},
        "ties": {"kind_1": "work", "place_1": HERE},
        "consent": {"consent": "yes"},
    }
    follows = ["wishes", "ties", "consent", "comment"]
    for (part, facts), following in zip(parts.items(), follows, strict=True):
        posted = client.post(at(home, f"interview/{part}"), facts)
        assert (posted.status_code, posted.url) == (FOUND, at(home, f"interview/{following}")), part
    refused = client.post(at(home, "interview/hold"))
    assert refused.status_code == HTTPStatus.CONFLICT
    assert [line.done for line in refused.context["lines"]] == [True, True, True, True, False]
    later = client.post(
        at(home, "interview/comment"),
        {"comment_invited_on": "2026-03-12", "comment_due_on": "2026-03-16", "then": "later"},
    )
    assert later.url == at(home, "interview")
    assert client.post(at(home, "interview/hold")).url == f"/households/{home.pk}/"
    with acting(SYSTEM):
        held = Interview.objects.get(household=home)
    assert (held.wishes, held.ties) == ([HERE, THERE], [{"kind": "work", "municipality": HERE}])
    assert (held.health_consent, held.missing, now(home).stage) == (True, {}, "interviewed")


def test_a_part_left_out_needs_its_coded_reason_and_then_counts(stage, enter):
    home, client = new(stage), enter("centre")
    client.post(at(home, "interview/consent"), {"consent": "", "without": "household_declined"})
    lines = {line.code: line for line in client.get(at(home, "interview")).context["lines"]}
    assert lines["consent"].done
    assert lines["consent"].left_out
    client.post(at(home, "interview/consent"), {"consent": "no", "without": ""})
    with acting(SYSTEM):
        assert Interview.objects.get(household=home).missing == {}


def test_to_go_on_a_part_wants_an_answer_or_a_reason_and_to_come_back_later_neither(stage, enter):
    home, client = new(stage), enter("centre")
    empty = client.post(at(home, "interview/consent"), {"consent": "", "without": ""})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="id_consent_error"' in empty.content.decode()
    later = client.post(at(home, "interview/consent"), {"consent": "", "without": "", "then": "later"})
    assert later.url == at(home, "interview")


def test_a_wrong_answer_is_said_at_its_field_and_in_the_summary(stage, enter):
    home, client = new(stage), enter("centre")
    short = client.post(
        at(home, "interview/comment"), {"comment_invited_on": "2026-03-15", "comment_due_on": "2026-03-16"}
    )
    told = short.content.decode()
    assert short.status_code == HTTPStatus.CONFLICT
    assert 'id="id_comment_due_on_error"' in told
    assert 'href="#id_comment_due_on"' in told
    half = client.post(at(home, "interview/ties"), {"kind_1": "work"})
    assert half.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="id_place_1_error"' in half.content.decode()


def test_the_part_about_children_is_there_only_with_children(stage, enter):
    home, client = new(stage), enter("centre")
    assert client.get(at(home, "interview/child")).status_code == HTTPStatus.NOT_FOUND
    set_persons(home, birth_date=date(2012, 1, 1))
    assert client.get(at(home, "interview/child")).status_code == OK


def test_the_sheet_shows_what_was_said_and_its_reading_is_logged(stage, enter):
    home = household(stage)
    told = enter("centre").get(at(home, "interview/sheet")).content.decode()
    assert "Drammen" in told
    with acting(stage["auditor"]):
        assert (
            AuditEvent.objects.filter(verb="interview_sheet", object_id=str(home.pk), outcome="read").count()
            == 1
        )


def test_consent_is_withdrawn_by_one_button(stage, enter):
    home, client = household(stage), enter("centre")
    assert "withdraw-consent" in client.get(at(home, "interview")).content.decode()
    assert client.post(at(home, "interview/withdraw-consent")).status_code == FOUND
    assert "withdraw-consent" not in client.get(at(home, "interview")).content.decode()


def test_needs_that_follow_from_ages_are_ticked_already(stage, enter):
    home = household(stage, stage="interviewed", persons=5)
    page = enter("imdi_caseworker").get(at(home, "ready"))
    assert page.context["form"].initial["needs"] == ["large_home"]
    posted = enter("imdi_caseworker").post(
        at(home, "ready"), {"needs": ["large_home", "ground_floor"], "ready_on": "2026-03-16"}
    )
    assert posted.status_code == FOUND
    assert (now(home).stage, now(home).needs) == ("ready", ["ground_floor", "large_home"])
    enter("imdi_caseworker").post(at(home, "ready"), {"needs": ["large_home"]})
    assert now(home).needs == ["large_home"]


def test_a_household_that_was_not_heard_is_not_made_ready(stage, enter):
    home = new(stage)
    refused = enter("imdi_caseworker").post(at(home, "ready"), {"ready_on": "2026-03-16"})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert now(home).stage == "in_reception"


def test_a_resettlement_refugee_is_recorded_as_interviewed_abroad_first(stage, enter):
    home, client = new(stage, track="resettlement"), enter("imdi_caseworker")
    assert client.post(at(home, "ready"), {"on": "2026-01-05"}).url == at(home, "ready")
    assert client.post(at(home, "ready"), {"ready_on": "2026-03-16"}).status_code == FOUND
    assert now(home).stage == "ready"


def test_a_date_with_an_exception_needs_both_day_and_reason(stage, enter):
    home, client = assigned(stage, dated=False), enter("municipality_coordinator")
    one = people(home)[0].pk
    facts = {"day": "2026-05-04", "version": str(home.version), f"reason_{one}": "in_hospital"}
    half = client.post(at(home, "date"), facts)
    assert half.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="id_day_{one}_error"' in half.content.decode()
    assert client.post(at(home, "date"), facts | {f"day_{one}": "2026-06-01"}).status_code == FOUND
    assert now(home).planned_settlement_on == date(2026, 5, 4)
    stale = client.post(at(home, "date"), {"day": "2026-05-05", "version": str(home.version)})
    assert stale.status_code == HTTPStatus.CONFLICT


def test_who_has_arrived_is_ticked_and_recorded_once(stage, enter):
    home, client = assigned(stage), enter("municipality_coordinator")
    ids = [str(p.pk) for p in people(home)]
    assert client.get(at(home, "settle")).context["form"].initial["persons"] == ids
    assert client.post(at(home, "settle"), {"persons": ids, "on": "2026-03-12"}).status_code == FOUND
    assert now(home).stage == "settled"
    again = client.post(at(home, "settle"), {"persons": ids, "on": "2026-03-12"})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, "nobody is left to tick"


def test_without_a_date_the_page_of_settlement_leads_to_the_date(stage, enter):
    home = assigned(stage, dated=False)
    assert enter("municipality_coordinator").get(at(home, "settle")).url == at(home, "date")


def test_a_move_hands_the_file_over_and_the_page_leads_to_the_list(stage, enter):
    home = assigned(stage)
    coordinator = stage["municipality_coordinator"]
    settle(coordinator, household=str(home.pk), persons={str(p.pk): CAME for p in people(home)})
    client = enter("municipality_coordinator")
    facts = {"persons": [str(p.pk) for p in people(home)], "to": THERE, "registered_on": "2026-03-14"}
    assert client.get(at(home, "move")).status_code == OK
    assert client.post(at(home, "move"), facts).url == "/households/"
    assert client.get(at(home, "move")).status_code == HTTPStatus.NOT_FOUND


def test_each_event_has_a_short_form_of_its_own(stage, enter):
    home, other = household(stage, persons=4), household(stage)
    client = enter("imdi_caseworker")
    oldest, second, third, fourth = (str(p.pk) for p in people(home))
    assert client.get(at(home, "event")).status_code == OK
    day = {"on": "2026-03-10"}
    birth = {"given_name": "Ny", "family_name": "Testperson", "born_on": "2026-03-10", "sex": "male"}
    for kind, facts in (
        ("birth", birth),
        ("death", day | {"person": oldest}),
        ("split", day | {"persons": [second]}),
        ("permit", day | {"persons": [third]}),
        ("left", day | {"persons": [fourth], "reason": "left_norway"}),
        ("merge", day | {"other": other.reference.lower()}),
    ):
        assert client.get(at(home, f"event/{kind}")).status_code == OK, kind
        assert client.post(at(home, f"event/{kind}"), facts).status_code == FOUND, kind
    assert [one.kind for one in life(home)] == ["birth", "death", "split", "permit_lost", "left", "merge"]
    with acting(SYSTEM):
        assert Person.objects.filter(household=home, left_on__isnull=True).count() == 4
    assert client.get(at(home, "event/flood")).status_code == HTTPStatus.NOT_FOUND
    unknown = client.post(at(home, "event/merge"), day | {"other": "SYN-0"})
    assert 'id="id_other_error"' in unknown.content.decode()


def test_what_is_flagged_is_looked_at_again_on_a_page(stage, enter):
    home = household(stage, recheck=["birth"])
    assert enter("imdi_caseworker").post(at(home, "recheck"), {"codes": ["birth"]}).status_code == FOUND
    assert now(home).recheck == []


def test_after_a_household_has_left_the_centre_is_led_to_its_list(stage, enter):
    home = household(stage)
    assign(stage, home)
    facts = {"on": "2026-03-10", "persons": [str(p.pk) for p in people(home)], "reason": "withdrew"}
    assert enter("centre").post(at(home, "event/left"), facts).url == "/households/"
    assert the_assignment(home).state == "withdrawn"


def test_udi_records_a_permit_and_a_move_within_reception(stage, enter):
    home, client = new(stage), enter("udi_reception")
    set_home(home, permit_on=None)
    assert client.get(at(home, "permit")).status_code == OK
    assert client.post(at(home, "permit"), {"on": "2026-03-12"}).status_code == FOUND
    assert now(home).permit_on == CAME
    assert client.get(at(home, "centre")).status_code == OK
    same = client.post(at(home, "centre"), {"on": "2026-03-12", "centre_id": str(stage.centre.pk)})
    assert 'id="id_centre_id_error"' in same.content.decode()


STEPS = {
    "interview": {"centre", "bufetat"},
    "ready": {"imdi_caseworker", "imdi_lead", "bufetat"},
    "date": {"municipality_coordinator"},
    "settle": {"municipality_coordinator"},
    "move": {"municipality_coordinator", "imdi_caseworker", "imdi_lead"},
    "event": {"imdi_caseworker", "imdi_lead", "udi_reception", "centre", "municipality_coordinator"},
    "permit": {"udi_reception"},
    "centre": {"udi_reception"},
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_forbidden_to_other_roles_and_a_hidden_household_is_not_there(stage, enter, step):
    home = household(stage)
    for role in stage.users:
        answer = enter(role).get(at(home, step)).status_code
        if role == "stranger" or role not in STEPS[step]:
            may = role == "stranger" and "municipality_coordinator" in STEPS[step]
            assert answer == (HTTPStatus.NOT_FOUND if may else HTTPStatus.FORBIDDEN), role
        else:
            assert answer in {OK, HTTPStatus.NOT_FOUND}, role


def test_a_list_is_held_against_the_register_and_nothing_of_it_is_stored(stage, enter):
    home, other = assigned(stage), assigned(stage)
    coordinator = stage["municipality_coordinator"]
    for one, duf in zip((*people(home), *people(other)), ("1", "2", "3", "4"), strict=True):
        with acting(SYSTEM):
            Person.objects.filter(pk=one.pk).update(duf_number=f"90000000000{duf}")
    for one in (home, other):
        settle(coordinator, household=str(one.pk), persons={str(p.pk): CAME for p in people(one)})
    lines = [
        "duf_number,settled_on",
        "900000000001,2026-03-12",
        "900000000002,2026-03-11",
        "900000000003,2026-03-12",
        "900000000003,2026-03-12",
        "900000000009,2026-03-12",
    ]
    client = enter("municipality_coordinator")
    upload = SimpleUploadedFile("liste.csv", "\n".join(lines).encode())
    page = client.post("/households/reconcile/", {"file": upload, "year": "2026", "municipality": HERE})
    found = [(one.person_id[-1], one.difference.value) for one in page.context["found"].differences]
    assert found == [
        ("2", "dated_differently"),
        ("3", "doubled_in_list"),
        ("4", "missing_in_list"),
        ("9", "missing_in_register"),
    ]
    by_home = SimpleUploadedFile("h.csv", f"reference,settled_on\n{home.reference},2026-03-12\n".encode())
    page = client.post("/households/reconcile/", {"file": by_home, "year": "2026", "municipality": HERE})
    assert [one.person_id for one in page.context["found"].differences] == [other.reference]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("liste.csv", b"name,settled_on\nx,2026-03-12\n"),
        ("liste.csv", b"duf_number,settled_on\n900000000001,12.03.2026\n"),
        ("liste.csv", b"duf_number\n900000000001\n"),
        ("liste.pdf", b"%PDF"),
        ("liste.xlsx", b"not a workbook"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_its_place(stage, enter, name, content):
    facts = {"file": SimpleUploadedFile(name, content), "year": "2026", "municipality": HERE}
    answer = enter("municipality_coordinator").post("/households/reconcile/", facts)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="id_file_error"' in answer.content.decode()


def test_only_a_municipality_compares_and_only_its_own_list(stage, enter):
    for role in ("imdi_lead", "centre", "udi_reception", "municipality_decider"):
        assert enter(role).get("/households/reconcile/").status_code == HTTPStatus.FORBIDDEN
    facts = {
        "file": SimpleUploadedFile("l.csv", b"duf_number,settled_on\n"),
        "year": "2026",
        "municipality": THERE,
    }
    answer = enter("municipality_coordinator").post("/households/reconcile/", facts)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
