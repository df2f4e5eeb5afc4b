"""Runs, what if, choices, one household and score tables over the API: the same steps, the same refusals."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.test import Client

from bosett_server.access.actor import Actor
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.placement_scores import CARD
from bosett_server.web import middleware
from tests.bosett_server.cast import HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import interview_of, measured

IMDI, LEAD, MUNICIPALITY = "imdi_caseworker", "imdi_lead", "municipality_coordinator"


@pytest.fixture
def call(stage, monkeypatch):
    def send(role: str, method: str, path: str, body: object = None, key: str = ""):
        actor: Actor = replace(stage[role], channel="api")
        monkeypatch.setattr(middleware, "_api_actor", lambda _request: actor)
        told = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        headers = {"Authorization": "Bearer read-elsewhere"} | ({"Idempotency-Key": key} if key else {})
        return getattr(Client(), method)(f"/api/v1/placement-runs/{path}", headers=headers, **told)

    return send


def started(call, **aim) -> dict:
    answer = call(IMDI, "post", "runs", {"year": YEAR, **aim})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_run_is_started_once_for_a_key_and_read_checked_and_taken_along(stage, call):
    household(stage)
    first = call(IMDI, "post", "runs", {"year": YEAR, "objective": "wishes"}, key="k").json()
    again = call(IMDI, "post", "runs", {"year": YEAR, "objective": "wishes"}, key="k").json()
    assert (first["state"], first["id"]) == ("done", again["id"])
    assert [one["id"] for one in call(IMDI, "get", "runs").json()["items"]] == [first["id"]]
    told = call(IMDI, "post", f"runs/{first['id']}/check", {"again": True}).json()
    assert (told["ok"], told["same_bytes"], told["breaches"]) == (True, True, [])
    files = call(IMDI, "get", f"runs/{first['id']}/files").json()
    assert files["out"]["placements.csv"].startswith("household_id,municipality_id,score,reason\n")
    assert len(call(IMDI, "post", f"runs/{first['id']}/fairness").json()["curve"]) == 10


def test_two_runs_prices_and_what_if(stage, call):
    vedtak(HERE, 2)
    homes = [household(stage) for _ in range(2)]
    for home in homes:
        interview_of(home, wishes=[HERE])
    first, second = started(call), started(call, objective="score")
    told = call(IMDI, "get", f"runs/{first['id']}/compared/{second['id']}").json()
    assert told["same"] + len(told["moved"]) == 2
    prices = call(IMDI, "get", f"runs/{first['id']}/prices").json()["items"]
    assert {one["municipality"] for one in prices} == {HERE}
    asked = call(IMDI, "post", f"runs/{first['id']}/what-if", {"places": {HERE: 4}}).json()
    assert (asked["persons"], asked["points"], asked["exact"]) == (0, pytest.approx(15.0), True)
    refused = call(IMDI, "post", f"runs/{first['id']}/what-if", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_change_to_try")


def test_a_choice_is_made_listed_and_lifted(stage, call):
    home = household(stage)
    body = {"household": str(home.pk), "year": YEAR, "kind": "place", "municipality": THERE,
            "reason_code": "home_fits"}  # fmt: skip
    number = call(IMDI, "post", "choices", body).json()["id"]
    (listed,) = call(IMDI, "get", "choices").json()["items"]
    assert (listed["id"], dict(listed["price"]["levels"])["score"]) == (number, pytest.approx(15.0))
    assert call(IMDI, "post", "choices", body).json()["code"] == "choice_stands_already"
    assert call(IMDI, "post", f"choices/{number}/lift").status_code == 200
    assert call(IMDI, "get", "choices").json()["items"] == []


def test_one_household_and_ones_own_price(stage, call):
    home = household(stage)
    told = call(IMDI, "get", f"recommendation/{YEAR}/{home.pk}").json()
    assert [one["municipality"] for one in told["suggestions"]] == [HERE, THERE]
    started(call)
    own = call(MUNICIPALITY, "get", f"prices/{YEAR}/{HERE}").json()["items"]
    assert {(one["persons"], one["points"], one["does"]) for one in own} == {(None, None, "nothing")}
    assert {one["points"] for one in call(IMDI, "get", f"prices/{YEAR}/{HERE}").json()["items"]} == {0.0}
    assert call(MUNICIPALITY, "get", f"prices/{YEAR}/{THERE}").json()["items"] == []
    for path in ("runs", "choices", f"recommendation/{YEAR}/{home.pk}"):
        assert call(MUNICIPALITY, "get", path).status_code == 403


def test_a_score_table_over_the_api(stage, call):
    home = household(stage)
    body = {"name": "Syntetisk", "file_name": "s.csv", "card": dict.fromkeys(CARD, "Syntetisk."),
            "csv": f"household_reference,{HERE},{THERE}\n{home.reference},1,2\n"}  # fmt: skip
    assert call(IMDI, "post", "score-tables", body).status_code == 403
    body["report"] = measured(Incoming("s.csv", body["csv"].encode())).content.decode()
    made = call(LEAD, "post", "score-tables", body).json()
    assert (made["may_be_used"], made["null_world_worst"], made["drift"]) == (True, -0.0035, "same")
    again = call(LEAD, "post", f"score-tables/{made['id']}/report", {"report": body["report"]})
    assert again.json()["state"] == "checked"
    assert (made["state"], made["counts"]["ready_covered"]) == ("checked", 1)
    assert call(LEAD, "post", f"score-tables/{made['id']}/approve").status_code == 200
    assert started(call, scores=made["id"])["scores"] == made["id"]
    assert call(LEAD, "post", f"score-tables/{made['id']}/retire").status_code == 200
    assert call(IMDI, "get", "score-tables").json()["items"][0]["state"] == "retired"
