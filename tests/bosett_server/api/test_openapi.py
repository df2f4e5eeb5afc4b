"""The published description is complete, is what the service gives, and holds no data."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest

from bosett_server import actions
from bosett_server.actions.step import ACTIONS
from bosett_server.api import api
from bosett_server.api.frame import ENDPOINTS
from bosett_server.api.service import description, written
from tests.databases import CLONE

KEPT = CLONE / "docs" / "openapi.json"
DOCUMENT = description(api)
CALLS = {
    call["operationId"]: (method, path, call)
    for path, methods in DOCUMENT["paths"].items()
    for method, call in methods.items()
}
NEW = './run manage shell -v 0 -c "…written()…" > docs/openapi.json (docs/api.md)'


def resolved(told: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in told:
        return told
    _, _, kind, name = told["$ref"].split("/")
    return DOCUMENT["components"][kind][name]


def test_the_kept_document_is_what_the_service_gives():
    assert json.loads(KEPT.read_text("utf-8")) == DOCUMENT, f"the API has changed: {NEW}"
    assert json.loads(written()) == DOCUMENT


def test_it_is_open_to_anybody_is_openapi_3_1_and_asks_no_database(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert DOCUMENT["openapi"].startswith("3.1")
    assert DOCUMENT["info"]["title"] == "Bosett"


def test_the_service_gives_it_without_login(client, db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    response = client.get("/api/v1/openapi.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response.json() == DOCUMENT


def test_the_page_for_people_names_every_call_and_needs_nothing_from_elsewhere(
    client, db, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path
    response = client.get("/api/v1/")
    told = response.content.decode()
    assert response.status_code == 200
    assert all(f'id="{name}"' in told for name in CALLS)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', told)
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_every_endpoint_is_described_under_a_name_of_its_room():
    assert set(CALLS) == set(ENDPOINTS)
    for name, (_, path, call) in CALLS.items():
        (room,) = call["tags"]
        assert name.startswith(f"{room}_")
        assert path.startswith(f"/api/v1/{room.replace('_', '-')}")


JOURNALS = {"round_letters_get_journal", "round_letters_get_assignment_journal"}
"""Read, and yet refused while there is nothing to take out."""


@pytest.mark.parametrize("name", sorted(CALLS))
def test_every_call_says_what_it_does_who_may_and_how_it_refuses(name):
    method, _, call = CALLS[name]
    assert 5 < len(call["summary"]) < 120
    permission = ENDPOINTS[name].permission
    assert (f"`{permission}`" if permission else "Open to anybody") in call["description"]
    refusals = {status for status in call["responses"] if int(status) >= 400}
    wanted = {"404", "422"} if method == "get" else {"400", "404", "409", "413", "422"}
    if name in JOURNALS:
        wanted |= {"409"}
    if "security" in call:
        assert call["security"] == [{"maskinporten": []}]
        wanted |= {"401", "403"}
    assert refusals == wanted
    for status in refusals:
        ((media, told),) = resolved(call["responses"][status])["content"].items()
        assert (media, told["schema"]["$ref"]) == ("application/problem+json", "#/components/schemas/Problem")
    assert any(int(status) < 300 for status in call["responses"])
    has_key = any(resolved(p)["name"] == "Idempotency-Key" for p in call["parameters"])
    assert has_key == (method != "get")


def test_only_published_figures_and_rates_are_open_without_a_token():
    assert {name for name, (_, _, call) in CALLS.items() if "security" not in call} == {
        "statistics_list_tables",
        "statistics_get_table",
        "figures_list_figures",
        "figures_list_measures",
        "figures_get_figure",
        "grants_rates_list_rates",
        "grants_rates_list_rate_tables",
        "grants_rates_get_rate_table",
        "grants_rates_list_paid",
        "grants_rates_list_paid_to",
        "consultation_outcomes_list_protocols",
        "year_report_list_reports",
        "year_report_get_report",
    }


def test_every_reference_leads_to_a_shape():
    told = json.dumps(DOCUMENT)
    for kind, name in re.findall(r'"#/components/(\w+)/([^"]+)"', told):
        assert name in DOCUMENT["components"][kind]


def test_two_rooms_that_name_different_shapes_alike_keep_each_its_own():
    shapes = DOCUMENT["components"]["schemas"]
    (_, _, grants), (_, _, rounds) = CALLS["grants_list_lines"], CALLS["distribution_list_lines"]

    def line(call: dict[str, Any]) -> dict[str, Any]:
        page = call["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        return shapes[shapes[page]["properties"]["items"]["items"]["$ref"].rsplit("/", 1)[-1]]["properties"]

    assert "rate_nok" in line(grants)
    assert "rate_nok" not in line(rounds)


NOT_BY_MACHINE = {
    "mark_read": "an inbox is a person's",
    "save_view": "a kept filter is a person's",
    "forget_view": "a kept filter is a person's",
    "export_households": "the list call is the export",
    "remind_week_capacity": "the clock's worker",
    "let_machine_in": "the demo",
    "seal": "the clock's worker",
    "recheck_birthdays": "the clock's worker",
    "send_digests": "the clock's worker",
    "remind_assignments": "the clock's worker",
    "expire_assignments": "the clock's worker",
    "load_registry": "an operator's command",
    "load_published_round": "an operator's command",
    "make_first_admin": "an operator's command",
    "store_shipped_figures": "an operator's command",
    "store_reading": "the worker reads a large file",
    "tell_progress": "the worker tells how far it has come",
    "hand_back_import": "the worker tells why a step was refused",
    "drop_forgotten_imports": "the clock's worker",
    "load_round_demo": "the demo",
    "remind_expenditure_due": "the clock's worker",
    "remind_claims": "the clock's worker",
    "remind_matters": "the clock's worker",
    "remind_pulses": "the clock's worker",
    "remind_consultation_actions": "the clock's worker",
    "check_pressure": "the clock's worker",
    "check_reception": "the clock's worker",
    "store_months_ahead": "the worker stores the forecast that was asked for",
    "tell_not_made": "the worker tells who asked that the months have changed",
    "remind_councils": "the clock's worker",
    "note_export": "taking the letters out for the archive notes it",
    "ask_run": "the call run_placement asks for it",
    "begin_run": "the worker of a placement tells how far it has come",
    "finish_run": "the worker of a placement stores the answer",
    "fail_run": "the worker of a placement stores why there is no answer",
    "store_curve": "the worker of a placement stores what the call draw_curve asked for",
    "write_letter_part": "the worker writes the letters that were ordered",
    "deliver_letter_part": "the worker delivers the letters that were ordered",
    "fail_letters": "the worker of letters tells why it stopped",
}


def test_every_step_has_a_call_or_a_reason_why_not():
    for module in pkgutil.iter_modules(actions.__path__):  # a step is known when its module is read
        importlib.import_module(f"{actions.__name__}.{module.name}")
    code = "".join(p.read_text("utf-8") for p in (CLONE / "bosett_server" / "api").glob("*.py"))
    without = {
        name for name in ACTIONS if not re.search(rf"\b{name}\b", code) and not name.startswith("load_demo")
    }
    assert without - set(NOT_BY_MACHINE) == set()
    assert not {name for name in NOT_BY_MACHINE if name in ACTIONS and name not in without}


def test_the_page_of_the_api_says_the_limits_that_the_service_has():
    from bosett_server.access.tokens import LIFETIME_SECONDS, SKEW_SECONDS
    from bosett_server.api.frame import MAX_LIMIT

    told = Path(CLONE / "docs" / "api.md").read_text("utf-8")
    for number, unit in ((LIFETIME_SECONDS, "seconds"), (SKEW_SECONDS, "seconds"), (MAX_LIMIT, "")):
        assert f"{number} {unit}".strip() in told
