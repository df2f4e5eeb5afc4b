"""The pages: who may open them, what they show and hide, and that their forms do what they say."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett_server.access.context import acting
from bosett_server.actions.placement_answers import ask_about_assignment
from bosett_server.actions.placement_work import run_placement
from bosett_server.actions.self_settlement import register_self_settlement
from bosett_server.records.models import AuditEvent, Enquiry, Proposal
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import assignment, home_now, interview_of, offer, quota

IMDI, MUNICIPALITY = "imdi_caseworker", "municipality_coordinator"


def client(stage, role: str) -> Client:
    found = Client()
    found.force_login(stage.users[role])
    found.cookies["language"] = "en"
    return found


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def pages(stage):
    """One of everything that a page can show."""
    home = household(stage, needs=["school_primary"])
    run_placement(stage[IMDI], year=YEAR)
    with acting(stage[IMDI]):
        number = Proposal.objects.get(household=home).pk
    offered = offer(stage)
    ask_about_assignment(stage[MUNICIPALITY], assignment=offered.pk, question="home_needs", text="Stairs?")
    found = household(stage)
    request = register_self_settlement(
        stage[IMDI], household=str(found.pk), municipality=HERE, lease_from=DAY.replace(month=6)
    )
    return {
        "imdi": [
            "/proposals/", "/proposals/?show=all", "/proposals/places/", "/proposals/preview/?show=easy",
            f"/proposals/{number}/", f"/proposals/household/{home.pk}/",
            f"/proposals/household/{home.pk}/?municipality={THERE}", "/proposals/out/", "/proposals/out/?show=ended",
            f"/proposals/out/{offered.pk}/", f"/self-settlement/new/{home.pk}/",
        ],
        "municipality": ["/cards/", "/cards/?show=ended", f"/cards/{offered.pk}/"],
        "both": ["/self-settlement/", f"/self-settlement/{request}/", f"/municipalities/{HERE}/places/"],
    }  # fmt: skip


def test_imdi_opens_its_pages_and_a_municipality_does_not(stage, pages):
    for address in pages["imdi"]:
        assert client(stage, IMDI).get(address).status_code == 200, address
        assert client(stage, MUNICIPALITY).get(address).status_code == 403, address


def test_a_municipality_opens_its_cards_and_imdi_does_not(stage, pages):
    for address in pages["municipality"]:
        assert client(stage, MUNICIPALITY).get(address).status_code == 200, address
        assert client(stage, IMDI).get(address).status_code == 403, address


def test_pages_that_both_open(stage, pages):
    for address in pages["both"]:
        for role in (IMDI, MUNICIPALITY):
            assert client(stage, role).get(address).status_code == 200, address


def test_roles_without_persons_open_nothing_of_this(stage, pages):
    for role in ("ks", "ministry", "county", "auditor", "udi_reception", "centre"):
        for address in [*pages["imdi"], *pages["municipality"]]:
            assert client(stage, role).get(address).status_code == 403, (role, address)


def test_another_municipalitys_card_is_not_found_and_the_try_is_logged(stage, pages):
    stranger = client(stage, "stranger")
    assert stranger.get(pages["municipality"][-1]).status_code == 404
    assert stranger.get(pages["both"][1]).status_code == 404
    with acting(stage["auditor"]):
        assert AuditEvent.objects.filter(outcome="refused", facts__code="not_in_sight").count() == 2


def test_no_page_of_cards_tells_who_the_household_is(stage, pages):
    for address in pages["municipality"]:
        shown = text(client(stage, MUNICIPALITY).get(address))
        assert [word for word in ("Testperson", "Blid", "SYN-", "UKR", "1990") if word in shown] == []


def test_reading_a_page_of_persons_is_logged_with_their_ids(stage, pages):
    client(stage, IMDI).get("/proposals/?show=all")
    with acting(stage[IMDI]):
        shown = {
            str(pk) for pk in Proposal.objects.filter(state="open").values_list("household_id", flat=True)
        }
    with acting(stage["auditor"]):
        event = AuditEvent.objects.filter(verb="proposals", outcome="read").latest("id")
    assert set(event.facts["ids"]) == shown
    assert len(shown) == 1
    assert event.user_id == stage.users[IMDI].pk


def test_a_list_asks_the_database_as_often_for_many_as_for_one(stage):
    household(stage)
    run_placement(stage[IMDI], year=YEAR)
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client(stage, IMDI).get("/proposals/?show=all").status_code == 200
        asked.append(len(queries))
        vedtak(HERE, 100)
        for _ in range(8):
            household(stage)
        run_placement(stage[IMDI], year=YEAR)
    assert asked[0] == asked[1]


def test_the_easy_ones_go_from_desk_through_preview_to_offers(stage):
    homes = [household(stage) for _ in range(2)]
    browser = client(stage, IMDI)
    assert browser.post(f"/proposals/run/?year={YEAR}", {"request_key": "a"}).status_code == 302
    shown = text(browser.get("/proposals/"))
    assert "2 households can be accepted as they are" in shown
    assert "Offer 2 households to their municipalities" in text(browser.get("/proposals/preview/?show=easy"))
    with acting(stage[IMDI]):
        numbers = list(Proposal.objects.filter(state="open").values_list("pk", flat=True))
    told = {"proposal": numbers, "request_key": "b"}
    assert browser.post("/proposals/decide/", told).status_code == 302
    assert browser.post("/proposals/decide/", told).status_code == 302  # sent twice, done once
    assert [home_now(home).stage for home in homes] == ["proposed", "proposed"]


def test_a_bulk_that_cannot_go_says_why_and_stores_nothing(stage):
    home = household(stage)
    run_placement(stage[IMDI], year=YEAR)
    interview_of(home, health_consent=None)
    with acting(stage[IMDI]):
        number = Proposal.objects.get(household=home).pk
    response = client(stage, IMDI).post("/proposals/decide/", {"proposal": [number], "request_key": "c"})
    assert response.status_code == 409
    assert "has not been heard on everything" in text(response)
    assert home_now(home).stage == "ready"


def test_an_override_shows_its_cost_first_and_asks_for_a_reason(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    browser = client(stage, IMDI)
    run_placement(stage[IMDI], year=YEAR)
    address = f"/proposals/household/{home.pk}/?year={YEAR}"
    assert "Points lost for all together" in text(browser.get(f"{address}&municipality={THERE}"))
    response = browser.post(address, {"municipality": THERE, "reason": "", "request_key": "d"})
    assert response.status_code == 409
    assert "Write why" in text(response)
    response = browser.post(address, {"municipality": THERE, "reason": "Family moved", "request_key": "e"})
    assert (response.status_code, home_now(home).offered_municipality_id) == (302, THERE)


def test_a_card_is_accepted_once_and_the_second_answer_is_told(stage):
    one = offer(stage)
    browser = client(stage, MUNICIPALITY)
    told = {"version": 1, "request_key": "f"}
    assert browser.post(f"/cards/{one.pk}/accept/", told).status_code == 302
    response = browser.post(f"/cards/{one.pk}/decline/", {"version": 1, "reason": "other", "note": "x",
                                                          "request_key": "g"})  # fmt: skip
    assert response.status_code == 409
    assert "already answered" in text(response)
    assert assignment(one.pk).state == "accepted"


def test_a_decline_without_a_reason_stands_beside_its_field(stage):
    one = offer(stage)
    response = client(stage, MUNICIPALITY).post(
        f"/cards/{one.pk}/decline/", {"version": 1, "request_key": "h"}
    )
    assert response.status_code == 422
    assert "data-error-summary" in text(response)
    assert assignment(one.pk).state == "offered"


def test_question_and_answer_by_the_forms(stage):
    one = offer(stage)
    asked = client(stage, MUNICIPALITY).post(
        f"/cards/{one.pk}/ask/", {"question": "arrival_date", "text": "", "request_key": "i"}
    )
    assert asked.status_code == 302
    with acting(stage[IMDI]):
        number = Enquiry.objects.get().pk
    browser = client(stage, IMDI)
    assert "1" in text(browser.get("/proposals/out/?show=questions"))
    answered = browser.post(
        f"/proposals/out/{one.pk}/answer/{number}/", {"text": "In May.", "request_key": "j"}
    )
    assert answered.status_code == 302
    assert "In May." in text(client(stage, MUNICIPALITY).get(f"/cards/{one.pk}/"))


def test_withdraw_by_the_form(stage):
    one = offer(stage)
    browser = client(stage, IMDI)
    told = {"version": 1, "reason": "wrong_facts", "request_key": "k"}
    assert browser.post(f"/proposals/out/{one.pk}/withdraw/", told | {"version": 9}).status_code == 409
    assert browser.post(f"/proposals/out/{one.pk}/withdraw/", told).status_code == 302
    assert assignment(one.pk).state == "withdrawn"


def test_places_are_opened_and_closed_by_the_forms(stage):
    browser = client(stage, MUNICIPALITY)
    address = f"/municipalities/{HERE}/places/"
    bad = browser.post(address, {"number": "0", "group": "all", "reason": "home_free", "request_key": "l"})
    assert bad.status_code == 422
    good = browser.post(address, {"number": "4", "group": "all", "reason": "home_free", "request_key": "m"})
    assert (good.status_code, quota().opened) == (302, 4)
    with acting(stage[MUNICIPALITY]):
        from bosett_server.records.models import OpenedPlace

        number = OpenedPlace.objects.get().pk
    assert "Close 4 places" in text(browser.get(address))
    assert browser.post(f"{address}{number}/withdraw/", {"request_key": "n"}).status_code == 302
    assert quota().opened == 0
    assert (
        client(stage, "stranger")
        .post(address, {"number": "4", "group": "all", "reason": "home_free"})
        .status_code
        == 404
    )


def test_over_by_is_shown_to_imdi_and_to_the_municipality(stage):
    offer(stage, persons=5)
    vedtak(HERE, 2)
    assert "Over by 3" in text(client(stage, IMDI).get("/proposals/places/"))
    assert "Over by 3" in text(client(stage, MUNICIPALITY).get(f"/municipalities/{HERE}/places/"))


def test_self_settlement_by_the_forms(stage):
    home = household(stage)
    browser, here = client(stage, IMDI), client(stage, MUNICIPALITY)
    told = {"municipality": HERE, "lease_from": "2026-06-01", "request_key": "o"}
    made = browser.post(f"/self-settlement/new/{home.pk}/", told)
    assert made.status_code == 302
    address = made.headers["Location"]
    assert here.post(f"{address}answer/", {"answer": "no", "request_key": "p"}).status_code == 422
    assert here.post(f"{address}answer/", {"answer": "yes", "request_key": "q"}).status_code == 302
    assert browser.post(f"{address}decide/", {"request_key": "r"}).status_code == 302
    assert home_now(home).stage == "assigned"


def test_a_cursor_that_is_nonsense_shows_an_empty_page_and_not_a_fault(stage, pages):
    assert client(stage, IMDI).get("/proposals/?after=2026-99-99:1").status_code == 200
    assert client(stage, IMDI).get("/proposals/out/?after=x:1").status_code == 200
