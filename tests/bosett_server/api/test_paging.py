"""Every list in pages of one gives the rows of the whole list, once each, also when rows come in between."""

from __future__ import annotations

from typing import Any

import pytest

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.api import api
from bosett_server.api.service import description
from bosett_server.records.models import User
from tests.bosett_server.cast import household
from tests.bosett_server.distribution.scenes import everybody, second_round
from tests.security.doors import api_visits, machine
from tests.security.stage import Stage, set_stage

ROLE_OF = {
    "forecast_list_need": "imdi_lead",
    "distribution_list_lines": "imdi_lead",
    "decisions_list_vedtak": "imdi_lead",
    "placement_list_proposals": "imdi_caseworker",
    "placement_list_cards": "municipality_coordinator",
    "accounts_list_users": "admin",
    "audit_list_events": "auditor",
    "households_list_households": "imdi_caseworker",
    "grants_list_lines": "municipality_coordinator",
    "own_page_list_requests": "imdi_caseworker",
    "imports_list_imports": "imdi_lead",
    "imports_list_difference": "imdi_lead",
    "imports_list_defects": "imdi_lead",
    "figures_list_figures": "imdi_lead",
    "decision_answers_list_answers": "imdi_lead",
    "decision_answers_list_changed": "imdi_lead",
    "expenditure_list_asked": "ks",
    "expenditure_list_rounds": "municipality_coordinator",
    "grants_claims_list_claims": "municipality_coordinator",
    "homes_list_homes": "municipality_coordinator",
    "placement_runs_list_runs": "imdi_caseworker",
    "pressure_list_pressure": "county",
    "round_letters_list_letters": "imdi_lead",
    "weeks_list_weeks": "county",
    "consultation_outcomes_list_protocols": "ks",
    "handover_list_matters": "husbanken",
}
MANY = {"distribution_list_lines": 50, "decisions_list_vedtak": 50, "audit_list_events": 3}


@pytest.fixture
def everything(db, settings, tmp_path, issuer) -> Stage:
    settings.STATIC_ROOT = tmp_path
    return set_stage(settings)


def lists() -> dict[str, dict[str, Any]]:
    paths = description(api)["paths"]
    return {
        call["operationId"]: call
        for path in paths.values()
        for method, call in path.items()
        if method == "get" and any(p.get("name") == "cursor" for p in call["parameters"])
    }


def fetch(client: Any, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(path, query)
    assert response.status_code == 200, response.content
    return response.json()


def in_pages(client: Any, path: str, limit: int) -> list[Any]:
    items, cursor = [], ""
    while True:
        page = fetch(client, path, limit=limit, cursor=cursor)
        assert len(page["items"]) <= limit
        items += page["items"]
        cursor = page["next"]
        if not cursor:
            return items


def test_every_list_with_a_cursor_takes_a_limit_and_is_tried_here():
    assert set(lists()) == set(ROLE_OF)
    for call in lists().values():
        (limit,) = [p for p in call["parameters"] if p["name"] == "limit"]
        assert (limit["schema"]["default"], limit["schema"]["maximum"], limit["schema"]["minimum"]) == (
            100,
            500,
            1,
        )


@pytest.mark.parametrize("name", sorted(ROLE_OF))
def test_pages_put_together_are_the_whole_list(everything, issuer, name):
    role = ROLE_OF[name]
    client = machine(everything, role, issuer)
    (visit,) = [v for v in api_visits(everything, role) if v.name == name]
    if name == "households_list_households":
        for _ in range(3):
            household(everything.world)
    if name == "decision_answers_list_changed":
        everybody(everything.world)
        second_round(everything.world, 100, 40, "keep")
    if name == "audit_list_events":
        before = fetch(client, visit.path, limit=500)["items"]
        assert [e["id"] for e in in_pages(client, visit.path, 3)][-len(before) :] == [e["id"] for e in before]
        return
    whole = fetch(client, visit.path, limit=500)["items"]
    assert whole
    assert in_pages(client, visit.path, MANY.get(name, 1)) == whole


@pytest.mark.parametrize("name", sorted(ROLE_OF))
def test_a_limit_out_of_range_and_a_cursor_that_is_not_ours_are_refused(everything, issuer, name):
    client = machine(everything, ROLE_OF[name], issuer)
    (visit,) = [v for v in api_visits(everything, ROLE_OF[name]) if v.name == name]
    for query in ({"limit": 0}, {"limit": 501}, {"cursor": "%%%"}, {"cursor": "//8"}):
        assert client.get(visit.path, query).status_code == 422, query


def test_rows_that_come_in_between_neither_repeat_nor_hide_those_that_were_there(everything, issuer):
    client = machine(everything, "admin", issuer)
    path = "/api/v1/accounts/users"
    before = [u["username"] for u in fetch(client, path, limit=500)["items"]]
    first = fetch(client, path, limit=4)
    with acting(SYSTEM):
        User.objects.create(username="!first of all")
        User.objects.create(username="~last of all")
    rest, cursor = [], first["next"]
    while cursor:
        page = fetch(client, path, limit=4, cursor=cursor)
        rest, cursor = rest + page["items"], page["next"]
    read = [u["username"] for u in first["items"] + rest]
    assert [name for name in read if name in before] == before
    assert len(read) == len(set(read))
