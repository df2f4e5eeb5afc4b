"""The same steps over the API: from registered to moved on, once per key, each refusal a problem."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.test import Client

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import Centre, Household, Interview, Person
from bosett_server.web import middleware
from tests.bosett_server.cast import HERE, THERE, household
from tests.bosett_server.life.scenes import assign, assigned, life, now, people, set_home, the_assignment

PERSON = {
    "given_name": "Rolig", "family_name": "Testperson", "birth_date": "1990-05-17", "sex": "female",
    "citizenship": "UKR", "basis": "collective",
}  # fmt: skip


@pytest.fixture
def call(stage, monkeypatch):
    def send(role: str, method: str, path: str, body: object = None, key: str = ""):
        monkeypatch.setattr(middleware, "_api_actor", lambda _request: replace(stage[role], channel="api"))
        headers = {"Authorization": "Bearer read-elsewhere"} | ({"Idempotency-Key": key} if key else {})
        told = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(Client(), method)(f"/api/v1/{path}", headers=headers, **told)

    return send


def done(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_household_all_the_way_over_the_api(stage, call):
    facts = {
        "track": "collective",
        "language": "uk",
        "centre_id": stage.centre.pk,
        "arrived_on": "2026-01-05",
    }
    key = done(call("udi_reception", "post", "capacity/households", facts | {"persons": [PERSON]}))["id"]
    done(call("udi_reception", "post", f"capacity/households/{key}/permit", {"on": "2026-02-02"}))
    home = f"followup/households/{key}"
    done(call("centre", "patch", f"{home}/interview", {"held_on": "2026-03-02", "interpreter": "not_needed"}))
    rest = {"health_consent": False, "comment_invited_on": "2026-03-02", "comment_due_on": "2026-03-06"}
    done(call("centre", "post", f"{home}/interview", rest | {"wishes": [HERE]}))
    told = done(call("centre", "get", f"{home}/interview?held=true"))
    assert (told["held"], told["wishes"], told["health_consent"]) == (True, [HERE], False)
    done(call("imdi_caseworker", "post", f"{home}/ready", {"needs": ["school_upper"]}))
    done(call("imdi_caseworker", "put", f"{home}/needs", {"needs": []}))
    with acting(SYSTEM):
        row = Household.objects.get(pk=key)
    assign(stage, row)
    here = "municipality_coordinator"
    done(call(here, "put", f"{home}/date", {"day": "2026-03-16"}))
    one = str(people(row)[0].pk)
    arrived = {"persons": [{"person": one, "settled_on": "2026-03-16"}]}
    assert done(call(here, "post", f"{home}/settlements", arrived, key="k1"))["persons"] == [one]
    assert done(call(here, "post", f"{home}/settlements", arrived, key="k1"))["persons"] == [one]
    twice = call(here, "post", f"{home}/settlements", arrived, key="k2")
    assert (twice.status_code, twice.json()["code"]) == (409, "person_already_settled")
    moved = {"persons": [one], "to": THERE, "registered_on": "2026-03-16"}
    done(call(here, "post", f"{home}/moves", moved))
    assert now(row).assigned_municipality_id == THERE


def test_settlement_before_assignment_is_a_problem_and_stores_nothing(stage, call):
    home = household(stage)
    set_home(home, assigned_municipality_id=HERE)
    arrived = {"persons": [{"person": str(people(home)[0].pk), "settled_on": "2026-03-16"}]}
    answer = call("municipality_coordinator", "post", f"followup/households/{home.pk}/settlements", arrived)
    assert (answer.status_code, answer.json()["code"]) == (409, "settlement_before_assignment")
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_each_event_has_a_call(stage, call):
    home, other = household(stage, persons=4), household(stage)
    base, caller = f"followup/households/{home.pk}", "imdi_caseworker"
    oldest, second, third, fourth = (str(p.pk) for p in people(home))
    child = {"born_on": "2026-03-10", "sex": "male", "given_name": "Ny", "family_name": "Testperson"}
    done(call(caller, "post", f"{base}/birth", child))
    day = {"on": "2026-03-10"}
    done(call(caller, "post", f"{base}/death", day | {"person": oldest}))
    done(call(caller, "post", f"{base}/split", day | {"persons": [second]}))
    done(call(caller, "post", f"{base}/permit-lost", day | {"persons": [third]}))
    done(call(caller, "post", f"{base}/left", day | {"persons": [fourth], "reason": "withdrew"}))
    done(call(caller, "post", f"{base}/merge", day | {"other": str(other.pk)}))
    assert len(life(home)) == 6
    flags = done(call(caller, "post", f"{base}/recheck", {"codes": ["birth", "death", "split"]}))["recheck"]
    assert flags == ["left", "merge", "permit_lost"]


def test_consent_is_withdrawn_and_an_interview_abroad_recorded(stage, call):
    home = household(stage)
    done(call("centre", "delete", f"followup/households/{home.pk}/health-consent"))
    with acting(SYSTEM):
        assert Interview.objects.get(household=home).health_consent is False
    far = household(stage, stage="in_reception", track="resettlement", interview=False)
    done(
        call(
            "imdi_caseworker", "post", f"followup/households/{far.pk}/interview-abroad", {"on": "2026-01-05"}
        )
    )
    assert now(far).stage == "interviewed"


def test_centres_over_the_api(stage, call):
    udi = "udi_reception"
    facts = {
        "name": "Nytt mottak", "kind": "ordinary", "operator_kind": "state", "municipality": THERE,
        "opens_on": "2026-03-01", "informed_on": "2026-02-02",
    }  # fmt: skip
    centre = done(call(udi, "post", "capacity/centres", facts))["id"]
    base = f"capacity/centres/{centre}"
    assert call("imdi_lead", "get", base).status_code == 404
    done(call(udi, "post", f"{base}/announcement", {}))
    done(call(udi, "put", f"{base}/places", {"kind": "ordinary", "number": 40, "starts_on": "2026-03-01"}))
    contract = {"price_per_place_day_nok": 480, "notice_days": 90, "starts_on": "2026-03-01"}
    kept = f"capacity-plans/centres/{centre}/contracts"
    assert call("imdi_lead", "post", kept, contract).status_code == 403
    made = done(call(udi, "post", kept, contract))["id"]
    twice = call(udi, "post", kept, contract)
    assert (twice.status_code, twice.json()["code"]) == (409, "contracts_overlap")
    shown = done(call(udi, "get", f"capacity-plans/contracts?centre={centre}"))["items"]
    # No price of an empty place was told: what a day costs is not known, which is not 0.
    assert [(one["id"], one["occupied_nok"], one["empty_nok"]) for one in shown] == [(made, 480, None)]
    assert call("imdi_lead", "get", "capacity-plans/contracts").status_code == 403
    found = done(call("imdi_lead", "get", base))
    assert (found["places"], found["residents"], len(found["weeks"])) == (40, 0, 12)
    own = done(call("municipality_coordinator", "get", "capacity/centres"))["items"]
    assert [(one["municipality"], one["residents"]) for one in own] == [(HERE, None)]
    close = {"closes_on": "2026-06-01", "dialogue_on": "2026-03-02", "dialogue_reference": "2026/1"}
    done(call(udi, "post", f"{base}/closing", close))
    with acting(SYSTEM):
        assert Centre.objects.get(pk=centre).closes_on is not None
    home = household(stage, stage="in_reception")
    done(call(udi, "post", f"capacity/households/{home.pk}/stay", {"on": "2026-03-10", "centre_id": centre}))
    done(call(udi, "post", f"capacity/households/{home.pk}/stay", {"on": "2026-03-12"}))
    assert now(home).centre_id is None


def test_a_list_is_held_against_the_register(stage, call):
    home = assigned(stage)
    with acting(SYSTEM):
        Person.objects.filter(pk=people(home)[0].pk).update(duf_number="900000000001")
    body = {
        "key": "duf_number",
        "municipality": HERE,
        "year": 2026,
        "lines": [{"key": "900000000001", "settled_on": "2026-03-10"}],
    }
    found = done(call("municipality_coordinator", "post", "followup/reconciliation", body))["items"]
    assert [(one["key"], one["difference"]) for one in found] == [("900000000001", "missing_in_register")]
    assert call("stranger", "post", "followup/reconciliation", body).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "interview", {}),
        ("post", "ready", {"needs": []}),
        ("put", "date", {"day": "2026-05-04"}),
        ("post", "settlements", {"persons": []}),
        ("post", "permit-lost", {"on": "2026-03-10"}),
    ],
)
def test_a_role_without_the_right_is_refused_and_a_stranger_finds_nothing(stage, call, method, path, body):
    home = assigned(stage)
    answer = call("county", method, f"followup/households/{home.pk}/{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    hidden = call("stranger", method, f"followup/households/{home.pk}/{path}", body)
    assert hidden.status_code in {403, 404}
    assert the_assignment(home).state == "accepted"
