"""The need as a page: what is stated, what is unknown, and the form that states it."""

from __future__ import annotations

import pytest

from bosett_server.access.context import acting
from bosett_server.records.models import VersionedFigure
from tests.bosett_server.cast import DAY, YEAR, World, world

PARTS = {
    "ready_in_reception_low": 50, "ready_in_reception_point": 60, "ready_in_reception_high": 80,
    "expected_grants_low": 30, "expected_grants_point": 40, "expected_grants_high": 60,
    "quota_low": 30, "quota_point": 30, "quota_high": 30,
    "leaves_low": 0, "leaves_point": 0, "leaves_high": 0,
}  # fmt: skip
TOLD = {"year": YEAR, "valid_from": "2026-03-16", "source": "Brev 26/1", "do": "store"}


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


@pytest.fixture
def lead(client, stage):
    client.force_login(stage.users["imdi_lead"])
    client.cookies["language"] = "en"
    return client


def held() -> list[int]:
    return list(VersionedFigure.objects.filter(what="need").order_by("id").values_list("value", flat=True))


def test_what_is_not_divided_is_said_and_its_division_is_unknown(lead, stage):
    assert lead.post("/need/new/", TOLD | {"value": 150}).status_code == 302
    page = lead.get("/need/").content.decode()
    assert "How 40 persons of the need are divided on municipalities is not known" in page
    assert "From 2022 no mandate states a limit" in page
    assert "Resettlement refugees in the year: <strong>unknown</strong>" in page


def test_the_sum_of_the_parts_is_shown_before_it_is_stored(lead, stage):
    page = lead.post("/need/new/", TOLD | PARTS | {"do": "try"}).content.decode()
    assert "The parts sum to 130 persons" in page
    assert "8 times out of 10 between 110 and 170" in page
    with acting(stage["imdi_lead"]):
        assert held() == [110]
    assert lead.post("/need/new/", TOLD | PARTS).status_code == 302
    with acting(stage["imdi_lead"]):
        assert held() == [110, 130]


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"value": -3}, 409, "is below 0"),
        ({"value": "12,5"}, 422, "Enter a whole number"),
        ({}, 422, "Write the need, or fill in its parts"),
        ({"value": 150, "quota_low": 3}, 422, "Fill in every part"),
        (PARTS | {"value": 131}, 409, "The parts sum to 130, but the need says 131"),
        (PARTS | {"quota_high": 1}, 422, "must lie between the ends"),
        ({"value": 150, "valid_from": "2026-03-17"}, 409, "has not come yet"),
    ],
)
def test_a_bad_need_is_told_and_nothing_is_stored(lead, stage, fields, status, words):
    done = lead.post("/need/new/", TOLD | fields)
    assert (done.status_code, words in done.content.decode()) == (status, True)
    with acting(stage["imdi_lead"]):
        assert held() == [110]


@pytest.mark.parametrize(("role", "status"), [("ks", 403), ("imdi_caseworker", 403), ("imdi_lead", 200)])
def test_only_the_lead_has_the_form(client, stage, role, status):
    client.force_login(stage.users[role])
    assert client.get("/need/new/").status_code == status
    assert client.get("/need/").status_code == 200


def test_a_year_without_a_need_is_said_to_have_none(lead):
    assert "No need is stated" in lead.get("/need/?year=2040").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_every_page_of_the_forecast_offers_its_figures(lead, stage, kind):
    for page, wanted in (
        ("/need/", ""),
        ("/need/ledger/", ""),
        ("/need/ledger/", "what=scores&"),
        ("/need/months/", ""),
        ("/need/months/ahead/", ""),
        ("/need/outlook/", ""),
        ("/need/outlook/", "what=missed&"),
        ("/need/lags/", ""),
        ("/need/lags/", "what=lags&"),
        ("/need/family/", ""),
    ):
        answer = lead.get(f"{page}?{wanted}as={kind}")
        assert answer.headers["Content-Disposition"].endswith(f'.{kind}"'), page
