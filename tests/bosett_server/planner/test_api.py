"""The planner over the API: the same steps and the same walls as the pages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from bosett_server.access.context import acting
from bosett_server.records.models import Home
from bosett_server.web import middleware
from tests.bosett_server.cast import HERE, THERE, YEAR, World, vedtak, world
from tests.bosett_server.planner.scenes import COORDINATOR, DECIDER, assigned

API = "/api/v1"
NEXT = YEAR + 1


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    made = world()
    vedtak(HERE, 40)
    return made


@pytest.fixture
def client(monkeypatch):
    """Takes the actor of a role as read from a token; the reading itself is tested with the tokens."""
    return monkeypatch


def call(client, stage: World, role: str, method: str, path: str, body=None, key: str = ""):
    client.setattr(middleware, "_api_actor", lambda _request: replace(stage[role], channel="api"))
    headers = {"Authorization": "Bearer read-elsewhere"} | ({"Idempotency-Key": key} if key else {})
    sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(Client(), method)(f"{API}{path}", headers=headers, **sent)


ROW = {"resource": "housing", "per_person": None, "units": [12] * 12}


def test_a_plan_is_put_and_answered(client, stage):
    body = {"version": 0, "resources": [ROW]}
    assert call(client, stage, DECIDER, "put", f"/planner/{HERE}/{NEXT}", body).json() == {"version": 1}
    plan = call(client, stage, COORDINATOR, "get", f"/planner/{HERE}/{NEXT}").json()
    assert [float(one) for one in plan["resources"][0]["units"]] == [12.0] * 12
    told = call(client, stage, COORDINATOR, "get", f"/planner/{HERE}/{NEXT}/answer").json()
    assert (told["total"], told["binds_first"], told["taken"]) == (12, "housing", 0)
    assert "school" in told["not_counted"]
    assert [one["persons"] for one in told["alternatives"]] == [0, 12]


def test_a_version_that_is_not_the_newest_is_a_conflict(client, stage):
    body = {"version": 0, "resources": [ROW]}
    call(client, stage, DECIDER, "put", f"/planner/{HERE}/{NEXT}", body)
    again = call(client, stage, DECIDER, "put", f"/planner/{HERE}/{NEXT}", body)
    assert again.status_code == 409
    assert again.json()["code"] == "somebody_changed_it_meanwhile"


def test_a_year_has_twelve_months(client, stage):
    body = {"version": 0, "resources": [ROW | {"units": [1] * 11}]}
    answer = call(client, stage, DECIDER, "put", f"/planner/{HERE}/{NEXT}", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_number_wrong")


def test_commitments_come_and_go(client, stage):
    path = f"/planner/{HERE}/{NEXT}/commitments"
    body = {"kind": "family", "persons": 3, "month": 4, "told_by": "udi"}
    number = call(client, stage, COORDINATOR, "post", path, body).json()["id"]
    told = call(client, stage, COORDINATOR, "get", f"/planner/{HERE}/{NEXT}/answer").json()["commitments"]
    assert told == [
        {"id": number, "kind": "family", "persons": 3, "month": "2027-04", "told_by": "udi", "housed": False}
    ]
    assert call(client, stage, COORDINATOR, "delete", f"{path}/{number}").json() == {"id": number}
    assert call(client, stage, COORDINATOR, "delete", f"{path}/{number}").status_code == 404


def test_the_paper_is_written_and_fetched(client, stage):
    body = {"version": 0, "texts": {"assessment": "Ja."}, "recommended": 20}
    assert call(client, stage, DECIDER, "put", f"/planner/{HERE}/{YEAR}/paper", body).status_code == 200
    answer = call(client, stage, DECIDER, "get", f"/planner/{HERE}/{YEAR}/paper/docx?language=nn")
    assert answer.content.startswith(b"PK")
    assert call(client, stage, DECIDER, "get", f"/planner/{HERE}/{NEXT}/paper/pdf").status_code == 404


def test_a_home_is_registered_given_and_taken_out(client, stage):
    who = assigned(stage)
    body = {"address": "Storgata 1", "bedrooms": 2, "free_from": "2026-01-01"}
    number = call(client, stage, COORDINATOR, "post", f"/homes/{HERE}", body).json()["id"]
    fits = call(client, stage, COORDINATOR, "get", f"/homes/{HERE}/{number}/fits").json()
    assert [(one["household"], one["fits"]) for one in fits] == [(str(who.pk), True)]
    mine = call(client, stage, COORDINATOR, "get", f"/homes/{HERE}/households/{who.pk}/fits").json()
    assert [(one["home"], one["misfits"]) for one in mine] == [(number, [])]
    hold = {"household": str(who.pk), "starts_on": "2026-04-01"}
    held = call(client, stage, COORDINATOR, "post", f"/homes/{HERE}/{number}/holds", hold).json()["id"]
    twice = call(
        client, stage, COORDINATOR, "post", f"/homes/{HERE}/{number}/holds", hold | {"household": ""}
    )
    assert (twice.status_code, twice.json()["code"]) == (409, "home_held_then")
    ended = call(client, stage, COORDINATOR, "put", f"/homes/{HERE}/holds/{held}", {"ends_on": "2026-09-01"})
    assert ended.status_code == 200
    assert call(client, stage, COORDINATOR, "delete", f"/homes/{HERE}/holds/{held}").status_code == 200
    changed = call(
        client, stage, COORDINATOR, "put", f"/homes/{HERE}/{number}", body | {"bedrooms": 3, "version": 1}
    )
    assert changed.json() == {"version": 2}
    assert call(client, stage, COORDINATOR, "delete", f"/homes/{HERE}/{number}").status_code == 200
    assert call(client, stage, COORDINATOR, "get", f"/homes/{HERE}").json()["items"] == []


def test_the_list_of_homes_is_paged(client, stage):
    homes = [{"address": f"Vei {n}", "bedrooms": 1, "free_from": "2026-01-01"} for n in range(3)]
    taken = call(client, stage, COORDINATOR, "post", f"/homes/{HERE}/import", {"homes": homes})
    assert taken.json() == {"new": 3, "changed": 0, "same": 0}
    first = call(client, stage, COORDINATOR, "get", f"/homes/{HERE}?limit=2").json()
    second = call(client, stage, COORDINATOR, "get", f"/homes/{HERE}?limit=2&cursor={first['next']}").json()
    assert [one["address"] for one in (*first["items"], *second["items"])] == ["Vei 0", "Vei 1", "Vei 2"]
    assert second["next"] == ""


def test_the_same_key_registers_a_home_once(client, stage):
    body = {"address": "Storgata 1", "bedrooms": 2, "free_from": "2026-01-01"}
    for _ in range(2):
        answer = call(client, stage, COORDINATOR, "post", f"/homes/{HERE}", body, key="k1")
        assert answer.status_code == 200
    with acting(stage[COORDINATOR]):
        assert Home.objects.count() == 1


def test_weeks_are_put_listed_and_confirmed(client, stage):
    body = {"version": 0, "weeks": [{"monday": "2026-03-23", "households": {"1": 2, "4": 1}}]}
    assert call(client, stage, COORDINATOR, "put", f"/weeks/{HERE}", body).json() == {"version": 1}
    told = call(client, stage, "imdi_caseworker", "get", "/weeks?state=in_force").json()["items"]
    assert [(one["municipality"], one["beside_vedtak"]) for one in told] == [(HERE, -34)]
    assert told[0]["weeks"][0]["persons_at_least"] == 6
    assert call(client, stage, DECIDER, "post", f"/weeks/{HERE}/confirmation").json() == {"version": 2}
    tuesday = {"version": 2, "weeks": [{"monday": "2026-03-24", "households": {"1": 2}}]}
    assert call(client, stage, COORDINATOR, "put", f"/weeks/{HERE}", tuesday).json()["code"] == "week_wrong"


def test_a_county_lists_its_own_alone(client, stage):
    codes = [one["municipality"] for one in call(client, stage, "county", "get", "/weeks").json()["items"]]
    assert codes == [HERE]
    assert call(client, stage, "county", "get", f"/weeks/{THERE}").status_code == 404


@pytest.mark.parametrize(
    "path", [f"/planner/{HERE}/{NEXT}", f"/planner/{HERE}/{NEXT}/answer", f"/homes/{HERE}", f"/weeks/{HERE}"]
)
def test_another_municipality_finds_nothing(client, stage, path):
    assert call(client, stage, "stranger", "get", path).status_code == 404
    assert call(client, stage, "ks", "get", path).status_code == 403
