"""What the grant pages, files and calls show, and to whom."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett_server.access.actor import SYSTEM
from bosett_server.actions.grants import compute_grant_lines, compute_year
from bosett_server.web import middleware, table_file
from tests.bosett_server.cast import HERE, THERE
from tests.bosett_server.grants.settled import events, lines, moved, settled

DAY_2024 = date(2024, 1, 15)


@pytest.fixture
def person(stage):
    (found,) = settled(stage, DAY_2024, persons=1)
    compute_year(SYSTEM, year=2024)
    return found


def get(stage, role, address, **headers):
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(stage.users[role])
    return client.get(address, headers=headers)


def text(answer) -> str:
    """What a reader sees, blanks evened out."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()).replace("\u202f", " ")


def test_a_coordinator_sees_its_own_sums_and_no_others(stage, person):
    settled(stage, DAY_2024, persons=3, municipality=THERE)
    compute_year(SYSTEM, year=2024)
    shown = text(get(stage, "municipality_coordinator", "/grants/"))
    assert "NOK 241,100" in shown
    assert "583,200" not in shown  # three other adults of the neighbour
    assert "NOK 583,200" in text(get(stage, "stranger", "/grants/"))


def test_imdi_sees_every_municipality_and_what_is_missing(stage, person):
    settled(stage, date(2026, 2, 1), persons=1)
    compute_year(SYSTEM, year=2026)
    shown = text(get(stage, "imdi_caseworker", "/grants/?year=2026"))
    assert "the sum cannot be said: no line has a known rate" in shown
    assert "grants/integration/year1_single_adult" in shown
    assert "NOK 0" not in shown


def test_a_line_says_what_an_accountant_can_check(stage, person):
    (line,) = lines(person)
    shown = text(get(stage, "municipality_coordinator", f"/grants/lines/{line.pk}/"))
    assert "so 2024 is grant year 1." in shown
    for told in ("NOK 241,100", "Integration grant, year 1, single adult", "Samarbeidsdesken", "calculated"):
        assert told in shown


def test_after_a_move_the_first_municipality_keeps_its_line_but_not_the_person(stage, person):
    moved(stage, person, date(2024, 3, 15), away=HERE, to=THERE)
    compute_grant_lines(SYSTEM, persons=[str(person.pk)], year=2024)
    first = text(get(stage, "municipality_coordinator", f"/grants/{HERE}/2024/"))
    assert "NOK 80,367" in first
    assert "has moved on" in first
    assert "NOK 160,733" not in first
    assert "NOK 160,733" in text(get(stage, "stranger", f"/grants/{THERE}/2024/"))


def test_another_municipalitys_lines_are_not_found_and_the_try_is_logged(stage, person):
    (line,) = lines(person)
    for address in (f"/grants/{HERE}/2024/", f"/grants/lines/{line.pk}/", f"/grants/{HERE}/2024/file.csv"):
        assert get(stage, "stranger", address).status_code == 404
    assert {e.facts["code"] for e in events(stage, "grants-lines")} == {"not_in_sight"}


@pytest.mark.parametrize("role", ["centre", "auditor", "nav"])
def test_who_has_nothing_to_do_with_money_is_refused(stage, person, role):
    assert get(stage, role, "/grants/").status_code == 403


@pytest.mark.parametrize("role", ["ks", "county", "ministry", "municipality_decider"])
def test_who_sees_sums_without_persons_is_led_to_the_frames(stage, person, role):
    assert get(stage, role, "/grants/")["Location"] == "/grants/frames/"
    assert get(stage, role, f"/grants/{HERE}/2024/").status_code == 403


def test_udi_is_led_to_the_claims_that_it_pays_and_sees_no_lines(stage, person):
    assert get(stage, "udi_reception", "/grants/")["Location"] == "/grants/claims/"
    assert get(stage, "udi_reception", f"/grants/{HERE}/2024/").status_code == 403


def test_the_public_is_sent_to_log_in(stage):
    assert Client().get("/grants/").status_code == 302


def test_the_reading_of_a_line_is_logged_with_the_person(stage, person):
    get(stage, "municipality_coordinator", f"/grants/{HERE}/2024/")
    (event,) = events(stage, "grant_lines")
    assert (event.outcome, event.facts["ids"]) == ("read", [str(person.pk)])


