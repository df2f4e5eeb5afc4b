"""The list as a file: every row of the cut, nothing run as a formula, nobody protected, every id logged first."""

from __future__ import annotations

import csv
import io

import fastexcel
import pytest

from bosett_server.access.context import acting
from bosett_server.records.models import AuditEvent, Centre, Household
from tests.bosett_server.cast import household


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8"))))


def workbook(response, sheet: int) -> list[tuple]:
    book = fastexcel.read_excel(b"".join(response.streaming_content))
    return book.load_sheet(sheet, header_row=None, dtypes="string").to_polars().rows()


@pytest.fixture
def homes(stage, monkeypatch):
    monkeypatch.setattr("bosett_server.actions.exports.BATCH", 2)
    made = [household(stage) for _ in range(5)]
    household(stage, protection="strengt_fortrolig")
    household(stage, track="family")
    return made


def test_csv_has_every_row_of_the_cut_in_its_order_and_marks_synthetic_persons(homes, browser):
    answer = browser("imdi_caseworker").post(
        "/households/export/", {"form": "csv", "query": "track=asylum&sort=-reference"}
    )
    head, *rows = lines(answer)
    assert head[0] == "reference"
    assert head[-1] == "synthetic"
    assert [row[0] for row in rows] == sorted((one.reference for one in homes), reverse=True)
    assert {row[-1] for row in rows} == {"synthetic"}
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    assert answer.headers["Cache-Control"] == "no-store"


def test_xlsx_has_the_same_rows_and_says_what_they_are(homes, browser):
    post = {"form": "xlsx", "query": "track=asylum"}
    client = browser("imdi_caseworker")
    rows = workbook(client.post("/households/export/", post), 0)
    assert sorted(row[0] for row in rows[1:]) == sorted(one.reference for one in homes)
    about = workbook(client.post("/households/export/", post), 1)
    assert any("2026-03-16" in str(row) for row in about)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@"])
def test_a_text_that_a_spreadsheet_would_run_is_a_text(stage, browser, begins):
    one = household(stage)
    evil = f"{begins}HYPERLINK(1)"
    with acting(stage["system"]):
        Centre.objects.filter(pk=one.centre_id).update(name=evil)
    client = browser("imdi_caseworker")
    _, row = lines(client.post("/households/export/", {"form": "csv"}))
    assert f"'{evil}" in row
    assert evil not in row
    _, row = workbook(client.post("/households/export/", {"form": "xlsx"}), 0)
    assert evil in row


def test_every_id_is_in_the_log_before_the_first_byte(stage, homes, browser):
    answer = browser("imdi_caseworker").post("/households/export/", {"form": "csv", "query": "track=asylum"})
    with acting(stage["auditor"]):
        events = AuditEvent.objects.filter(verb="export_households", outcome="done")
        ids = [one for event in events for one in event.facts.get("ids", [])]
        counts = [event.facts["count"] for event in events if "count" in event.facts]
    assert sorted(ids) == sorted(str(one.pk) for one in homes)
    assert counts == [5]
    answer.close()


def test_the_chosen_columns_are_the_files_columns(stage, homes, browser):
    client = browser("imdi_caseworker")
    client.cookies[f"look_columns_households_{stage.users['imdi_caseworker'].pk}"] = "reference.persons"
    head, *_ = lines(client.post("/households/export/", {"form": "csv"}))
    assert head == ["reference", "persons", "synthetic"]


def test_one_that_leaves_sight_while_the_file_is_sent_is_not_sent(stage, homes, browser):
    answer = browser("imdi_caseworker").post("/households/export/", {"form": "csv", "query": "track=asylum"})
    with acting(stage["system"]):
        Household.objects.filter(pk=homes[4].pk).update(protection="fortrolig")
    assert homes[4].reference not in [row[0] for row in lines(answer)]


@pytest.mark.parametrize("role", ["udi_reception", "centre", "bufetat", "county", "ks"])
def test_who_may_not_export_gets_403(homes, browser, role):
    assert browser(role).post("/households/export/", {"form": "csv"}).status_code == 403
