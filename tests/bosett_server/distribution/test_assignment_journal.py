"""Assignment decisions go to the archive whole, kept from the public, without protected households, and logged."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client

from bosett.outputs.journal import journal_breaches
from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.assignment_journal import take_out_assignments
from bosett_server.queries.assignment_journal import day_after, decided_between
from bosett_server.records.models import AuditEvent, Household
from tests.bosett_server.cast import DAY, HERE, World, vedtak, world
from tests.bosett_server.decisions.test_api import Machine
from tests.bosett_server.placement.scenes import offer

TOLD = {"case_number": "2026/99", "restriction": "paragrafen i arkivplanen"}
DAYS = {"first": DAY, "last": DAY}


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    found = world()
    vedtak(HERE, 20)
    return found


def unzipped(content: bytes, folder: Path) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    (row,) = json.loads((folder / "journal.json").read_text("utf-8"))["journalposter"]
    return row


def test_each_decision_is_a_paper_with_its_entry_and_the_bytes_are_those_of_the_journal(stage, tmp_path):
    made = offer(stage)
    client = Client()
    client.force_login(stage.users["imdi_caseworker"])
    assert client.get("/proposals/journal/").status_code == 200
    told = {key: str(value) for key, value in (TOLD | DAYS).items()} | {"request_key": "a"}
    answer = client.post("/proposals/journal/", told)
    assert answer.headers["Content-Type"] == "application/zip"
    row = unzipped(answer.content, tmp_path)
    assert journal_breaches(tmp_path) == ()
    assert (row["filnavn"], row["tilgangsrestriksjon"]) == (f"tildeling-{made.pk}.pdf", TOLD["restriction"])
    assert row["tittel"].endswith(str(made.pk))
    assert (tmp_path / row["filnavn"]).read_bytes().startswith(b"%PDF")
    with acting(stage["auditor"]):
        event = AuditEvent.objects.get(verb="take_out_assignments")
        assert event.facts["files"] == 1
        read = AuditEvent.objects.get(verb="assignment_journal")
        assert read.facts["ids"] == [str(made.household_id)]


def test_the_same_over_the_api(stage, tmp_path, monkeypatch):
    made = offer(stage)
    query = urlencode(TOLD | DAYS)
    call = Machine(stage["imdi_lead"], monkeypatch)
    answer = call("get", f"round-letters/assignments/journal?{query}")
    assert answer.status_code == 200, answer.content
    assert unzipped(answer.content, tmp_path)["filnavn"] == f"tildeling-{made.pk}.pdf"


def test_a_household_that_has_been_protected_since_is_in_no_export(stage):
    made = offer(stage)
    with acting(stage["system"]):
        Household.objects.filter(pk=made.household_id).update(protection="fortrolig")
    with acting(stage["imdi_caseworker"]):
        assert decided_between(stage["imdi_caseworker"], DAY, day_after(DAY)) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"last": DAY - timedelta(days=1)}, "period_backwards"),
        ({"last": DAY + timedelta(days=1)}, "period_not_over"),
        ({"case_number": " "}, "case_number_missing"),
        ({"restriction": " "}, "restriction_missing"),
        ({"first": DAY - timedelta(days=9), "last": DAY - timedelta(days=8)}, "no_decisions_in_period"),
    ],
)
def test_what_the_archive_cannot_take_is_refused_by_name_and_logged(stage, changed, code):
    offer(stage)
    with pytest.raises(Refused, match=code):
        take_out_assignments(stage["imdi_lead"], **(TOLD | DAYS | changed))
    with acting(stage["auditor"]):
        assert AuditEvent.objects.get(verb="take_out_assignments").outcome == "refused"


@pytest.mark.parametrize("role", ["municipality_coordinator", "ks", "ministry", "county", "stranger"])
def test_nobody_else_takes_decisions_out(stage, role):
    offer(stage)
    with pytest.raises(NotPermitted):
        take_out_assignments(stage[role], **(TOLD | DAYS))
