"""The draft as pages: made, looked at, changed, sent after a warning."""

from __future__ import annotations

import pytest

from bosett_server.access.context import acting
from bosett_server.actions.forecast import set_need
from bosett_server.records.models import Round
from tests.bosett_server.cast import DAY, HERE, YEAR, World, world
from tests.bosett_server.distribution.scenes import drafted, everybody

SURE = {"sure": "on", "after_change": "keep", "unheard_reason": "agreed_without"}
DRAFT = f"/requests/{YEAR}/draft/"
TOLD = {
    "answer_due_on": "2026-04-15", "divide": "extra", "population_percent": 100, "size_minimum": 0, "floor": 0,
    "em_under15": 0, "em_15_17": 0, "excluded": "", "rounding": "largest-remainder",
}  # fmt: skip


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    found = world()
    everybody(found)
    set_need(found["imdi_lead"], year=YEAR, value=150, source="Brev", valid_from=DAY)
    return found


@pytest.fixture
def lead(client, stage):
    client.force_login(stage.users["imdi_lead"])
    client.cookies["language"] = "en"
    return client


def test_from_the_form_to_sent_requests(lead, stage):
    assert lead.post(DRAFT, TOLD).headers["Location"] == DRAFT
    page = lead.get(DRAFT).content.decode()
    assert "Sums to the need" in page
    assert "Go on to send to 2 municipalities" in page
    before = lead.get(f"{DRAFT}send/").content.decode()
    assert "This cannot be undone" in before
    assert "Send the requests to 2 municipalities" in before
    assert lead.post(f"{DRAFT}send/", {}).status_code == 422
    assert lead.post(f"{DRAFT}send/", SURE).headers["Location"] == f"/requests/{YEAR}/"
    assert "The requests are sent to 2 municipalities." in lead.get(f"/requests/{YEAR}/").content.decode()
    assert lead.get(f"{DRAFT}send/").status_code == 404


def test_a_number_is_changed_beside_how_it_came_to_be(lead, stage):
    drafted(stage)
    page = lead.get(f"{DRAFT}{HERE}/").content.decode()
    assert "Share by population" in page
    told = {"asked": 70, "em_under15": 0, "em_15_17": 0}
    refused = lead.post(f"{DRAFT}{HERE}/", told)
    assert (refused.status_code, "Say why you change the number" in refused.content.decode()) == (409, True)
    assert lead.post(f"{DRAFT}{HERE}/", told | {"reason": "Nye boliger"}).status_code == 302
    assert "Nye boliger" in lead.get(DRAFT).content.decode()
    assert lead.get(f"{DRAFT}9999/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"answer_due_on": "2026-03-01"}, 409, "has passed"),
        ({"excluded": "0301 9998"}, 422, "No municipality has the code 9998"),
        ({"divide": "whole", "floor": 900}, 409, "too few for the lowest number"),
        ({"population_percent": 120}, 422, "less than or equal to 100"),
    ],
)
def test_bad_criteria_are_told_and_no_draft_stands(lead, stage, fields, status, words):
    done = lead.post(DRAFT, TOLD | fields)
    assert (done.status_code, words in done.content.decode()) == (status, True)
    with acting(stage["imdi_lead"]):
        assert not Round.objects.filter(state="draft").exists()


def test_a_draft_is_thrown_away_from_its_page(lead, stage):
    drafted(stage)
    assert lead.post(f"{DRAFT}discard/").status_code == 302
    with acting(stage["imdi_lead"]):
        assert not Round.objects.filter(state="draft").exists()


@pytest.mark.parametrize("role", ["imdi_caseworker", "ks", "municipality_decider", "county", "ministry"])
def test_drafts_are_the_leads_alone(client, stage, role):
    drafted(stage)
    client.force_login(stage.users[role])
    assert [client.get(a).status_code for a in (DRAFT, f"{DRAFT}send/", f"{DRAFT}{HERE}/")] == [403, 403, 403]
    assert client.post(f"{DRAFT}discard/").status_code == 403
