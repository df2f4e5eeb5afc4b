"""Arriving family from a municipality's own cohorts, each reader their own area and no small number; and the lags."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from bosett.forecast.family import FamilyRecord, family_forecast
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.queries import forecast_family, forecast_lags
from bosett_server.queries.followup_register import Register, Way
from bosett_server.queries.forecast_family import family_overview
from bosett_server.queries.forecast_lags import lag_overview
from tests.bosett_server.cast import HERE, THERE, household, world

DAY = date(2026, 3, 16)
OTHER = "0301"


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


def way(place: str, settled: date, track: str = "asylum", permit: date = date(2024, 1, 1)) -> Way:
    return Way(
        track, "all", (track, "alone"), permit, permit, settled, settled, None, None, place, synthetic=True
    )


def cohorts(**family: int) -> Register:
    """Forty settled in each place in each of the last two years, and so much family in the last of them."""
    names = {HERE: "Drammen", THERE: "Arendal", OTHER: "Oslo"}
    ways = [way(code, date(year, 3, 25)) for code in names for year in (2024, 2025) for _ in range(40)]
    for place, many in zip(
        names, (family.get("here", 0), family.get("there", 0), family.get("other", 0)), strict=True
    ):
        ways += [way(place, date(2025, 10, 1), "family") for _ in range(many)]
    return Register(DAY, tuple(ways), dict.fromkeys(names, ""), names)


@pytest.fixture
def told(stage, monkeypatch):
    def ask(role: str, **family: int):
        monkeypatch.setattr(forecast_family, "register", lambda: cohorts(**family))
        with acting(stage[role]):
            return {one.code: one for one in family_overview(stage[role]).rows}

    return ask


def test_each_municipality_follows_its_own_cohorts_as_the_library_says(told):
    rows = told("imdi_lead", here=2, there=12, other=8)
    codes = [MunicipalityCode(code) for code in (HERE, THERE, OTHER)]
    past = [FamilyRecord(code, 40, came) for code, came in zip(codes, (2, 12, 8), strict=True)]
    library = {str(one.municipality): one for one in family_forecast(past, dict.fromkeys(codes, 40.0))}
    assert {code: row.forecast for code, row in rows.items()} == library
    assert rows[THERE].forecast.median > rows[HERE].forecast.median


def test_a_small_number_is_hidden_and_the_interval_tells_nothing_of_it(told):
    first, second = (told("ks", here=few, there=12, other=8)[HERE] for few in (1, 4))
    assert first.came is None
    assert not first.own_rate
    assert first == second
    assert told("ks", here=5, there=12, other=8)[HERE].came == 5


def test_a_municipality_sees_itself_unhidden_and_a_county_its_own(told):
    own = told("municipality_coordinator", here=2, there=12, other=8)
    assert set(own) == {HERE}
    assert own[HERE].came == 2
    assert set(told("county", here=2, there=12, other=8)) == {HERE}
    assert told("county", here=2, there=12, other=8)[HERE].came is None
    assert set(told("ministry", here=2)) == {HERE, THERE, OTHER}


@pytest.mark.parametrize("role", ["udi_reception", "nav", "centre", "auditor"])
def test_who_has_no_part_in_results_is_turned_away(stage, role):
    with acting(stage[role]), pytest.raises(NotPermitted):
        family_overview(stage[role])


def test_half_are_settled_after_the_months_that_were_counted_and_those_who_wait_count(stage, monkeypatch):
    # Eight settled after two months, eight still wait after three: half within two months, nobody known after.
    ways = tuple(way(HERE, date(2024, 3, 1)) for _ in range(8))
    monkeypatch.setattr(forecast_lags, "register", lambda: Register(DAY, ways, {}, {}))
    for _ in range(4):
        household(stage, persons=2, stage="ready")
    with acting(stage["county"]):
        found = lag_overview(stage["county"])
    everybody = found.groups[0]
    assert (everybody.settled, everybody.waiting) == (8, 8)
    assert [float(share) for share in everybody.lags.seen] == [0, 0, 0.5]
    # All of those who wait have waited four months, longer than anybody was seen to be settled after.
    assert (found.later, sum(one.waiting for one in found.months)) == (8, 0)
    assert found.expected is None


def test_of_few_nothing_is_told(stage, monkeypatch):
    ways = tuple(way(HERE, date(2024, 3, 1)) for _ in range(4))
    monkeypatch.setattr(forecast_lags, "register", lambda: Register(DAY, ways, {}, {}))
    with acting(stage["county"]):
        found = lag_overview(stage["county"])
    assert found.groups[0].settled is None
    assert found.everybody is None
    assert found.months == ()


def test_both_pages_open_and_are_files_too(stage):
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    for address in ("/need/family/", "/need/lags/", "/need/scenarios/portfolio/", "/reception/situation/"):
        assert client.get(address).status_code == HTTPStatus.OK, address
    for address in ("/need/family/?as=", "/need/lags/?as=", "/need/lags/?what=lags&as="):
        for kind in ("csv", "xlsx", "json"):
            assert client.get(f"{address}{kind}").status_code == HTTPStatus.OK, address + kind
