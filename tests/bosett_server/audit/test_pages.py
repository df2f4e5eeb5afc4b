"""The auditor's page: filter by address, older by key, csv, and the reading logged."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett_server.access import audit
from bosett_server.access.context import acting
from bosett_server.records.models import AuditEvent
from tests.bosett_server.cast import DAY, STAFF, World, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    made = world()
    with acting(made["imdi_lead"]):
        audit.append("looked", ("household", "h-1"), {"n": 1}, "read")
        audit.append("=cmd()", ("household", "h-2"), {"n": 2})
    with acting(made["ks"]):
        audit.append("tried", ("round", "7"), {"code": "not_permitted"}, "refused")
    return made


def rows(client, query: str) -> list[list[str]]:
    text = client.get(f"/audit/export.csv?{query}").content.decode()
    return [row for row in list(csv.reader(io.StringIO(text)))[1:] if row[5] != "read_log"]


@pytest.mark.parametrize("path", ["/audit/", "/audit/export.csv"])
def test_only_the_auditor_reads_the_log(stage, client, path):
    answers = {}
    for role in STAFF:
        client.force_login(stage.users[role.value])
        answers[role.value] = client.get(path).status_code
    assert answers == {role.value: 200 if role.value == "auditor" else 403 for role in STAFF}


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("outcome=refused", ["tried"]),
        ("outcome=read", ["looked"]),
        ("verb=looked", ["looked"]),
        ("object_type=household&object_id=h-2", ["'=cmd()"]),
        ("object_type=household", ["'=cmd()", "looked"]),
        ("day=1999-01-01", []),
        ("user=nobody-of-that-name", []),
    ],
)
def test_the_address_is_the_filter(stage, client, query, verbs):
    client.force_login(stage.users["auditor"])
    assert [row[5] for row in rows(client, query)] == verbs


def test_a_user_is_found_by_name_and_by_number(stage, client):
    client.force_login(stage.users["auditor"])
    user = stage.users["ks"]
    assert [row[5] for row in rows(client, f"user={user.username}")] == ["tried"]
    assert [row[5] for row in rows(client, f"user={user.pk}")] == ["tried"]


def test_reading_the_log_is_itself_logged_with_what_was_asked(stage, client):
    client.force_login(stage.users["auditor"])
    client.get("/audit/?outcome=refused")
    with acting(stage["auditor"]):
        event = AuditEvent.objects.get(verb="read_log")
    assert (event.user_id, event.outcome, event.facts) == (
        stage.users["auditor"].pk, "read", {"outcome": "refused", "rows": 1})  # fmt: skip


def test_older_events_come_by_key_and_every_page_costs_the_same(stage, client):
    with acting(stage["imdi_lead"]):
        audit.append_many("many", "thing", [(n, {}) for n in range(250)])
    client.force_login(stage.users["auditor"])
    seen, before, costs = set(), "", []
    for _ in range(3):
        with CaptureQueriesContext(connection) as counted:
            page = client.get(f"/audit/?verb=many{before}")
        costs.append(len(counted))
        shown = [one["row"].id for one in page.context["rows"]]
        assert not seen & set(shown)
        seen |= set(shown)
        before = f"&before={page.context['older']}"
    assert len(seen) == 250
    assert len(set(costs)) == 1


def test_a_day_that_cannot_be_read_is_said_beside_the_field(stage, client):
    client.force_login(stage.users["auditor"])
    page = client.get("/audit/?day=yesterday").content.decode()
    assert "id_day_error" in page


def test_the_api_gives_the_log_to_no_browser(stage, client):
    client.force_login(stage.users["auditor"])
    assert client.get("/api/v1/audit/events").status_code == 401
