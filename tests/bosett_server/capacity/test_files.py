"""What reception's pages show can be taken along; what an opening or closing does to the host's grant is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from http import HTTPStatus

import pytest

from bosett.capacity import PlaceKind
from bosett.capacity.process import Direction
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.reception import set_places
from bosett_server.actions.reception_process import start_process
from bosett_server.queries.capacity_hosts import host_change
from bosett_server.queries.capacity_processes import ProcessView, process_view
from bosett_server.records.models import VersionedFigure
from tests.bosett_server.cast import HERE, THERE
from tests.bosett_server.life.scenes import a_centre

DAY = date(2026, 3, 16)


@pytest.fixture
def udi(stage, client):
    client.force_login(stage.users["udi_reception"])
    return client


def closing(stage, kind: PlaceKind = PlaceKind.ORDINARY) -> ProcessView:
    set_places(stage["udi_reception"], centre=stage.centre.pk, kind=kind, number=80, starts_on=DAY)
    process = start_process(
        stage["udi_reception"], centre=stage.centre.pk, direction=Direction.CLOSING, planned_on=date(2026, 7, 1),
        answer_days=14, document="2026/2-1", places=80, made_on=DAY,
    )  # fmt: skip
    with acting(stage["udi_reception"]):
        return process_view(stage["udi_reception"], process)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_every_page_of_reception_offers_its_figures(stage, udi, kind):
    one = closing(stage)
    situation = "/reception/situation/"
    for page, wanted in (
        ("/reception/", ""),
        ("/reception/contracts/", ""),
        ("/reception/processes/", ""),
        ("/reception/alerts/", ""),
        (f"/reception/processes/{one.id}/", ""),
        (f"/reception/{stage.centre.pk}/", ""),
        (situation, ""),
        (situation, "what=waiting&"),
        (situation, "what=norms&"),
        (situation, "what=municipalities&"),
    ):
        answer = udi.get(f"{page}?{wanted}as={kind}")
        assert answer.status_code == HTTPStatus.OK, page
        assert answer.headers["Content-Disposition"].endswith(f'.{kind}"'), page
    assert udi.get(f"/reception/processes/{one.id}/?as=pdf").status_code == HTTPStatus.NOT_FOUND


def test_a_centres_residents_are_no_file_for_who_may_not_see_them(stage, client):
    client.force_login(stage.users["municipality_coordinator"])
    assert client.get(f"/reception/{stage.centre.pk}/").status_code == HTTPStatus.OK
    assert client.get(f"/reception/{stage.centre.pk}/?as=csv").status_code == HTTPStatus.NOT_FOUND


def test_who_has_not_answered_is_not_shown_as_zero_among_the_settlement_municipalities(stage, udi):
    with acting(SYSTEM):
        VersionedFigure.objects.filter(what="voted", municipality_id=THERE).update(
            superseded_at="2026-03-01T00:00Z"
        )
    rows = {row["municipality_id"]: row for row in places(udi)}
    assert (rows[HERE]["vedtak"], rows[HERE]["vedtak_state"]) == (20, "number")
    assert rows[THERE]["vedtak"] is None
    assert rows[THERE]["vedtak_state"] in {"awaiting", "not_asked"}
    assert rows[THERE]["reception_places"] == 0


def places(udi) -> list[dict[str, object]]:
    return udi.get("/reception/situation/?what=municipalities&as=json").json()["rows"]


def test_a_closing_takes_the_rest_of_the_years_grant_for_its_places(stage):
    # 2016: 9,335 kroner a place; 80 places, open 1 January to 30 June, 746,800 x 182 / 366 = 371,359.56 kroner.
    one = replace(closing(stage), planned_on=date(2016, 7, 1))
    with acting(stage["udi_reception"]):
        found = host_change(one)
    assert (found.open_days, found.year_days, found.part_nok) == (182, 366, 371_360)
    assert found.grant.base is not None
    assert found.grant.base.whole == 608_252
    opening = replace(one, direction=Direction.OPENING)
    with acting(stage["udi_reception"]):
        assert host_change(opening).open_days == 184


def test_a_year_without_a_rate_has_no_amount_and_not_zero(stage, udi):
    one = closing(stage)
    with acting(stage["udi_reception"]):
        found = host_change(one)
    assert (found.part_nok, found.open_days) == (None, 181)
    page = udi.get(f"/reception/processes/{one.id}/").content.decode()
    assert 'id="means"' in page
    assert 'id="settles"' in page


def test_only_the_last_centre_takes_the_municipalitys_own_amount_along(stage):
    one = closing(stage)
    with acting(stage["udi_reception"]):
        assert host_change(one).others == 0
    a_centre("Annet mottak her", municipality_id=HERE)
    a_centre("Ikke annonsert her", municipality_id=HERE, announced_on=None)
    a_centre("Omsorgssenter her", municipality_id=HERE, kind="care_centre")
    with acting(stage["udi_reception"]):
        assert host_change(one).others == 1
