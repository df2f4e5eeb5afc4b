"""The months ahead: asked for by a person, made in the background, kept in the ledger, scored when they are known."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import translation

from bosett.terms.days import Month
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.forecast_months import store_months
from bosett_server.actions.forecast_months_ahead import (
    Asked,
    ask_for_months_ahead,
    made_ahead,
    store_months_ahead,
)
from bosett_server.jobs.forecast import make_months_ahead
from bosett_server.queries.forecast_ledger import ledger
from bosett_server.queries.forecast_months_ahead import months_ahead
from bosett_server.web.forecast.ahead import judgement_in, made_by
from tests.bosett_server.cast import world
from tests.bosett_server.decisions.test_api import Machine
from tests.bosett_server.life.scenes import told

DAY = date(2026, 3, 16)
PLAIN = Asked("ordinary")
pytestmark = pytest.mark.filterwarnings("ignore::Warning")


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


def load(stage, months: int = 14, series: str = "ordinary", published: date = date(2026, 3, 5)) -> None:
    first = Month(2026, 2).plus(1 - months)
    figures = {first.plus(n): 150 + (n * 37) % 60 for n in range(months)}
    store_months(stage["imdi_lead"], series=series, published=published, months=figures, source="udi.no")


def made(stage, asked: Asked = PLAIN) -> None:
    user = stage["imdi_lead"].user_id
    make_months_ahead(asked.series, asked.first, asked.factor, asked.reason, user)


def seen(stage, role: str = "udi_reception"):
    with acting(stage[role]):
        return months_ahead(stage[role], "ordinary", DAY)


def test_twelve_months_stand_in_the_ledger_with_their_quantiles_and_whoever_asked_is_told(stage):
    load(stage)
    assert ask_for_months_ahead(stage["imdi_lead"], asked=PLAIN) == 14
    made(stage)
    one = seen(stage).made[0]
    assert [str(month.month) for month in one.months] == [str(Month(2026, 2).plus(n)) for n in range(1, 13)]
    assert all(list(month.quantiles) == sorted(month.quantiles) for month in one.months)
    assert one.vintage == "2026-03-05"
    assert told(stage, "imdi_lead", "months_ahead_made")
    assert not told(stage, "udi_reception", "months_ahead_made")


def test_a_judgement_stands_beside_the_models_under_its_own_name_with_its_reason(stage):
    load(stage)
    made(stage)
    made(stage, Asked("ordinary", "2026-06", 1.5, "the border opens"))
    plain, judged = sorted(seen(stage).made, key=lambda one: one.judged)
    assert judged.months[2].at(0.50) == pytest.approx(plain.months[2].at(0.50), abs=1)
    assert judged.months[3].at(0.50) == pytest.approx(1.5 * plain.months[3].at(0.50), abs=1)
    assert "the border opens" in judged.explained


def test_a_month_that_is_published_later_is_the_outcome_and_the_miss_is_shown(stage, settings):
    load(stage)
    made(stage)
    settings.BOSETT_TODAY = date(2026, 4, 10)
    middle = seen(stage).made[0].months[0].quantiles[4]
    march = {Month(2026, 3): round(2 * middle)}
    store_months(
        stage["imdi_lead"], series="ordinary", published=date(2026, 4, 5), months=march, source="udi.no"
    )
    found = seen(stage)
    assert found.missed[1] == (pytest.approx(round(2 * middle) / middle),)
    with acting(stage["ministry"]):
        by_maker = ledger(stage["ministry"]).scores.by_maker
    assert by_maker["Bosett"].points == 1
    assert by_maker["Bosett"].mean_crps is not None


def test_the_lessons_by_lead_are_of_years_alone(stage):
    with acting(stage["imdi_lead"]):
        before = ledger(stage["imdi_lead"]).scores.by_lead
    load(stage)
    made(stage)
    with acting(stage["imdi_lead"]):
        assert ledger(stage["imdi_lead"]).scores.by_lead == before


def test_other_countries_take_part_where_two_years_are_loaded_here_and_there(stage):
    load(stage, 30)
    made(stage)
    assert "joint" not in seen(stage).made[0].explained
    load(stage, 30, "asylum SE")
    weights = made_ahead(SYSTEM, PLAIN).weights
    assert weights["joint"] > 0
    assert seen(stage).countries == ("asylum SE",)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("minors"), "months_not_forecastable"),
        (Asked("ordinary", "2026-06", 1.5, ""), "forecast_shift_wrong"),
        (Asked("ordinary", "2026-13", 1.5, "why"), "forecast_shift_wrong"),
        (Asked("ordinary", "2029-01", 1.5, "why"), "forecast_shift_wrong"),
    ],
)
def test_what_cannot_be_forecast_is_refused_before_anything_is_put_in_line(stage, asked, code):
    load(stage)
    with pytest.raises(Refused) as refused:
        ask_for_months_ahead(stage["imdi_lead"], asked=asked)
    assert refused.value.code == code


def test_the_same_day_is_forecast_once_and_three_months_are_too_few(stage):
    load(stage, 3, "minors")
    with pytest.raises(Refused, match="months_not_forecastable"):
        ask_for_months_ahead(stage["imdi_lead"], asked=Asked("minors"))
    load(stage)
    made(stage)
    with pytest.raises(Refused, match="months_ahead_made_today"):
        ask_for_months_ahead(stage["imdi_lead"], asked=PLAIN)


def test_months_that_changed_meanwhile_are_told_and_nothing_is_stored(stage):
    make_months_ahead("ordinary", "", None, "", stage["imdi_lead"].user_id)
    assert told(stage, "imdi_lead", "months_ahead_not_made")
    assert seen(stage).made == ()


@pytest.mark.parametrize("role", ["county", "ks", "municipality_coordinator", "imdi_caseworker"])
def test_only_those_who_forecast_ask_and_nobody_stores_by_hand(stage, role):
    load(stage)
    with pytest.raises(NotPermitted):
        ask_for_months_ahead(stage[role], asked=PLAIN)
    told_now = made_ahead(SYSTEM, PLAIN)
    with pytest.raises(NotPermitted):
        store_months_ahead(stage["imdi_lead"], asked=PLAIN, told=told_now, user=None)


def test_the_forecast_is_internal_and_the_page_its_files_and_the_api_agree(stage, monkeypatch):
    load(stage)
    made(stage)
    assert seen(stage, "county").made == ()
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    page = client.get("/need/months/ahead/?series=ordinary")
    assert page.status_code == HTTPStatus.OK
    rows = client.get("/need/months/ahead/?series=ordinary&as=json").json()["rows"]
    items = Machine(stage["imdi_lead"], monkeypatch)("get", "forecast-ahead/months?series=ordinary").json()[
        "items"
    ]
    assert [row["p50"] for row in rows] == [round(one["quantiles"][4], 3) for one in items[0]["months"]]
    for kind in ("csv", "xlsx"):
        assert client.get(f"/need/months/ahead/?series=ordinary&as={kind}").status_code == HTTPStatus.OK


def test_a_judgement_that_is_not_whole_keeps_what_was_typed(stage):
    load(stage)
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    typed = {"series": "ordinary", "first": "2026-06", "factor": "1.4", "reason": ""}
    answer = client.post("/need/months/ahead/new/", typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for value in ("2026-06", "1.4"):
        assert f'value="{value}"' in answer.content.decode()
    assert clock.today() == DAY


def test_models_and_judgement_are_told_in_words_and_not_as_they_are_stored():
    stored = "Bosett 0.1.0: auto_ets 70%, joint 30%; x 1.3 from 2026-05: minst 20% flere"
    with translation.override("nb"):
        assert made_by(stored) == [
            ("Eksponentiell glatting (AutoETS)", "70"),
            ("Flere land sammen", "30"),
        ]
        assert judgement_in(stored) == "ganger 1,30 fra mai 2026. minst 20% flere"
        assert judgement_in("Bosett 0.1.0: auto_ets 70%") == "Bosett 0.1.0: auto_ets 70%"
