"""Monthly figures: each publication is kept, an as-of question gets what was known then, and no row is changed."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from bosett.terms.days import Month
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.forecast_months import store_months
from bosett_server.queries.forecast_months import monthly_figures
from bosett_server.records.models import MonthlyFigure
from tests.bosett_server.cast import world
from tests.bosett_server.decisions.test_api import Machine
from tests.bosett_server.life.scenes import logged

DAY = date(2026, 3, 16)
FEBRUARY, MARCH = date(2026, 2, 5), date(2026, 3, 5)
JAN, FEB = Month(2026, 1), Month(2026, 2)


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


def publish(stage, published: date, months: dict[Month, int], series: str = "asylum") -> int:
    return store_months(
        stage["imdi_lead"], series=series, published=published, months=months, source="udi.no"
    )


def known(stage, on: date, role: str = "county"):
    with acting(stage[role]):
        return monthly_figures(stage[role], "asylum", on)


def test_a_newer_publication_keeps_the_older_and_each_day_gets_what_was_known(stage):
    # UDI's January of 2026: first told as 207, a month later as 199.
    publish(stage, FEBRUARY, {JAN: 207})
    publish(stage, MARCH, {JAN: 199, FEB: 180})
    assert known(stage, date(2026, 2, 4)).months == ()
    assert [(one.month, one.value) for one in known(stage, date(2026, 3, 4)).months] == [(JAN, 207)]
    now = known(stage, DAY)
    assert [(one.month, one.value, one.first, one.versions) for one in now.months] == [
        (JAN, 199, 207, 2),
        (FEB, 180, 180, 1),
    ]
    assert now.months[0].revised_by == -8
    assert [(one.published, one.months, one.changed) for one in now.publications] == [
        (MARCH, 2, 1),
        (FEBRUARY, 1, 0),
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"series": "other"}, "series_not_known"),
        ({"source": " "}, "source_missing"),
        ({"published": date(2026, 3, 17)}, "day_in_future"),
        ({"months": {}}, "months_missing"),
        ({"months": {Month(2026, 4): 1}}, "month_after_publication"),
        ({"months": {Month(1900, 1).plus(n): 1 for n in range(601)}}, "months_too_many"),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_is_kept(stage, more, code):
    facts = {"series": "asylum", "published": MARCH, "months": {JAN: 1}, "source": "udi.no"} | more
    with pytest.raises(Refused) as refused:
        store_months(stage["imdi_lead"], **facts)
    assert refused.value.code == code
    with acting(SYSTEM):
        assert MonthlyFigure.objects.count() == 0


def test_the_same_day_is_published_once(stage):
    publish(stage, MARCH, {JAN: 199})
    with pytest.raises(Refused) as refused:
        publish(stage, MARCH, {JAN: 200})
    assert refused.value.code == "months_stored_before"
    assert [one.value for one in known(stage, DAY).months] == [199]


def test_storing_is_written_down_and_only_for_those_who_forecast(stage):
    with request_keyed("months"):
        publish(stage, MARCH, {JAN: 199})
    assert len(logged(stage, "store_months")) == 1
    for role in ("municipality_decider", "county", "ks", "nav"):
        with pytest.raises(NotPermitted):
            store_months(stage[role], series="asylum", published=FEBRUARY, months={JAN: 1}, source="x")


def test_the_database_lets_nobody_change_a_stored_month(stage):
    publish(stage, MARCH, {JAN: 199})
    with acting(stage["imdi_lead"]):
        assert MonthlyFigure.objects.filter(month="2026-01").update(value=1) == 0
        assert MonthlyFigure.objects.all().delete()[0] == 0
    with acting(stage["county"]), pytest.raises(DatabaseError), transaction.atomic():
        MonthlyFigure.objects.create(
            series="asylum", month="2026-02", published=MARCH, value=1, source="x", recorded_at="2026-03-16T00:00Z"
        )  # fmt: skip


def client_of(stage, role: str) -> Client:
    client = Client()
    client.force_login(stage.users[role])
    return client


def upload(client: Client, content: str, name: str = "months.csv", **more: str):
    facts = {"series": "asylum", "published": "2026-03-05", "source": "udi.no"} | more
    file = SimpleUploadedFile(name, content.encode())
    return client.post("/need/months/new/", {**facts, "file": file})


def test_a_file_is_loaded_and_stands_on_the_page_as_of_each_day(stage):
    client = client_of(stage, "udi_reception")
    assert (
        upload(client, "month,value\n2026-01,207\n", published="2026-02-05").status_code == HTTPStatus.FOUND
    )
    assert upload(client, "month,value\n2026-01,199\n2026-02,180\n").status_code == HTTPStatus.FOUND
    now = client.get("/need/months/?as=csv").content.decode().splitlines()
    assert now[1:] == ["2026-01,199,2026-03-05,207,2026-02-05,2", "2026-02,180,2026-03-05,180,2026-03-05,1"]
    before = client.get("/need/months/?as=csv&known=2026-03-01").content.decode().splitlines()
    assert before[1:] == ["2026-01,207,2026-02-05,207,2026-02-05,1"]
    page = client_of(stage, "county").get("/need/months/")
    assert page.status_code == HTTPStatus.OK
    assert "−8" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("month,value\n2026-01,1\n2026-03,1\n", "ingen rad for 2026-02"),
        ("month,value\n2026-01,1\n2026-01,1\n", "måneden 2026-01 to ganger"),
        ("month,value\n2026-01,1.5\n", "et helt tall"),
        ("month,value\n2026-01,-1\n", "Rad 2, kolonne value"),
        ("month,value\n", "ingen måneder"),
        ("month\n2026-01\n", "value"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_by_name_in_norwegian_and_nothing_is_kept(stage, content, words):
    answer = upload(client_of(stage, "imdi_lead"), content)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.content.decode()
    with acting(SYSTEM):
        assert MonthlyFigure.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([5, 6, 7], "en serie på 3 måneder"),
        ([0] * 9, "en serie med bare nuller"),
        ([5] * 9, "bosett forecast"),
    ],
)
def test_a_series_that_nothing_can_be_forecast_from_says_why(stage, values, words):
    publish(stage, MARCH, {Month(2025, 6).plus(place): value for place, value in enumerate(values)})
    assert words in client_of(stage, "ks").get("/need/months/").content.decode()


def test_the_call_answers_as_of_a_day_and_stores(stage, monkeypatch):
    caller = Machine(stage["imdi_lead"], monkeypatch)
    address = "forecast-months/months"
    body = {
        "series": "asylum", "published": "2026-02-05", "source": "udi.no",
        "months": [{"month": "2026-01", "value": 207}],
    }  # fmt: skip
    assert caller("post", address, body).json() == {"months": 1}
    twice = caller("post", address, body)
    assert (twice.status_code, twice.json()["code"]) == (HTTPStatus.CONFLICT, "months_stored_before")
    doubled = caller("post", address, body | {"published": "2026-03-05", "months": body["months"] * 2})
    assert doubled.json()["code"] == "month_twice"
    assert caller("get", f"{address}?series=asylum&known=2026-02-04").json()["items"] == []
    assert caller("get", f"{address}?series=asylum").json()["items"][0]["value"] == 207


def test_a_wrong_number_in_a_forecast_is_told_in_norwegian(stage):
    facts = {
        "made": "2026-03-01", "maker": "UDI", "series": "asylum", "target": "2026", "purpose": "planning",
        "low": "900", "point": "800", "high": "1000", "vintage": "UDI", "source": "x",
    }  # fmt: skip
    answer = client_of(stage, "imdi_lead").post("/need/ledger/new/", facts)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "lavest ≤ forventet ≤ høyest" in answer.content.decode()
