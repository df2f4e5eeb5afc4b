"""Every page and API call times every role: what the table says is what happens.

`role_matrix.yaml` is written by hand from the access rules (architecture, section 5).  A page or a
call without a row, and a row without a page, fail; so does a role that gets further than its row.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

import bosett_server.actions
from bosett_server.access.context import acting
from bosett_server.access.roles import Role, may
from bosett_server.actions.step import ACTIONS
from bosett_server.records.models import AuditEvent
from tests.bosett_server.api.issuer import Issuer, configured
from tests.security.doors import (
    Visit,
    api_visits,
    browser,
    calls,
    knock,
    machine,
    page_visits,
    routes,
    with_bodies,
)
from tests.security.stage import Stage, set_stage

TABLE = yaml.safe_load((Path(__file__).parent / "role_matrix.yaml").read_text(encoding="utf-8"))
ROLES = [role.value for role in Role if role is not Role.SYSTEM]
OWN = {"household", "representative"}


@pytest.fixture
def stage(db, settings, tmp_path) -> Stage:
    settings.STATIC_ROOT = tmp_path
    return set_stage(settings)


@pytest.fixture
def issuer(settings, tmp_path) -> Issuer:
    return configured(settings, tmp_path)


def allowed(row: list[str]) -> set[str]:
    """A row's roles, its sets unfolded."""
    found: set[str] = set()
    for name in row:
        found |= allowed(TABLE["sets"][name]) if name in TABLE["sets"] else {name}
    return found


def test_every_page_has_a_row_and_every_row_a_page():
    assert set(routes()) == set(TABLE["pages"])


def test_every_api_call_has_a_row_and_every_row_a_call():
    assert set(calls()) == set(TABLE["api"])


def import_every_action() -> None:
    """An action that no page or call has imported yet counts as well."""
    for found in pkgutil.iter_modules(bosett_server.actions.__path__):
        importlib.import_module(f"bosett_server.actions.{found.name}")


import_every_action()


def test_every_step_has_a_row_and_every_row_a_step():
    assert set(ACTIONS) == set(TABLE["steps"])


def test_every_role_in_the_table_is_one_and_every_set_is_used():
    rows = [
        *TABLE["pages"].values(),
        *TABLE["api"].values(),
        *TABLE["steps"].values(),
        *TABLE["sets"].values(),
    ]
    named = {name for row in rows for name in row}
    assert {role for row in rows for role in allowed(row)} <= {role.value for role in Role}
    assert set(TABLE["sets"]) <= named


@pytest.mark.parametrize("step", sorted(TABLE["steps"]))
def test_a_step_is_permitted_to_those_in_the_table_and_to_nobody_else(step):
    permitted = {role.value for role in Role if may(role, ACTIONS[step].permission)}
    assert permitted == allowed(TABLE["steps"][step])


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_for_those_in_the_table_and_for_nobody_else(role, stage):
    assert _wrong(browser(stage, role), role, page_visits(stage, role), TABLE["pages"]) == []


@pytest.mark.parametrize("role", [role for role in ROLES if role not in OWN])
def test_api_calls_answer_those_in_the_table_and_nobody_else(role, stage, issuer):
    assert _wrong(machine(stage, role, issuer), role, api_visits(stage, role), TABLE["api"]) == []


@pytest.mark.parametrize("role", ["public", "household", "imdi_lead"])
def test_no_session_opens_the_api(role, stage):
    open_to_all = {
        name: ["public", role] if "public" in allowed(row) else [] for name, row in TABLE["api"].items()
    }
    assert _wrong(browser(stage, role), role, api_visits(stage, role), open_to_all) == []


def _wrong(client: Client, role: str, visits: list[Visit], table: dict[str, list[str]]) -> list[str]:
    wrong = []
    for visit in visits:
        door = knock(client, visit)
        expected = role in allowed(table.get(visit.name, []))
        if door.is_open != expected:
            wrong.append(
                f"{visit.name}: {visit.method} {visit.path} gave {door.status} {door.told}, open={expected}"
            )
    return wrong


def test_another_municipality_finds_nothing_behind_what_is_not_its_own(stage, issuer):
    stranger = "stranger"
    found: list[Any] = []
    for client, visits, table in (
        (browser(stage, stranger), page_visits(stage, "municipality_coordinator"), "pages"),
        (
            machine(stage, stranger, issuer),
            with_bodies(api_visits(stage, "municipality_coordinator"), stage),
            "api",
        ),
    ):
        behind = [v for v in visits if v.objects and v.name not in TABLE["common"][table]]
        found += [
            f"{v.name} {v.method} {v.path}: {door.status}"
            for v in behind
            if (door := knock(client, v)).is_open
        ]
    assert found == []


def test_a_municipality_trying_anothers_household_gets_404_and_an_audit_row(stage):
    client = browser(stage, "stranger")
    assert client.get(f"/households/{stage.samples['household']}/").status_code == 404
    with acting(stage.world["auditor"]):
        event = AuditEvent.objects.filter(outcome="refused").latest("id")
    assert (event.user_id, event.facts["code"]) == (stage.world.users["stranger"].pk, "not_in_sight")
