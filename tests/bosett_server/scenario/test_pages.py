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
from tests.bosett_server.decisions.test_api import Machine


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


def nobody_has_voted() -> None:
    with acting(SYSTEM):
        VersionedFigure.objects.filter(what="voted").update(superseded_at="2026-03-01T00:00Z")


def test_without_a_vedtak_the_page_says_so_and_asks_what_to_assume(enter):
    nobody_has_voted()
    client = enter("imdi_lead")
    told = client.get("/need/scenarios/")
    assert told.status_code == HTTPStatus.OK
    assert "scenario-costs" not in told.content.decode()
    assert 'name="assumed_places"' in told.content.decode()
    assert client.get("/reception/situation/").status_code == HTTPStatus.OK
    assert client.get("/need/scenarios/file.csv").status_code == HTTPStatus.CONFLICT
    client.post("/need/scenarios/save/", {"name": "Uten grunnlag"})
    assert "Uten grunnlag" not in client.get("/need/scenarios/").content.decode()


def test_with_an_assumption_everything_works_and_says_what_it_rests_on(stage, enter):
    nobody_has_voted()
    client = enter("imdi_lead")
    part = client.get("/need/scenarios/redraw/?weeks=13&assumed_places=5200", headers={"HX-Request": "true"})
    told = part.content.decode()
    assert part.headers["HX-Replace-Url"] == "/need/scenarios/?weeks=13&assumed_places=5200"
    assert 'id="scenario-costs"' in told
    assert '<input type="hidden" name="assumed_places" value="5200">' in told
    file = client.get("/need/scenarios/file.json?weeks=13&assumed_places=5200").json()
    assert (file["assumed_places"], len(file["rows"])) == (5200, 13)
    kept = client.post("/need/scenarios/save/", {"name": "Antatt", "weeks": "13", "assumed_places": "5200"})
    with acting(stage["imdi_lead"]):
        assert SavedScenario.objects.get().settings["assumed_places"] == 5200
    page = client.get(kept.url).content.decode()
    assert "/need/scenarios/?weeks=13&amp;assumed_places=5200" in page
    assert client.get("/need/scenarios/portfolio/?weeks=13&assumed_places=5200").context["found"] is not None


def test_the_calls_take_the_same_assumption_and_refuse_to_guess(stage, monkeypatch):
    nobody_has_voted()
    call = Machine(stage["udi_reception"], monkeypatch)
    asked = {"weeks": 13, "draws": 250}
    assert call("post", "scenario/tries", asked).json()["code"] == "no_answer"
    told = call("post", "scenario/tries", asked | {"assumed_places": 5200})
    assert len(told.json()["residents"]["middle"]) == 13
    for wrong in (0, 100_001, "mange"):
        answer = call("post", "scenario/tries", asked | {"assumed_places": wrong})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_missing_place_that_costs_less_than_a_held_one_is_told_in_the_readers_words(enter):
    page = enter("udi_reception").get("/need/scenarios/portfolio/?short_nok=100&weeks=13")
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "koster minst like mye som en fast plass" in page.content.decode()


@pytest.mark.parametrize("told", ["0", "-5", "100001", "mange", "12.5", "nan"])
def test_an_assumption_that_cannot_be_is_named_beside_its_field(enter, told):
    nobody_has_voted()
    client = enter("ks")
    page = client.get(f"/need/scenarios/?assumed_places={told}")
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "error-summary-title" in page.content.decode()
    part = client.get(f"/need/scenarios/redraw/?assumed_places={told}")
    assert part.context["assumed_form"].errors["assumed_places"]


def test_vedtak_go_before_an_assumption(enter):
    client = enter("ks")
    with_it, without = (
        client.get(f"/need/scenarios/file.csv?weeks=13{more}").content for more in ("&assumed_places=5", "")
    )
    assert with_it == without
    assert 'name="assumed_places"' not in client.get("/need/scenarios/?assumed_places=5").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_the_costs_and_a_kept_comparison_are_files_too(stage, enter, kind):
    client = enter("udi_reception")
    kept = client.post("/need/scenarios/save/", {"name": "Fil", "weeks": "13"})
    for address in (
        f"/need/scenarios/file.{kind}?weeks=13&what=costs",
        f"{kept.url}?as={kind}",
        f"{kept.url}?what=costs&as={kind}",
        f"/need/scenarios/assumptions/?as={kind}",
    ):
        assert client.get(address).headers["Content-Disposition"].endswith(f'.{kind}"')
    assert client.get(f"{kept.url}?as=pdf").status_code == HTTPStatus.NOT_FOUND


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
