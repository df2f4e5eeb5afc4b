"""The same steps over the API: permission, problem, paging, once per key."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.test import Client

from bosett_server.access.actor import Actor
from bosett_server.actions.placement_work import run_placement
from bosett_server.web import middleware
from tests.bosett_server.cast import HERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import assignment, home_now, offer, quota

IMDI, MUNICIPALITY = "imdi_caseworker", "municipality_coordinator"


class Machine:
    """A caller whose token has been read: the reading itself is tested with the tokens."""

    def __init__(self, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        self.actor = replace(actor, channel="api")
        self.patch = monkeypatch

    def __call__(self, method: str, path: str, body: object = None, **headers: str):
        self.patch.setattr(middleware, "_api_actor", lambda _request: self.actor)
        told = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        headers = {
            "Authorization": "Bearer read-elsewhere",
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        return getattr(Client(), method)(f"/api/v1/placement/{path}", headers=headers, **told)


@pytest.fixture
def machines(stage, monkeypatch):
    return {role: Machine(stage[role], monkeypatch) for role in (IMDI, MUNICIPALITY, "stranger", "ks")}


def test_from_run_to_acceptance_over_the_api(stage, machines):
    home = household(stage)
    imdi, here = machines[IMDI], machines[MUNICIPALITY]
    assert imdi("post", f"runs/{YEAR}").status_code == 200
    (row,) = imdi("get", f"proposals/{YEAR}?show=easy").json()["items"]
    assert (row["municipality"], row["persons"], row["doubts"]) == (HERE, 2, [])
    (number,) = imdi("post", "decisions", {"proposals": [row["id"]]}).json()["ids"]
    (card,) = here("get", "cards").json()["items"]
    assert (card["id"], card["persons"]) == (number, 2)
    full = here("get", f"cards/{number}").json()
    assert "SYN" not in json.dumps(full)
    assert here("post", f"cards/{number}/acceptance", {"version": full["version"]}).status_code == 200
    assert home_now(home).stage == "assigned"
    again = here("post", f"cards/{number}/acceptance", {"version": full["version"]})
    assert (again.status_code, again.json()["code"]) == (409, "already_answered")


def test_a_decision_is_undone_over_the_api(stage, machines):
    homes, imdi = [household(stage) for _ in range(2)], machines[IMDI]
    imdi("post", f"runs/{YEAR}")
    rows = imdi("get", f"proposals/{YEAR}").json()["items"]
    offers = imdi("post", "decisions", {"proposals": [one["id"] for one in rows]}).json()["ids"]
    assert imdi("post", "decisions/undo", {"assignments": offers}).json() == {"count": 2}
    assert [home_now(one).stage for one in homes] == ["ready", "ready"]
    again = imdi("post", "decisions/undo", {"assignments": offers})
    assert (again.status_code, again.json()["code"]) == (409, "offer_met_meanwhile")


def test_question_refusal_withdrawal_and_override_over_the_api(stage, machines):
    imdi, here = machines[IMDI], machines[MUNICIPALITY]
    one, two = offer(stage), offer(stage)
    asked = here("post", f"cards/{one.pk}/question", {"question": "home_needs"}).json()["id"]
    assert imdi("post", f"questions/{asked}/answer", {"text": "Two rooms."}).status_code == 200
    no = {"version": 1, "reason": "no_suitable_home"}
    assert here("post", f"cards/{one.pk}/refusal", no).status_code == 200
    back = {"version": 1, "reason": "wrong_facts"}
    assert imdi("post", f"offers/{two.pk}/withdrawal", back).status_code == 200
    assert [assignment(x.pk).state for x in (one, two)] == ["declined", "withdrawn"]
    told = {"household": str(one.household_id), "municipality": HERE, "year": YEAR}
    refused = imdi("post", "decision", told)
    assert (refused.status_code, refused.json()["code"]) == (409, "override_needs_reason")
    assert imdi("post", "decision", told | {"override_reason": "Asked again"}).status_code == 200


def test_places_and_self_settlement_over_the_api(stage, machines):
    imdi, here = machines[IMDI], machines[MUNICIPALITY]
    number = here("post", f"openings/{YEAR}/{HERE}", {"number": 3, "reason": "home_free"}).json()["id"]
    (row,) = imdi("get", f"places/{YEAR}?municipality={HERE}&group=all").json()["items"]
    assert (row["vedtak"], row["opened"], row["left"]) == (20, 3, 23)
    assert here("post", f"opening/{number}/withdrawal").status_code == 200
    home = household(stage)
    asked = {"household": str(home.pk), "municipality": HERE, "lease_from": "2026-06-01"}
    request = imdi("post", "self-settlements", asked).json()["id"]
    assert here("post", f"self-settlements/{request}/answer", {"approve": True}).status_code == 200
    assert imdi("post", f"self-settlements/{request}/decision").status_code == 200
    gone = imdi("post", f"self-settlements/{request}/withdrawal")
    assert (gone.status_code, gone.json()["code"], home_now(home).stage) == (
        409,
        "already_decided",
        "assigned",
    )


def test_the_same_key_is_served_once(stage, machines):
    home = household(stage)
    told = {"household": str(home.pk), "municipality": HERE, "year": YEAR, "override_reason": "x"}
    first, second = (
        machines[IMDI]("post", "decision", told, Idempotency_Key="k-77").json() for _ in range(2)
    )
    assert first == second
    assert quota().assigned == 2


def test_a_page_of_proposals_ends_where_the_next_begins(stage, machines):
    vedtak(HERE, 40)
    for _ in range(5):
        household(stage)
    run_placement(stage[IMDI], year=YEAR)
    seen, cursor = [], ""
    for _ in range(3):
        page = machines[IMDI]("get", f"proposals/{YEAR}?limit=2&cursor={cursor}").json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next"]
    assert (len(seen), len(set(seen)), cursor) == (5, 5, "")
    assert machines[IMDI]("get", f"proposals/{YEAR}?cursor=%21").status_code == 422
    assert machines[IMDI]("get", f"proposals/{YEAR}?show=secret").status_code == 422


def test_the_api_refuses_as_the_pages_do(stage, machines):
    one = offer(stage)
    assert machines["stranger"]("get", f"cards/{one.pk}").status_code == 404
    assert machines["ks"]("get", f"proposals/{YEAR}").status_code == 403
    assert machines[MUNICIPALITY]("post", f"runs/{YEAR}").status_code == 403
    assert machines[IMDI]("post", f"cards/{one.pk}/acceptance", {"version": 1}).status_code == 403
