"""The same request sent twice is done once, whatever happened to the first answer."""

from __future__ import annotations

from bosett_server.access.context import acting
from bosett_server.records.models import AuditEvent, VersionedFigure
from tests.bosett_server.api.issuer import organisation

VEDTAK = "decisions/vedtak/2026/3301"
BODY = {"kind": "number", "total": 50, "decided_on": "2026-02-01", "source": "Sak 1/26"}


def versions(stage) -> int:
    with acting(stage["imdi_lead"]):
        return VersionedFigure.objects.filter(what="voted", group="all").count()


def test_the_same_request_sent_twice_is_done_once_and_answered_alike(call, stage):
    first, second = (call("PUT", VEDTAK, BODY, key="key-1") for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert versions(stage) == 1
    with acting(stage["auditor"]):
        assert AuditEvent.objects.filter(verb="record_vedtak", outcome="done").count() == 1


def test_the_same_key_for_something_else_is_refused_and_nothing_is_stored(call, stage):
    call("PUT", VEDTAK, BODY, key="key-1")
    second = call("PUT", VEDTAK, BODY | {"total": 60}, key="key-1")
    assert (second.status_code, second.json()["code"]) == (409, "request_key_used_for_something_else")
    assert versions(stage) == 1


def test_a_refused_step_may_be_tried_again_with_its_key(call, stage):
    assert call("POST", f"{VEDTAK}/approval", key="key-2").status_code == 409
    assert call("PUT", VEDTAK, BODY).status_code == 200
    assert call("POST", f"{VEDTAK}/approval", key="key-2").status_code == 200


def test_a_key_belongs_to_the_organisation_that_sent_it(call, stage, issuer):
    organisation(stage["imdi_lead"], "313000002")
    other = issuer.token(consumer={"ID": "0192:313000002"})
    call("PUT", VEDTAK, BODY, key="key-1")
    answer = call("PUT", f"{VEDTAK}/on-behalf", BODY | {"total": 40}, key="key-1", token=other)
    assert answer.json().get("code") != "request_key_used_for_something_else"
