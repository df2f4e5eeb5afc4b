"""Need, rounds, lines, vedtak and commitments over the API: every step, every state, cursors, problems."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.records.models import VersionedFigure
from bosett_server.web import middleware
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, world
from tests.bosett_server.distribution.scenes import everybody


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


class Machine:
    """A caller whose token has been read: the reading itself is tested with the tokens."""

    def __init__(self, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        self.actor = replace(actor, channel="api")
        self.patch = monkeypatch

    def __call__(self, method: str, path: str, body: object = None, key: str = "") -> Any:
        self.patch.setattr(middleware, "_api_actor", lambda _request: self.actor)
        headers = {"Authorization": "Bearer read-elsewhere"} | ({"Idempotency-Key": key} if key else {})
        told = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(Client(), method)(f"/api/v1/{path}", headers=headers, **told)


@pytest.fixture
def lead(stage, monkeypatch) -> Machine:
    return Machine(stage["imdi_lead"], monkeypatch)


@pytest.fixture
def here(stage, monkeypatch) -> Machine:
    return Machine(stage["municipality_decider"], monkeypatch)


ANSWER = {"kind": "number", "total": 40, "decided_on": "2026-02-05", "source": "Sak 12/26"}


def test_from_need_to_sent_round_over_the_api(stage, lead, here):
    everybody(stage)
    told = {"value": 500, "source": "Brev", "valid_from": "2026-03-16"}
    assert lead("post", "forecast/need/2027", told).status_code == 200
    made = lead("post", "distribution/rounds/2027", {"answer_due_on": "2026-05-01", "em_under15": 7}).json()[
        "id"
    ]
    first = lead("get", "distribution/rounds/2027/1/lines").json()
    lines, seen = first["items"], first["next"]
    while seen:
        page = lead("get", f"distribution/rounds/2027/1/lines?cursor={seen}").json()
        lines, seen = lines + page["items"], page["next"]
    assert len({one["municipality"] for one in lines}) == 357
    assert (sum(one["asked"] for one in lines), sum(one["em_under15"] for one in lines)) == (500, 7)
    assert here("get", "distribution/rounds/2027/1/lines").status_code == 404
    wrong = lead("put", f"distribution/drafts/{made}/lines/{HERE}", {"asked": 77})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "adjustment_reason_missing")
    right = {"asked": 77, "reason": "Ledige boliger"}
    assert lead("put", f"distribution/drafts/{made}/lines/{HERE}", right).status_code == 200
    sent = lead(
        "post",
        f"distribution/drafts/{made}/sending",
        {"reason": "Flere i Drammen", "unheard_reason": "agreed_without"},
        key="k1",
    )
    again = lead(
        "post",
        f"distribution/drafts/{made}/sending",
        {"reason": "Flere i Drammen", "unheard_reason": "agreed_without"},
        key="k1",
    )
    assert (sent.status_code, sent.json()) == (200, again.json())
    assert here("get", "distribution/rounds/2027").json()["items"][0]["state"] == "sent"


def test_a_draft_is_thrown_away_over_the_api(stage, lead):
    everybody(stage)
    made = lead("post", f"distribution/rounds/{YEAR}", {"answer_due_on": "2026-05-01"}).json()["id"]
    assert lead("delete", f"distribution/drafts/{made}").status_code == 200
    assert lead("delete", f"distribution/drafts/{made}").status_code == 404


def test_every_version_of_the_need_can_be_had_as_of_a_day(stage, lead):
    told = {
        "value": 130, "source": "Brev", "valid_from": "2026-03-16",
        "parts": {
            "as_of": "2026-03-16",
            "ready_in_reception": {"low": 50, "point": 60, "high": 80},
            "expected_grants": {"low": 30, "point": 40, "high": 60},
            "quota": {"low": 30, "point": 30, "high": 30},
            "leaves": {"low": 0, "point": 0, "high": 0},
        },
    }  # fmt: skip
    assert lead("post", f"forecast/need/{YEAR}", told).status_code == 200
    now = lead("get", f"forecast/need/{YEAR}").json()["items"]
    assert [(one["value"], one["current"]) for one in now] == [(130, True), (110, False)]
    assert (now[0]["low"], now[0]["high"], now[0]["parts"]["quota"]["point"]) == (110, 170, 30)
    assert lead("get", f"forecast/need/{YEAR}?known=2025-01-01").json()["items"] == []


def test_vedtak_is_recorded_approved_and_listed_with_its_state_over_the_api(stage, here):
    assert here("put", f"decisions/vedtak/{YEAR}/{HERE}", ANSWER).status_code == 200
    row = here("get", f"decisions/vedtak/{YEAR}?county=33").json()["items"][0]
    assert (row["voted"], row["voted_state"], row["recorded"], row["state"]) == (
        None,
        "awaiting",
        40,
        "to_approve",
    )
    assert here("post", f"decisions/vedtak/{YEAR}/{HERE}/approval").json() == {"total": 40}
    assert here("post", f"decisions/vedtak/{YEAR}/{HERE}/can-take-more", {"persons": 9}).status_code == 200
    row = here("get", f"decisions/vedtak/{YEAR}?state=fewer").json()["items"][0]
    assert (row["voted"], row["can_take_more"], row["settled"]) == (40, 9, 0)
    assert len(here("get", f"decisions/vedtak/{YEAR}/{HERE}").json()["items"]) == 2


def test_another_municipalitys_reasons_are_null_over_the_api_and_never_an_empty_list(
    stage, here, monkeypatch
):
    more = {"total": 45, "reasons": ["housing"], "case_number": "26/117"}
    assert here("put", f"decisions/vedtak/{YEAR}/{HERE}", ANSWER | more).status_code == 200
    for actor, reasons, case in ((stage["ks"], ["housing"], "26/117"), (stage["stranger"], None, None)):
        call = Machine(actor, monkeypatch)
        (row,) = call("get", f"decision-answers/{YEAR}").json()["items"]
        assert (row["reasons"], row["case_number"]) == (reasons, case)
        places = call("get", f"decision-answers/{YEAR}/places").json()
        assert (places["reasons"] is None, places["not_voted"]) == (reasons is None, 15)


def test_the_list_of_vedtak_is_paged_by_cursor(stage, lead):
    everybody(stage)
    seen, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        page = lead("get", f"decisions/vedtak/{YEAR}?cursor={cursor}").json()
        seen, cursor, pages = seen + [one["municipality"] for one in page["items"]], page["next"], pages + 1
    assert (len(seen), len(set(seen)), pages) == (357, 357, 4)
    assert lead("get", f"decisions/vedtak/{YEAR}?cursor=%00").status_code == 422


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"total": -1}, "number_negative"),
        ({"total": 12.5}, "number_not_whole"),
        ({"total": 0}, "number_is_zero"),
        ({"kind": "awaiting", "total": None, "decided_on": None}, "awaiting_without_meeting_date"),
        ({"total": 10**9}, "number_too_large"),
        ({"source": " "}, "source_missing"),
    ],
)
def test_a_bad_answer_is_a_problem_with_its_code_and_nothing_is_stored(stage, here, change, code):
    refused = here("put", f"decisions/vedtak/{YEAR}/{HERE}", ANSWER | change)
    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert refused.headers["Content-Type"] == "application/problem+json"
    with acting(stage["imdi_lead"]):
        assert not VersionedFigure.objects.filter(what="voted").exists()


def test_the_lead_records_on_behalf_over_the_api_and_others_may_not(stage, lead, here):
    assert lead("put", f"decisions/vedtak/{YEAR}/{THERE}/on-behalf", ANSWER).status_code == 200
    assert here("put", f"decisions/vedtak/{YEAR}/{THERE}/on-behalf", ANSWER).status_code == 403
    assert here("put", f"decisions/vedtak/{YEAR}/{THERE}", ANSWER).status_code == 404
    assert lead("post", f"decisions/vedtak/{YEAR}/{THERE}/approval").status_code == 403


def test_agreements_and_commitments_can_be_had(stage, here):
    found = here("get", "agreement/agreements").json()["items"]
    assert [one["code"] for one in found] == ["2016-17", "2018-21", "2022-25", "2026-29"]
    assert all(term["source"] for one in found for term in one["terms"])
    told = {one["commitment"]: one for one in here("get", f"agreement/commitments/{YEAR}").json()["items"]}
    assert {one["agreement"] for one in told.values()} == {"2026-29"}
    assert all(one["source"] and one["findings"] for one in told.values())
    joint = {one["indicator"]: one for one in told["joint_task"]["findings"]}
    assert (joint["enough_places"]["verdict"], joint["enough_places"]["missing"]) == (
        "cannot_be_said",
        ["voted"],
    )
    assert here("get", "agreement/commitments/2015").status_code == 404  # before the first agreement