def test_the_file_holds_every_line_and_its_taking_is_logged(stage, person):
    answer = get(stage, "municipality_coordinator", f"/grants/{HERE}/2024/file.csv")
    row, training = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (training["scheme"], training["amount_nok"]) == ("norwegian_person", "48400")
    assert (row["amount_nok"], row["status"], row["synthetic"]) == ("241100", "calculated", "1")
    assert row["settled_on"] == "2024-01-15"
    assert [e.outcome for e in events(stage, "export_grant_lines")] == ["read", "read"]
    workbook = get(stage, "municipality_coordinator", f"/grants/{HERE}/2024/file.xlsx")
    assert workbook.content.startswith(b"PK")


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_of_a_csv_is_run_as_a_formula(begins):
    answer = table_file.table_file("t", "csv", ["a", "b"], [(begins, -1)])
    assert list(csv.reader(io.StringIO(answer.content.decode()))) == [["a", "b"], [f"'{begins}", "-1"]]


def test_a_page_of_lines_costs_the_same_for_one_and_for_thirty(stage, person):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert get(stage, "municipality_coordinator", f"/grants/{HERE}/2024/").status_code == 200
        return len(asked)

    few = cost()
    settled(stage, DAY_2024, persons=29)
    compute_year(SYSTEM, year=2024)
    assert cost() == few


def test_family_that_cannot_be_said_is_counted_on_the_page(stage, person):
    settled(stage, DAY_2024, persons=2, person={"basis": "family"})
    shown = text(get(stage, "municipality_coordinator", f"/grants/{HERE}/2024/"))
    assert "For 2 settled persons on family ground it cannot be said" in shown


def test_the_lead_computes_a_year_from_the_page(stage):
    settled(stage, DAY_2024, persons=1)
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    answer = client.post("/grants/compute/", {"year": "2024", "request_key": "k1"})
    assert (answer.status_code, answer["Location"]) == (302, "/grants/?year=2024")
    client.force_login(stage.users["imdi_caseworker"])
    assert client.post("/grants/compute/", {"year": "2024"}).status_code == 403


def call(stage, monkeypatch, role, method, path, body=None):
    monkeypatch.setattr(middleware, "_api_actor", lambda _request: replace(stage[role], channel="api"))
    told = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(Client(), method)(f"/api/v1/grants/{path}", headers={"Authorization": "Bearer x"}, **told)


def test_sums_and_lines_over_the_api(stage, person, monkeypatch):
    one, training = call(stage, monkeypatch, "municipality_coordinator", "get", "sums/2024").json()["items"]
    assert (training["scheme"], training["amount_nok"]) == ("norwegian_person", 48_400)
    assert (one["municipality"], one["amount_nok"], one["lines_without_rate"]) == (HERE, 241_100, 0)
    only = f"lines/2024/{HERE}?scheme=integration"
    page = call(stage, monkeypatch, "municipality_coordinator", "get", only).json()
    (line,) = page["items"]
    assert (line["amount_nok"], line["status"], page["next"]) == (241_100, "calculated", "")
    alone = call(stage, monkeypatch, "municipality_coordinator", "get", f"lines/{line['id']}").json()
    assert alone == line
    assert call(stage, monkeypatch, "stranger", "get", f"lines/2024/{HERE}").status_code == 404
    assert call(stage, monkeypatch, "ks", "get", "sums/2024").status_code == 403
    bad = call(stage, monkeypatch, "imdi_lead", "get", f"lines/2024/{HERE}?cursor=zzz")
    assert bad.status_code == 422


def test_the_lead_computes_over_the_api(stage, person, monkeypatch):
    counts = call(stage, monkeypatch, "imdi_lead", "post", "years/2024").json()
    assert (counts["stored"], counts["unchanged"]) == (0, 2)
    one = call(stage, monkeypatch, "imdi_lead", "post", "years/2024/persons", {"persons": [str(person.pk)]})
    assert one.json()["unchanged"] == 2
    assert call(stage, monkeypatch, "imdi_caseworker", "post", "years/2024").status_code == 403
