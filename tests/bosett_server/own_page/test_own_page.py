"""The household's own page: what it says, what can be said back, and what the offices answer."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.codes import new_code
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.roles import Role
from bosett_server.actions.own_page import (
    answer_correction,
    answer_reassessment,
    ask_correction,
    ask_reassessment,
    comment,
    print_code,
)
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    Household,
    HouseholdRequest,
    Interview,
    Notice,
)
from bosett_server.web.own_page.texts import ORDER, all_texts, texts
from tests.bosett_server.cast import DAY, HERE, NOW, YEAR, World, household, vedtak, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    made = world()
    vedtak(HERE, 20)
    made.extra["row"] = household(made)
    made.actors["own"] = Actor(Role.HOUSEHOLD, household_id=str(made.extra["row"].pk))
    with acting(SYSTEM):
        Interview.objects.filter(household=made.extra["row"]).update(comment_due_on=DAY)
    return made


def come_in(stage: World, row: Household | None = None) -> Client:
    """The page of a household, through the code as it is printed."""
    code, client = new_code(), Client()
    print_code(stage["centre"], household=(row or stage.extra["row"]).pk, code=code)
    assert client.post("/code/", {"code": code, "birth_date": "1990-01-01"}).status_code == 302
    return client


def assign(stage: World, state: str, reasons: list[str], **told) -> None:
    with acting(SYSTEM):
        made = Assignment.objects.create(
            household=stage.extra["row"], municipality_id=HERE, year=YEAR, group="all", persons=2, track="asylum",
            decided_by=stage.users["imdi_caseworker"], decided_at=NOW, answer_due_on=date(2026, 3, 23),
            reasons=[{"code": code, "facts": {}} for code in reasons], **told,
        )  # fmt: skip
        if state != "offered":
            Assignment.objects.filter(pk=made.pk).update(state=state, answered_at=NOW)


def words(client: Client, language: str = "nb") -> str:
    client.post("/my/language/", {"language": language, "next": "/my/"})
    return client.get("/my/").content.decode()


def test_every_language_says_every_sentence_and_the_machines_drafts_are_marked():
    assert set(all_texts()) == set(ORDER) == {"nb", "nn", "en", "uk", "ar", "ti", "sw", "prs"}
    assert {code for code, told in all_texts().items() if not told.approved} == {
        "uk",
        "ar",
        "ti",
        "sw",
        "prs",
    }
    assert all(told.words["draft"] for told in all_texts().values() if not told.approved)
    assert (texts("fa").code, texts("so").code) == ("prs", "en")


@pytest.mark.parametrize("code", ORDER)
def test_the_page_stands_in_each_language_in_its_direction_and_marks_a_draft(stage, code):
    shown = words(come_in(stage), code)
    told = texts(code)
    assert f'<html lang="{code}" dir="{"rtl" if code in {"ar", "prs"} else "ltr"}"' in shown
    assert told.words["appeal_text"] in shown.replace("&#x27;", "'")
    assert (
        (told.words["draft"] in shown.replace("&#x27;", "'"))
        if not told.approved
        else "own-draft" not in shown
    )
    assert "style=" not in shown


def test_the_first_language_is_the_households_own(stage):
    shown = come_in(stage).get("/my/").content.decode()
    assert '<html lang="uk"' in shown


def test_it_says_plainly_what_applies(stage):
    shown = words(come_in(stage))
    for told in (
        "ikke et enkeltvedtak",
        "mister plassen på mottaket",
        "introduksjonsprogrammet",
        "Sivilombudet",
    ):
        assert told in shown


def test_the_municipality_is_named_only_when_it_has_said_yes(stage):
    assign(stage, "offered", ["wish"])
    asked = words(come_in(stage))
    assert "Drammen" not in re.sub(r"<dl.*?</dl>|<footer.*", "", asked, flags=re.S)
    assert "Den må svare innen 23.03.2026" in asked


def test_why_here_is_told_in_sentences_without_points_or_other_places(stage):
    assign(stage, "accepted", ["wish", "tie_network", "rank", "blocked", "no_such_code"])
    shown = words(come_in(stage))
    why = re.findall(r"<li>([^<]+)</li>", shown.split("Hvorfor her?")[1].split("</ul>")[0])
    assert why == [
        "Et menneske i IMDi valgte denne kommunen etter å ha lest saken deres.",
        "Dere har sagt at dere vil bo her.",
        "Dere kjenner folk her.",
    ]
    assert "En saksbehandler i IMDi" in shown
    assert "imdi_caseworker" not in shown


def test_reading_the_page_is_logged(stage):
    come_in(stage).get("/my/")
    with acting(stage["auditor"]):
        (event,) = AuditEvent.objects.filter(verb="own_page")
    assert (event.role, event.object_id, event.outcome) == ("household", str(stage.extra["row"].pk), "read")


def test_staff_and_strangers_have_no_such_page(stage, client):
    assert client.get("/my/").headers["Location"] == "/code/"
    client.force_login(stage.users["imdi_lead"])
    assert client.get("/my/").status_code == 403


def test_the_households_session_opens_no_other_page(stage):
    client = come_in(stage)
    for path in (
        "/households/",
        "/users/",
        "/audit/",
        "/inbox/",
        f"/households/{stage.extra['row'].pk}/code/",
    ):
        assert client.get(path).status_code == 403, path


def test_a_comment_within_the_time_stands_on_the_interview_and_reaches_the_centre(stage):
    client = come_in(stage)
    assert client.post("/my/comment/", {"text": "Vi vil bo nær sykehus."}).status_code == 302
    with acting(stage["centre"]):
        assert Interview.objects.get(household=stage.extra["row"]).comment == "Vi vil bo nær sykehus."
        (notice,) = Notice.objects.filter(code="household_commented")
    assert notice.facts == {"reference": stage.extra["row"].reference}
    assert "Vi vil bo nær sykehus." in words(client)
    with acting(stage["auditor"]):
        assert "sykehus" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


def test_a_comment_is_refused_when_empty_late_or_before_any_talk(stage, settings):
    own = stage["own"]
    with pytest.raises(Refused, match="comment_empty"):
        comment(own, text="  ")
    settings.BOSETT_TODAY = DAY + timedelta(1)
    with pytest.raises(Refused, match="comment_time_over"):
        comment(own, text="x")
    unheard = household(stage, interview=False)
    with pytest.raises(Refused, match="nothing_to_comment"):
        comment(Actor(Role.HOUSEHOLD, household_id=str(unheard.pk)), text="x")
    with pytest.raises(NotPermitted):
        comment(stage["imdi_lead"], text="x")


def test_a_correction_goes_to_the_centre_and_the_answer_comes_back_on_the_page(stage, client):
    visitor = come_in(stage)
    visitor.post("/my/correction/", {"subject": "name", "text": "Navnet er feil."})
    with acting(stage["centre"]):
        assert Notice.objects.filter(code="household_asked_correction").count() == 1
        request = HouseholdRequest.objects.get().pk
    client.force_login(stage.users["centre"])
    assert "Navnet er feil" in client.get(f"/household-requests/{request}/").content.decode()
    answer = {"answer_code": "corrected", "answer": "Vi har rettet navnet."}
    assert client.post(f"/household-requests/{request}/", answer | {"answer": " "}).status_code == 422
    assert client.post(f"/household-requests/{request}/", answer).status_code == 302
    assert "Vi har rettet navnet." in words(visitor)
    with pytest.raises(Refused, match="answered_already"):
        answer_correction(stage["centre"], request=request, **answer)


def test_a_new_assessment_is_asked_once_at_a_time_and_answered_by_imdi(stage):
    first = ask_reassessment(stage["own"], text="Søsteren min bor i Arendal.")
    with pytest.raises(Refused, match="reassessment_asked_already"):
        ask_reassessment(stage["own"], text="Igjen")
    with acting(stage["imdi_caseworker"]):
        assert Notice.objects.filter(code="household_asked_reassessment").count() == 1
    with pytest.raises(NotPermitted):
        answer_reassessment(stage["centre"], request=first, answer_code="upheld", answer="x")
    with pytest.raises(Refused, match="no_such_answer"):
        answer_reassessment(stage["imdi_caseworker"], request=first, answer_code="corrected", answer="x")
    answer_reassessment(
        stage["imdi_caseworker"], request=first, answer_code="upheld", answer="Vi har lest det."
    )
    ask_reassessment(stage["own"], text="Noe nytt er hendt.")


def test_a_request_is_refused_by_name_and_nothing_is_stored(stage):
    with pytest.raises(Refused, match="no_such_subject"):
        ask_correction(stage["own"], subject="hair", text="x")
    with pytest.raises(Refused, match="comment_empty"):
        ask_correction(stage["own"], subject="name", text="")
    with pytest.raises(NotInSight):
        answer_correction(stage["centre"], request=10**9, answer_code="corrected", answer="x")
    with acting(SYSTEM):
        assert not HouseholdRequest.objects.exists()


def test_another_centres_household_cannot_be_answered(stage):
    request = ask_correction(stage["own"], subject="name", text="x")
    with acting(SYSTEM):
        Household.objects.filter(pk=stage.extra["row"].pk).update(centre=None)
    with pytest.raises(NotInSight):
        answer_correction(stage["centre"], request=request, answer_code="corrected", answer="x")


def test_a_form_sent_twice_is_served_once(stage):
    client = come_in(stage)
    for _ in range(2):
        client.post("/my/correction/", {"subject": "name", "text": "Feil", "request_key": "k-1"})
    with acting(SYSTEM):
        assert HouseholdRequest.objects.count() == 1


def test_the_sheet_shows_the_code_once_in_the_households_language_and_norwegian(stage, client):
    client.force_login(stage.users["centre"])
    path = f"/households/{stage.extra['row'].pk}/code/"
    before = client.get(path).content.decode()
    sheet = client.post(path, {"for_role": "household"})
    shown = sheet.content.decode()
    code = re.findall(r"own-sheet__code\">([0-9A-Z-]{23})<", shown)[0]
    assert '<html lang="uk"' in shown
    assert "Veien til siden din" in shown
    assert "30.03.2026" in shown
    assert "no-store" in sheet.headers["Cache-Control"]
    assert code not in before + client.get(path).content.decode()
    visitor = Client()
    assert visitor.post("/code/", {"code": code.lower(), "birth_date": "1990-01-01"}).status_code == 302


def test_what_is_written_comes_back_as_text_and_never_as_markup(stage):
    client = come_in(stage)
    client.post("/my/correction/", {"subject": "other", "text": "<script>alert(1)</script>"})
    assert "<script>alert" not in words(client)


def test_what_a_household_asks_has_a_day_to_be_answered_by_that_both_sides_see(stage, client):
    visitor = come_in(stage)
    visitor.post("/my/reassessment/", {"text": "Jeg har fått jobb i Arendal."})
    with acting(stage["imdi_caseworker"]):
        request = HouseholdRequest.objects.get()
        (notice,) = Notice.objects.filter(code="household_asked_reassessment")
    # Three weeks for a new assessment, two for a correction: parameters/placement/request_days_*.yaml.
    assert request.answer_due_on == notice.due_on == DAY + timedelta(21)
    day = f"{DAY + timedelta(21):%d.%m.%Y}"
    assert day in words(visitor)
    client.force_login(stage.users["imdi_caseworker"])
    assert day in client.get("/household-requests/").content.decode()
    visitor.post("/my/correction/", {"subject": "name", "text": "Feil."})
    with acting(stage["imdi_caseworker"]):
        assert HouseholdRequest.objects.get(kind="correction").answer_due_on == DAY + timedelta(14)
