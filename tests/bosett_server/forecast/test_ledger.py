"""The ledger in the service: stored with vintage and never changed, scored when known, internal ones kept inside."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bosett.forecast.ledger import Published
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.forecast_ledger import store_forecast, store_outcome
from bosett_server.queries.forecast_ledger import ledger, outlook
from bosett_server.records.models import LedgerForecast, LedgerOutcome
from tests.bosett_server.cast import world
from tests.bosett_server.life.scenes import logged

DAY = date(2026, 3, 16)
OUTSIDE = ("municipality_decider", "county", "ks", "nav")


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


def forecast(**more) -> Published:
    facts = {
        "made": "2026-03-01",
        "target": "2026",
        "series": "minors",
        "low": 800.0,
        "point": 1000.0,
        "high": 1200.0,
    }
    told = {"maker": "UDI", "purpose": "planning", "vintage": "UDI, March 2026", "source": "2026/1"}
    return Published(**(facts | told | more))


def outcome(stage, value: float, target: str = "2025", vintage: str = "UDI, January 2026") -> int:
    return store_outcome(
        stage["imdi_lead"], series="minors", target=target, value=value, vintage=vintage, source="2026/2"
    )


def stored(stage, role: str = "imdi_lead") -> list[Published]:
    with acting(stage[role]):
        return [row.forecast for row in ledger(stage[role]).rows if row.id is not None]


def test_a_forecast_stands_with_its_vintage_beside_those_that_come_with_the_version(stage):
    with acting(stage["ks"]):
        before = ledger(stage["ks"]).rows
    assert len(before) == 35  # the rows of the shipped table
    store_forecast(stage["udi_reception"], forecast=forecast())
    (one,) = stored(stage, "ks")
    assert (one.point, one.vintage, one.actual) == (1000.0, "UDI, March 2026", None)
    assert logged(stage, "store_forecast")[0].facts == {
        "series": "minors",
        "target": "2026",
        "made": "2026-03-01",
    }


def test_it_is_scored_against_the_newest_outcome_and_every_version_is_kept(stage):
    store_forecast(stage["imdi_lead"], forecast=forecast(made="2025-02-01", target="2025"))
    outcome(stage, 500)
    (one,) = stored(stage)
    assert (one.error_share, one.held) == (1.0, False)
    outcome(stage, 800, vintage="UDI, March 2026, revised")
    (one,) = stored(stage)
    assert (one.error_share, one.held) == (0.25, True)
    with acting(stage["imdi_lead"]):
        found = ledger(stage["imdi_lead"], series="minors")
    assert [(version.value, version.newest) for version in found.outcomes] == [(800.0, True), (500.0, False)]
    assert found.scores.overall.typical_factor == pytest.approx(1.25)


def test_an_internal_forecast_stays_with_the_state(stage):
    store_forecast(stage["udi_reception"], forecast=forecast(), internal=True)
    for role in ("imdi_lead", "imdi_caseworker", "udi_reception", "bufetat", "ministry"):
        assert len(stored(stage, role)) == 1
    for role in OUTSIDE:
        assert stored(stage, role) == []
        with acting(stage[role]):
            assert LedgerForecast.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"series": "weather"}, "series_not_known"),
        ({"purpose": "fun"}, "purpose_not_known"),
        ({"maker": " "}, "maker_missing"),
        ({"vintage": ""}, "vintage_missing"),
        ({"source": ""}, "source_missing"),
        ({"made": "2026-03-17"}, "day_in_future"),
    ],
)
def test_a_forecast_without_what_makes_it_one_is_refused(stage, more, code):
    with pytest.raises(Refused) as refused:
        store_forecast(stage["imdi_lead"], forecast=forecast(**more))
    assert refused.value.code == code
    assert stored(stage) == []


def test_the_same_forecast_twice_is_refused(stage):
    store_forecast(stage["imdi_lead"], forecast=forecast())
    with pytest.raises(Refused, match="forecast_stored_before"):
        store_forecast(stage["udi_reception"], forecast=forecast(point=1100.0))


@pytest.mark.parametrize(
    ("value", "target", "code"),
    [(-1, "2025", "outcome_negative"), (5, "2026", "outcome_not_over"), (5, "2026-03", "outcome_not_over"),
     (5, "20x5", "forecast_not_possible")],
)  # fmt: skip
def test_an_outcome_that_is_not_over_or_none_is_refused(stage, value, target, code):
    with pytest.raises(Refused) as refused:
        outcome(stage, value, target)
    assert refused.value.code == code


def test_others_store_nothing_and_nobody_changes_a_row_not_even_past_python(stage):
    for role in (*OUTSIDE, "imdi_caseworker", "ministry"):
        with pytest.raises(NotPermitted):
            store_forecast(stage[role], forecast=forecast())
        with (
            acting(stage[role]),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            LedgerOutcome.objects.create(
                series="minors",
                target="2025",
                value=1,
                vintage="x",
                source="x",
                recorded_at="2026-03-16T09:00Z",
            )
    store_forecast(stage["imdi_lead"], forecast=forecast())
    with acting(stage["imdi_lead"]):
        assert LedgerForecast.objects.update(point=1) == 0
        assert LedgerForecast.objects.all().delete()[0] == 0


def test_when_the_log_fails_nothing_is_stored(stage, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        store_forecast(stage["imdi_lead"], forecast=forecast())
    monkeypatch.undo()
    with acting(SYSTEM):
        assert LedgerForecast.objects.count() == 0


def test_behind_the_outlook_stands_what_earlier_misses_would_make_of_the_need(stage):
    client = Client()
    client.force_login(stage.users["county"])
    page = client.get("/need/outlook/").content.decode()
    # 18 shipped forecasts made in their year and 9 the year before are scored (reception's fact page), none earlier.
    assert page.count('class="chart__dot"') == 27
    assert page.count("Ingen prognose laget så lenge i forveien er vurdert") == 2


def test_the_outlook_widens_year_by_year_around_the_need_that_stands(stage):
    with acting(stage["county"]):
        found = outlook(stage["county"], DAY)
    assert [one.year for one in found.years] == [2026, 2027, 2028, 2029]
    assert {one.at(0.50) for one in found.years} == {found.need.value}
    widths = [one.at(0.90) / one.at(0.10) for one in found.years]
    assert widths == sorted(widths)


def test_the_pages_answer_those_who_work_with_the_agreement_and_store_for_those_who_forecast(stage):
    client = Client()
    client.force_login(stage.users["udi_reception"])
    told = {
        "made": "2026-03-01", "maker": "UDI", "series": "minors", "target": "2026", "purpose": "planning",
        "point": "950", "vintage": "UDI, mars 2026", "source": "2026/1",
    }  # fmt: skip
    wrong = client.post("/need/ledger/new/", told | {"low": "2000"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post("/need/ledger/new/", told).status_code == HTTPStatus.FOUND
    assert (
        client.post(
            "/need/ledger/outcome/",
            {"series": "minors", "target": "2025", "value": "800", "vintage": "UDI", "source": "2026/2"},
        ).status_code
        == HTTPStatus.FOUND
    )
    other = Client()
    other.force_login(stage.users["municipality_decider"])
    page = other.get("/need/ledger/").content.decode()
    assert "UDI, mars 2026" in page
    assert other.get("/need/ledger/new/").status_code == HTTPStatus.FORBIDDEN
    lines = other.get("/need/ledger/?as=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 35 + 1
    assert other.get("/need/outlook/").status_code == HTTPStatus.OK
    assert len(other.get("/need/outlook/?as=csv").content.decode("utf-8-sig").splitlines()) == 5
