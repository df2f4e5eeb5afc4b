"""Whatever goes wrong leaves as an RFC 9457 problem, and nothing of ours is told."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from bosett_server.access.context import acting
from bosett_server.api.problems import PROBLEM_BASE
from bosett_server.records.models import AuditEvent, VersionedFigure

VEDTAK = "decisions/vedtak/2026/3301"
BODY = {"kind": "number", "total": 50, "decided_on": "2026-02-01", "source": "Sak 1/26"}
MEMBERS = {"type", "title", "status", "detail", "code", "facts"}


def problem(response, status: int) -> dict:
    told = response.json()
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert set(told) == MEMBERS
    assert (told["status"], told["type"]) == (status, PROBLEM_BASE + told["code"])
    return told


@pytest.mark.parametrize(
    "path", ["nothing", "decisions/nothing", "decisions/vedtak/2026/3301/nothing", "openapi"]
)
def test_an_address_that_is_no_call_is_a_404_problem_with_or_without_a_token(call, path):
    assert problem(call("GET", path), 404)["code"] == "not_in_sight"
    assert problem(call("POST", path, {}, token=""), 404)["code"] == "not_in_sight"


def test_an_address_that_is_no_call_asks_a_machine_for_no_form_token(stage):
    response = Client(enforce_csrf_checks=True).post("/api/v1/grants/claims/-1/application")
    assert problem(response, 404)["code"] == "not_in_sight"


def test_a_wrong_method_is_a_405_that_names_the_right_ones(call):
    response = call("DELETE", VEDTAK)
    assert problem(response, 405)["code"] == "method_not_allowed"
    assert {m.strip() for m in response["Allow"].split(",")} == {"GET", "PUT"}


@pytest.mark.parametrize("body", ["{", "total=5", b"\xff\xfe", '{"total": NaN'])
def test_a_body_that_is_not_json_is_a_400(call, body):
    assert problem(call("PUT", VEDTAK, body), 400)["code"] == "malformed_body"


def test_a_body_larger_than_the_service_reads_is_a_413(call, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert problem(call("PUT", VEDTAK, BODY | {"source": "x" * 2000}), 413)["code"] == "body_too_large"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"kind": "perhaps"}, "kind"),
        ({"decided_on": "31.12.2026"}, "decided_on"),
        ({"source": None}, "source"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_422_that_names_its_place(call, change, named):
    told = problem(call("PUT", VEDTAK, BODY | change), 422)
    assert named in told["detail"]


def test_a_query_parameter_that_the_call_does_not_take_is_refused_and_named(call):
    told = problem(call("GET", "decisions/vedtak/2026?coutny=33"), 422)
    assert "coutny" in told["detail"]
    assert "county" in told["detail"]


def test_a_member_that_the_body_does_not_know_is_refused_and_named(call):
    told = problem(call("PUT", VEDTAK, BODY | {"totl": 50}), 422)
    assert "totl" in told["detail"]


@pytest.mark.parametrize("key", ["x" * 81, "with space", "æ", " "])
def test_a_request_key_that_cannot_be_kept_is_refused_not_cut(call, key):
    assert problem(call("PUT", VEDTAK, BODY, key=key), 422)["code"] == "bad_input"


@pytest.mark.parametrize("text", ["a\u0000b", "x" * 5000])
def test_text_that_no_column_can_hold_is_a_422_or_stored_whole(call, stage, text):
    response = call("PUT", VEDTAK, BODY | {"source": text})
    with acting(stage["imdi_lead"]):
        stored = list(VersionedFigure.objects.filter(what="voted").values_list("source", flat=True))
    if response.status_code == 200:
        assert text in stored
    else:
        problem(response, 422)
        assert stored == []


@pytest.mark.parametrize("year", ["99999999999999999999", "-1", "2147483648"])
def test_a_number_out_of_range_is_no_fault_of_ours(call, year):
    assert call("GET", f"decisions/vedtak/{year}").status_code in {200, 404, 409, 422}


def test_what_the_role_may_not_is_a_403_before_the_body_is_read(call, stage):
    response = call("POST", "forecast/need/2026", "{ not json")
    assert problem(response, 403)["code"] == "not_permitted"
    with acting(stage["auditor"]):
        event = AuditEvent.objects.filter(outcome="refused").latest("id")
    assert (event.user_id, event.facts["permission"]) == (stage["municipality_decider"].user_id, "need.set")


def test_what_the_rules_do_not_allow_is_a_409_with_a_code_and_facts(call):
    told = problem(call("PUT", "decisions/vedtak/2019/3301", BODY), 409)
    assert told["code"]
    assert told["facts"].get("year") == 2019


def test_our_own_fault_tells_the_number_of_the_request_and_nothing_else(call, monkeypatch, caplog, settings):
    settings.DEBUG = True

    def broken(*_):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("bosett_server.api.decisions.overview", broken)
    response = call("GET", "decisions/vedtak/2026")
    told = problem(response, 500)
    assert "secret" not in json.dumps(told)
    assert "Traceback" not in response.content.decode()
    assert response["X-Request-ID"] in caplog.text


def test_a_fault_before_the_call_is_a_problem_as_well(call, monkeypatch):
    def broken(*_):
        raise RuntimeError("no database")

    monkeypatch.setattr("bosett_server.web.middleware.actor_from_token", broken)
    assert problem(call("GET", "decisions/vedtak/2026"), 500)["code"] == "our_fault"
