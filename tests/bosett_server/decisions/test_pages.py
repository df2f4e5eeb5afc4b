"""Request and vedtak as pages: who may, what is shown, as of which day, and with how many queries."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett.decisions import AnswerKind
from bosett.terms.groups import Group
from bosett_server.access.context import acting
from bosett_server.actions.decisions import approve_vedtak, record_vedtak
from bosett_server.records.models import VersionedFigure
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, YEAR, World, vedtak, world
from tests.bosett_server.distribution.scenes import everybody

VEDTAK = f"/municipalities/{HERE}/vedtak/"


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def seen(client, stage: World, role: str, address: str):
    client.force_login(stage.users[role])
    client.cookies["language"] = "en"
    return client.get(address)


def posted(client, stage: World, role: str, address: str, **fields):
    client.force_login(stage.users[role])
    client.cookies["language"] = "en"
    return client.post(address, fields)


def answer(**fields) -> dict[str, object]:
    return {"kind": "number", "total": 40, "decided_on": "2026-02-05", "source": "Sak 12/26"} | fields


def stored() -> int:
    return VersionedFigure.objects.filter(what="voted").count()


@pytest.mark.parametrize(
    "role", ["imdi_lead", "imdi_caseworker", "municipality_decider", "ks", "ministry", "county"]
)
def test_the_overview_shows_the_same_sums_to_every_party(client, stage, role):
    vedtak(HERE, 40)
    page = seen(client, stage, role, f"/requests/{YEAR}/").content.decode()
    assert "40 of the 110 persons asked for are voted" in page


@pytest.mark.parametrize("role", ["nav", "centre", "auditor", "admin"])
def test_who_has_nothing_to_do_with_requests_sees_none(client, stage, role):
    assert seen(client, stage, role, f"/requests/{YEAR}/").status_code == 403
    assert seen(client, stage, role, f"{VEDTAK}?year={YEAR}").status_code == 403


def test_a_county_sees_its_own_municipalities_only(client, stage):
    page = seen(client, stage, "county", f"/requests/{YEAR}/").content.decode()
    assert "Drammen" in page
    assert "Arendal" not in page
    assert seen(client, stage, "county", f"/municipalities/{THERE}/vedtak/").status_code == 404


def test_a_year_without_a_round_says_what_will_come(client, stage):
    page = seen(client, stage, "ks", "/requests/2031/").content.decode()
    assert "No requests are sent" in page


def test_the_newest_year_is_where_requests_lead(client, stage):
    assert seen(client, stage, "ks", "/requests/").headers["Location"] == f"/requests/{YEAR}/"


def rows_of(client, stage: World, query: str = "") -> list[dict[str, str]]:
    body = seen(client, stage, "ks", f"/requests/{YEAR}/answers.csv{query}").content.decode()
    return list(csv.DictReader(io.StringIO(body)))


def test_the_file_keeps_zero_awaiting_and_not_asked_apart(client, stage):
    everybody(stage)
    vedtak(HERE, 0)
    found = {row["municipality_id"]: row for row in rows_of(client, stage)}
    assert len(found) == 357
    assert (found[HERE]["voted"], found[HERE]["answer"]) == ("0", "zero")
    assert (found[THERE]["voted"], found[THERE]["voted_state"], found[THERE]["answer"]) == (
        "",
        "awaiting",
        "no_answer",
    )
    assert (found["0301"]["asked"], found["0301"]["asked_state"]) == ("", "not_asked")


def test_the_file_holds_what_the_page_was_filtered_to(client, stage):
    vedtak(HERE, 60)
    assert [r["name"] for r in rows_of(client, stage, "?state=same")] == ["Drammen"]
    assert [r["name"] for r in rows_of(client, stage, "?county=42")] == ["Arendal"]
    assert [r["name"] for r in rows_of(client, stage, "?name=aREN")] == ["Arendal"]
    assert [r["name"] for r in rows_of(client, stage, "?sort=asked")] == ["Arendal", "Drammen"]


def test_modelled_answers_are_marked_on_the_page_and_in_the_file(client, stage):
    with acting(stage["system"]):
        VersionedFigure.objects.create(
            what="voted", municipality_id=HERE, year=YEAR, value=33, valid_from=DAY, recorded_at=NOW,
            source="model", modelled=True, approved_at=NOW, approved_by=stage.users["imdi_lead"],
        )  # fmt: skip
    assert {r["municipality_id"]: r["voted_is_modelled"] for r in rows_of(client, stage)} == {
        HERE: "1",
        THERE: "0",
    }
    page = seen(client, stage, "ks", f"/requests/{YEAR}/").content.decode()
    assert '<span class="modelled">Modelled</span>' in page


def test_a_workbook_and_no_other_format_can_be_had(client, stage):
    assert seen(client, stage, "ks", f"/requests/{YEAR}/answers.xlsx").content[:2] == b"PK"
    assert seen(client, stage, "ks", f"/requests/{YEAR}/answers.exe").status_code == 404


def test_an_earlier_day_shows_what_was_held_then(client, stage, settings):
    vedtak(HERE, 40)
    settings.BOSETT_TODAY = date(2026, 3, 20)
    assert [r["held_on"] for r in rows_of(client, stage)] == ["2026-03-20"] * 2
    then = rows_of(client, stage, "?known=2026-03-16")
    assert {r["municipality_id"]: r["agreed_state"] for r in then} == {
        HERE: "not_stored",
        THERE: "not_stored",
    }
    before = seen(client, stage, "ks", f"/requests/{YEAR}/?known=2025-12-01").content.decode()
    assert "No requests are sent" in before  # the cast's round is known from 16 March 2026


@pytest.mark.parametrize(("text", "words"), [("soon", "is not a day"), ("2031-01-01", "has not come yet")])
def test_a_day_that_is_none_is_told_and_today_is_shown(client, stage, text, words):
    assert words in seen(client, stage, "ks", f"/requests/{YEAR}/?known={text}").content.decode()


@pytest.mark.parametrize(
    "address", [f"/requests/{YEAR}/", f"/requests/{YEAR}/answers.csv", "/need/", "/agreement/"]
)
def test_the_number_of_queries_does_not_grow_with_the_number_of_municipalities(client, stage, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    seen(client, stage, "ks", address)
    few = queries()
    everybody(stage)
    for code in ("0301", "1103", "4601", "5001"):
        vedtak(code, 20)
    assert queries() == few


def test_the_decider_records_sees_it_waiting_and_approves_it(client, stage):
    done = posted(
        client,
        stage,
        "municipality_decider",
        f"{VEDTAK}record/?year={YEAR}",
        **answer(reservations=["up_to"]),
    )
    assert done.status_code == 302
    page = seen(client, stage, "municipality_decider", f"{VEDTAK}?year={YEAR}").content.decode()
    assert "Approve the vedtak of 40 persons" in page
    assert "outside IMDi" in page
    assert rows_of(client, stage)[1]["answer"] == "to_approve"
    posted(client, stage, "municipality_decider", f"{VEDTAK}approve/?year={YEAR}")
    assert {r["municipality_id"]: r["voted"] for r in rows_of(client, stage)}[HERE] == "40"


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"total": -1}, 409, "is below 0"),
        ({"total": "12.5"}, 422, "Enter a whole number"),
        ({"total": 0}, 409, "you chose a number, but wrote 0"),
        ({"total": ""}, 409, "Write the number of persons"),
        ({"kind": "zero"}, 409, "but wrote a number"),
        ({"kind": "awaiting", "total": ""}, 409, "Give the day of the council meeting"),
        ({"kind": "awaiting", "total": "", "meeting_on": "2026-03-01"}, 409, "meeting has passed"),
        ({"decided_on": "2026-04-01"}, 409, "has not come yet"),
        ({"decided_on": ""}, 409, "Give the day the council made its vedtak"),
        ({"source": ""}, 422, "This field is required"),
        ({"total": 10**9}, 422, "less than or equal to 100000"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_stored(client, stage, fields, status, words):
    done = posted(client, stage, "municipality_decider", f"{VEDTAK}record/?year={YEAR}", **answer(**fields))
    assert done.status_code == status
    assert words.lower() in done.content.decode().lower()
    assert "ds-error-summary" in done.content.decode()
    with acting(stage["imdi_lead"]):
        assert stored() == 0


def test_minors_above_the_total_are_told_and_nothing_is_stored(client, stage):
    with acting(stage["system"]):
        VersionedFigure.objects.create(
            what="asked", municipality_id=HERE, year=YEAR, group="em_15_17", value=4, valid_from=date(2025, 10, 31),
            recorded_at=NOW, source="test", round=stage.round,
        )  # fmt: skip
    done = posted(
        client, stage, "municipality_decider", f"{VEDTAK}record/?year={YEAR}", **answer(total=3, em_15_17=4)
    )
    assert done.status_code == 409
    assert "only 3 persons in all" in done.content.decode()
    with acting(stage["imdi_lead"]):
        assert stored() == 0


def test_a_vedtak_in_a_year_without_a_round_is_refused(client, stage):
    done = posted(client, stage, "municipality_decider", f"{VEDTAK}record/?year=2031", **answer())
    assert done.status_code == 409
    assert "No request is sent for 2031" in done.content.decode()


def test_a_municipality_cannot_record_for_another(client, stage):
    address = f"/municipalities/{THERE}/vedtak/record/?year={YEAR}"
    assert posted(client, stage, "municipality_decider", address, **answer()).status_code == 404
    assert posted(client, stage, "municipality_coordinator", address, **answer()).status_code == 403


def test_the_lead_records_on_behalf_and_only_the_municipality_puts_it_in_force(client, stage):
    address = f"{VEDTAK}record-for/?year={YEAR}"
    assert posted(client, stage, "imdi_lead", address, **answer()).status_code == 302
    assert posted(client, stage, "imdi_lead", f"{VEDTAK}approve/?year={YEAR}").status_code == 403
    assert posted(client, stage, "imdi_caseworker", address, **answer()).status_code == 403
    assert {r["municipality_id"]: r["voted"] for r in rows_of(client, stage)}[HERE] == ""
    approve_vedtak(stage["municipality_decider"], municipality=HERE, year=YEAR)
    assert {r["municipality_id"]: r["voted"] for r in rows_of(client, stage)}[HERE] == "40"


def test_can_take_more_is_told_and_leaves_the_vedtak_in_force(client, stage):
    record_vedtak(
        stage["municipality_decider"], municipality=HERE, year=YEAR, kind=AnswerKind.NUMBER,
        numbers={Group.ALL: 40}, decided_on=date(2026, 2, 5), source="Sak",
    )  # fmt: skip
    approve_vedtak(stage["municipality_decider"], municipality=HERE, year=YEAR)
    assert (
        posted(client, stage, "municipality_decider", f"{VEDTAK}more/?year={YEAR}", persons=15).status_code
        == 302
    )
    row = {r["municipality_id"]: r for r in rows_of(client, stage)}[HERE]
    assert (row["voted"], row["can_take_more"], row["answer"]) == ("40", "15", "fewer")


def test_reasons_for_a_lower_answer_go_with_it_when_the_council_takes_as_many_as_asked(client, stage):
    """The form offers the old reasons again; nobody should have to tick them off one by one."""
    address = f"{VEDTAK}record/?year={YEAR}"
    first = posted(client, stage, "municipality_decider", address, **answer(), reasons=["housing"])
    assert first.status_code == 302
    form = seen(client, stage, "municipality_decider", f"{VEDTAK}?year={YEAR}").context["form"]
    again = {"seen_request": form["seen_request"].value(), "seen_answer": form["seen_answer"].value()}
    whole = answer(total=60) | again | {"reasons": form["reasons"].value()}
    assert posted(client, stage, "municipality_decider", address, **whole).status_code == 302
    wrong = answer(total=60) | {"reasons": ["school"]}
    told = seen(client, stage, "municipality_decider", f"{VEDTAK}?year={YEAR}").context["form"]
    wrong |= {"seen_request": told["seen_request"].value(), "seen_answer": told["seen_answer"].value()}
    refused = posted(client, stage, "municipality_decider", address, **wrong)
    assert refused.status_code in {409, 422}
