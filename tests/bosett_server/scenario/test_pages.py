"""The workbench's pages: redrawn in part, whole without script, as a file, and closed to those who do not plan."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import SavedScenario, VersionedFigure
from tests.bosett_server.cast import household


@pytest.fixture
def enter(stage):
    def entered(role: str) -> Client:
        client = Client()
        client.force_login(stage.users[role])
        return client

    return entered


def test_the_whole_page_and_the_part_that_is_redrawn_show_the_same_answer(enter):
    client = enter("udi_reception")
    query = "?buffer=0.3&weeks=26"
    whole = client.get(f"/need/scenarios/{query}").content.decode()
    part = client.get(f"/need/scenarios/redraw/{query}", headers={"HX-Request": "true"})
    told = part.content.decode()
    assert "<html" not in told
    costs = whole[
        whole.index('id="scenario-costs"') : whole.index("</table>", whole.index('id="scenario-costs"'))
    ]
    assert costs in told
    assert 'hx-swap-oob="true"' in told
    assert 'hx-swap-oob="true"' not in whole
    assert part.headers["HX-Replace-Url"] == "/need/scenarios/?buffer=0.3&weeks=26"


@pytest.mark.parametrize(
    "query", ["?buffer=9", "?buffer=nan", "?buffer=inf", "?weeks=x", "?standby=1e999", "?weeks=-4"]
)
def test_a_dial_that_cannot_be_turned_there_stands_as_todays_rule(enter, query):
    answer = enter("ks").get(f"/need/scenarios/redraw/{query}&x=1")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["HX-Replace-Url"] == "/need/scenarios/"


def test_a_comparison_is_kept_opened_shared_and_deleted(stage, enter):
    udi, ks = enter("udi_reception"), enter("ks")
    answer = udi.post("/need/scenarios/save/", {"name": "Mer buffer", "buffer": "0.3", "weeks": "13"})
    with acting(stage["udi_reception"]):
        kept = SavedScenario.objects.get()
    assert (answer.status_code, answer.url) == (HTTPStatus.FOUND, f"/need/scenarios/{kept.pk}/")
    assert (kept.settings["buffer"], kept.settings["weeks"]) == (0.3, 13)
    assert "Mer buffer" in udi.get(answer.url).content.decode()
    assert ks.get(answer.url).status_code == HTTPStatus.NOT_FOUND
    udi.post(f"{answer.url}share/")
    assert "Mer buffer" in ks.get("/need/scenarios/").content.decode()
    assert ks.post(f"{answer.url}delete/").status_code == HTTPStatus.NOT_FOUND
    udi.post(f"{answer.url}delete/")
    assert udi.get(answer.url).status_code == HTTPStatus.NOT_FOUND


def test_every_week_is_in_the_file_and_named_modelled(enter):
    answer = enter("ministry").get("/need/scenarios/file.csv?weeks=26")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("week_from,residents_p10,residents_p50")
    assert len(lines) == 1 + 26
    assert "modelled" in answer.headers["Content-Disposition"]
    assert enter("ministry").get("/need/scenarios/file.pdf").status_code == HTTPStatus.NOT_FOUND


def test_without_a_vedtak_the_page_says_so_and_computes_nothing(enter):
    with acting(SYSTEM):
        VersionedFigure.objects.filter(what="voted").update(superseded_at="2026-03-01T00:00Z")
    client = enter("imdi_lead")
    assert "scenario-costs" not in client.get("/need/scenarios/").content.decode()
    assert client.get("/reception/situation/").status_code == HTTPStatus.OK


def test_every_assumption_is_listed_with_its_source_or_marked(enter):
    told = enter("ks").get("/need/scenarios/assumptions/").content.decode()
    assert "price_empty_nok" in told
    assert "UDI, Anslag per mars 2026" in told


def test_who_does_not_plan_is_kept_out(enter):
    for role in ("municipality_decider", "county", "bufetat", "centre", "auditor"):
        for address in ("", "redraw/", "assumptions/", "file.csv"):
            assert enter(role).get(f"/need/scenarios/{address}").status_code == HTTPStatus.FORBIDDEN


def test_the_situation_shows_persons_to_those_who_meet_them_and_sums_to_others(stage, enter):
    old = household(stage)
    with acting(SYSTEM):
        type(old).objects.filter(pk=old.pk).update(permit_on=date(2025, 8, 1))
    hidden = household(stage, protection="fortrolig")
    with acting(SYSTEM):
        type(hidden).objects.filter(pk=hidden.pk).update(permit_on=date(2025, 7, 1))
    told = enter("imdi_lead").get("/reception/situation/").content.decode()
    assert old.reference in told
    assert hidden.reference not in told
    for role in ("ks", "ministry", "county", "municipality_decider"):
        told = enter(role).get("/reception/situation/").content.decode()
        assert old.reference not in told
    assert enter("auditor").get("/reception/situation/").status_code == HTTPStatus.FORBIDDEN
