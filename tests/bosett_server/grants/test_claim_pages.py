"""What the pages and calls of claims show, ask and refuse, and to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.grants.claim import Claim
from bosett.grants.claim_sheet import SHEETS
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.grant_decisions import decide_claim
from bosett_server.records.models import GrantClaim, GrantLine, Household
from tests.bosett_server.cast import HERE, THERE
from tests.bosett_server.grants.claiming import grant_2, recorded, somebody, stored
from tests.bosett_server.grants.settled import events
from tests.bosett_server.grants.test_pages import call, get, text

BASE = Claim("new", "norwegian_base", 2024, HERE, persons=42)


def post(stage, role, address, **told):
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(stage.users[role])
    return client.post(address, {"request_key": "k", **told})


def test_a_coordinator_records_grant_2_with_the_conditions_beside_the_form(stage):
    person = somebody(stage)
    shown = text(get(stage, "municipality_coordinator", "/grants/claims/new/special_2/"))
    # 14 months after 10 March 2024, and the rule in words.
    for told in (
        "first deadline 10 May 2025",
        "First application within 14 months of settlement",
        "IMDi circular 05/2023",
    ):
        assert told in shown
    told = {"year": "2024", "person_id": str(person.pk), "grant_year": "1", "cost_nok": "1900000"}
    answer = post(stage, "municipality_coordinator", "/grants/claims/new/special_2/", **told)
    number = int(re.search(r"/grants/claims/(\d+)/", answer["Location"])[1])
    assert (stored(number).state, stored(number).cost_nok) == ("draft", 1_900_000)
    page = text(get(stage, "municipality_coordinator", f"/grants/claims/{number}/"))
    for said in ("NOK 1,608,000", "What the rules would give", "10 May 2025", "Apply now", "draft"):
        assert said in page


def test_saving_and_applying_at_once_is_one_step(stage):
    answer = post(stage, "municipality_coordinator", "/grants/claims/new/norwegian_base/", year="2024", persons="42",
                  apply="yes")  # fmt: skip
    number = int(re.search(r"/grants/claims/(\d+)/", answer["Location"])[1])
    assert stored(number).state == "applied"


@pytest.mark.parametrize(
    ("scheme", "told", "said"),
    [
        ("host_place", {"place_type": "ordinary", "places": ""}, "This field is required"),
        ("host_place", {"place_type": "ordinary", "places": "-1"}, "greater than or equal to 0"),
        (
            "mamot",
            {"persons": "2", "from_date": "2024-05-29", "to_date": "2024-05-01"},
            "The last day is before the first",
        ),
        ("amot", {"persons": "1", "from_date": "2023-05-29"}, "An advance is claimed in the year of arrival"),
    ],
)
def test_an_error_stands_beside_the_field_it_is_about(stage, scheme, told, said):
    answer = post(stage, "municipality_coordinator", f"/grants/claims/new/{scheme}/", year="2024", **told)
    assert answer.status_code == 422
    assert said in text(answer)
    with acting(SYSTEM):
        assert GrantClaim.objects.count() == 0


def test_a_second_claim_is_refused_on_the_page_with_what_to_do(stage):
    recorded(stage, BASE)
    answer = post(
        stage, "municipality_coordinator", "/grants/claims/new/norwegian_base/", year="2024", persons="5"
    )
    assert answer.status_code == 409
    assert "There is a claim for this already" in text(answer)


@pytest.mark.parametrize("scheme", SHEETS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_scheme_has_its_form_in_every_language(stage, scheme, language):
    client = Client()
    client.cookies["language"] = language
    client.force_login(stage.users["municipality_coordinator"])
    assert client.get(f"/grants/claims/new/{scheme}/").status_code == 200


def test_a_scheme_that_is_not_claimed_has_no_form(stage):
    assert get(stage, "municipality_coordinator", "/grants/claims/new/integration/").status_code == 404


def test_a_changed_claim_is_not_written_over_by_somebody_who_read_it_before(stage):
    number = recorded(stage, BASE, apply=False)
    address, told = f"/grants/claims/{number}/change/", {"year": "2024", "persons": "3", "version": "1"}
    assert post(stage, "municipality_coordinator", address, **told).status_code == 302
    assert (
        post(stage, "municipality_coordinator", address, **{**told, "request_key": "other"}).status_code
        == 409
    )
    assert stored(number).persons == 3


def test_imdi_decides_on_a_page_that_shows_what_the_rules_give(stage):
    number = recorded(stage, BASE)
    shown = text(get(stage, "imdi_caseworker", f"/grants/claims/{number}/decide/"))
    assert "NOK 694,600" in shown
    answer = post(stage, "imdi_caseworker", f"/grants/claims/{number}/decide/", answer="refused")
    assert (answer.status_code, "Choose the reason" in text(answer)) == (409, True)
    post(stage, "imdi_caseworker", f"/grants/claims/{number}/decide/", answer="granted", request_key="k2")
    assert stored(number).state == "granted"
    page = text(get(stage, "municipality_coordinator", f"/grants/claims/{number}/"))
    assert "The stored grant line" in page
    lines = text(get(stage, "municipality_coordinator", f"/grants/{HERE}/2024/"))
    assert "NOK 694,600" in lines


def test_who_recorded_a_claim_is_told_that_somebody_else_decides(stage):
    number = recorded(stage, BASE, by="imdi_caseworker")
    assert "somebody else must decide" in text(get(stage, "imdi_caseworker", f"/grants/claims/{number}/"))
    assert "Decide about the claim" in text(get(stage, "imdi_lead", f"/grants/claims/{number}/"))


def test_a_claim_that_gives_nothing_says_why(stage):
    number = recorded(stage, replace(BASE, persons=151))
    shown = text(get(stage, "imdi_lead", f"/grants/claims/{number}/"))
    assert "more than 150 persons in the base" in shown
    answer = post(stage, "imdi_lead", f"/grants/claims/{number}/decide/", answer="granted")
    assert (answer.status_code, "The rules give nothing" in text(answer)) == (409, True)


def test_a_deadline_is_extended_on_a_page(stage):
    number = recorded(stage, grant_2(somebody(stage)))
    told = {"asked_on": "2025-05-01", "until": "2026-06-01"}
    assert post(stage, "imdi_lead", f"/grants/claims/{number}/extend/", **told).status_code == 302
    assert stored(number).extended_to == date(2026, 6, 1)
    late = {"asked_on": "2026-06-02", "until": "2026-07-01", "request_key": "k2"}
    answer = post(stage, "imdi_lead", f"/grants/claims/{number}/extend/", **late)
    assert "An extension must be asked for by the deadline" in text(answer)


def test_another_municipalitys_claim_is_not_found(stage):
    number = recorded(stage, BASE)
    for address in (f"/grants/claims/{number}/", f"/grants/claims/{number}/change/"):
        assert get(stage, "stranger", address).status_code == 404
    assert "No claims here" in text(get(stage, "stranger", "/grants/claims/"))
    wrong = post(
        stage, "stranger", "/grants/claims/new/norwegian_base/", municipality=HERE, year="2024", persons="1"
    )
    assert wrong.status_code == 404
    assert {e.facts["code"] for e in events(stage, "grants-claim")} == {"not_in_sight"}


def test_a_protected_person_is_in_no_list_and_not_to_be_chosen(stage):
    person = somebody(stage)
    recorded(stage, grant_2(person))
    reference = person.household.reference
    assert reference in text(get(stage, "municipality_coordinator", "/grants/claims/"))
    with acting(SYSTEM):
        Household.objects.filter(pk=person.household_id).update(protection="fortrolig")
    for address in ("/grants/claims/", "/grants/claims/new/special_2/"):
        assert reference not in text(get(stage, "municipality_coordinator", address))


def test_the_list_costs_the_same_for_one_and_for_thirty(stage):
    recorded(stage, BASE)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert get(stage, "imdi_caseworker", "/grants/claims/").status_code == 200
        return len(asked)

    few = cost()
    for number in range(30):
        recorded(stage, Claim("new", "competence_mapping", 2000 + 30 + number, HERE, persons=number))
    assert cost() == few


def test_the_list_is_cut_by_state_and_scheme_in_the_address(stage):
    recorded(stage, BASE)
    recorded(stage, Claim("new", "competence_mapping", 2023, HERE, persons=4), apply=False)
    drafts = text(get(stage, "imdi_caseworker", "/grants/claims/?state=draft"))
    table = drafts.split("Claims, the newest first")[-1]
    assert "Mapping of competence in reception" in table
    assert "base per municipality" not in table


def test_claims_over_the_api(stage, monkeypatch):
    person = somebody(stage)
    body = {
        "scheme": "special_1", "year": 2024, "municipality": HERE, "person": str(person.pk), "grant_year": 1,
        "apply": True,
    }  # fmt: skip
    made = call(stage, monkeypatch, "municipality_coordinator", "post", "claims", body).json()["id"]
    one = call(stage, monkeypatch, "municipality_coordinator", "get", f"claims/{made}").json()
    # Applied on 16 March 2026 after the deadline of 10 May 2025.
    assert (one["state"], one["status"], one["why_nothing"]) == ("applied", "nothing", "applied_too_late")
    later = {"until": "2026-06-01", "asked_on": "2025-05-10"}
    call(stage, monkeypatch, "imdi_caseworker", "post", f"claims/{made}/extension", later)
    call(stage, monkeypatch, "imdi_caseworker", "post", f"claims/{made}/decision", {"granted": True})
    one = call(stage, monkeypatch, "municipality_coordinator", "get", f"claims/{made}").json()
    assert (one["state"], one["amount_nok"], one["line"] is not None) == ("granted", 196_400, True)
    (row,) = call(stage, monkeypatch, "imdi_caseworker", "get", "claims?state=granted").json()["items"]
    assert (row["id"], row["household"]) == (made, person.household.reference)
    assert call(stage, monkeypatch, "stranger", "get", f"claims/{made}").status_code == 404
    assert call(stage, monkeypatch, "ks", "get", "claims").status_code == 403
    gone = call(stage, monkeypatch, "municipality_coordinator", "post", f"claims/{made}/withdrawal")
    assert (gone.status_code, stored(made).state) == (200, "withdrawn")


def test_the_api_names_what_is_wrong_with_a_claim(stage, monkeypatch):
    told = {"scheme": "host_place", "year": 2024, "municipality": HERE, "place_type": "tent", "places": 3}
    wrong = call(stage, monkeypatch, "municipality_coordinator", "post", "claims", told)
    assert (wrong.status_code, "place_type" in wrong.content.decode()) == (422, True)
    unknown = call(stage, monkeypatch, "municipality_coordinator", "post", "claims", {**told, "scheme": "x"})
    assert unknown.status_code == 422
    draft = recorded(stage, BASE, apply=False)
    told = {"scheme": "norwegian_base", "year": 2024, "municipality": HERE, "persons": 3, "version": 7}
    stale = call(stage, monkeypatch, "municipality_coordinator", "put", f"claims/{draft}", told)
    assert stale.status_code == 409
    assert call(
        stage, monkeypatch, "municipality_coordinator", "put", f"claims/{draft}", {**told, "version": 1}
    ).json()
    applied = call(stage, monkeypatch, "municipality_coordinator", "post", f"claims/{draft}/application")
    assert (applied.status_code, stored(draft).persons) == (200, 3)


def lines_of(stage) -> list[int]:
    with acting(stage["municipality_coordinator"]):
        found = list(GrantLine.objects.filter(year=2016).values_list("pk", flat=True))
    assert found
    return found


def test_a_line_of_a_claim_explains_itself(stage):
    number = recorded(stage, Claim("new", "host_place", 2016, HERE, place_type="ordinary", places=150))
    decide_claim(stage["udi_reception"], claim=number, granted=True)
    shown = text(get(stage, "municipality_coordinator", f"/grants/{HERE}/2016/"))
    # 150 x 9 335, and the base that follows from the places.
    for told in ("150 times NOK 9,335 is NOK 1,400,250", "NOK 608,252", "the municipality"):
        assert told in shown
    other = get(stage, "stranger", f"/grants/{THERE}/2016/")
    assert "1,400,250" not in text(other)
    # Of a municipality, not of a person: nobody was settled, and there is no grant year.
    for line in lines_of(stage):
        opened = get(stage, "municipality_coordinator", f"/grants/lines/{line}/")
        assert (opened.status_code, "Grant year" in text(opened)) == (200, False)
