"""Every door of the service and what happens when somebody knocks: open, or not for you.

A door is an address of a page or a call of the API, with arguments that the role should see something
behind.  A door counts as open unless the answer is 401, 403, 404 or the way to log in; what a
step answers to an empty form (422, 409, a page with faults) comes from inside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bosett_server.api import api
from bosett_server.api.service import description
from tests.bosett_server.api.issuer import Issuer, organisation
from tests.security.consultation_stage import BEHIND as CONSULTATION
from tests.security.stage import STAFF, Stage

CLOSED = {401, 403, 404}
ARGUMENT = re.compile(r"[<{](?:\w+:)?(\w+)[>}]")
LEAVING = "accounts-logout"
AWAY = ("/login?next=", "/code/")
BEHIND = {
    ("answer", "enquiry"): "enquiry",
    ("cards", "number"): "card",
    ("scenarios", "number"): "scenario",
    ("comparisons", "number"): "scenario",
    ("claims", "number"): "claim",
    ("corrections", "request_id"): "request",
    ("drafts", "round_id"): "draft",
    ("rounds", "round_id"): "round",
    ("workshop", "number"): "criteria_set",
    ("indicator", "number"): "indicator",
    ("columns", "indicator"): "indicator",
    ("sets", "criteria_set"): "criteria_set",
    ("handover", "matter_id"): "matter",
    ("hand-overs", "hand_over_id"): "hand_over",
    ("hearings", "number"): "hearing",
    ("hearings", "hearing"): "hearing",
    ("household", "household"): "ready",
    ("household-requests", "request_id"): "request",
    ("batches", "number"): "import",
    ("expenditure", "number"): "mapping",
    ("rounds", "number"): "mapping",
    ("figures", "number"): "published",
    ("imports", "number"): "import",
    ("persons", "number"): "register",
    ("rates", "number"): "rate_table",
    ("tables", "number"): "rate_table",
    ("registers", "number"): "register",
    ("lines", "number"): "line",
    ("commitments", "number"): "commitment",
    ("holds", "number"): "hold",
    ("homes", "home"): "home_id",
    ("offers", "offer"): "home_offer",
    ("new", "household"): "ready",
    ("offers", "number"): "card",
    ("opening", "number"): "opened",
    ("out", "number"): "card",
    ("places", "opening"): "opened",
    ("proposals", "number"): "proposal",
    ("questions", "number"): "enquiry",
    ("choices", "number"): "choice",
    ("compared", "second"): "run",
    ("runs", "first"): "run",
    ("runs", "number"): "run",
    ("score-tables", "number"): "scores",
    ("scores", "number"): "scores",
    ("reassessments", "request_id"): "reassessment",
    ("self-settlement", "number"): "self_settlement",
    ("self-settlements", "number"): "self_settlement",
}
"""(the part of the address before, the argument) -> the sample, where the argument's name does not say it."""
REPORT_CALLS = (
    "get_report", "get_work", "list_versions", "post_generation", "put_section", "post_approval",
    "post_publication", "post_report_reopening",
)  # fmt: skip
BY_NAME = {
    **CONSULTATION,
    **{f"year_report_{call}": {"year": "report_year"} for call in REPORT_CALLS},
    **{f"planner-home{step}": {"number": "home_id"} for step in ("", "-change", "-take-out", "-hold")},
    "placement-home-back": {"number": "home_offer"},
    **{key: {"ident": "household"} for key in ("planner-home-for", "homes_list_homes_that_fit")},
    **{key: {"form": "paper"} for key in ("planner-paper-file", "planner_get_paper")},
    "followup-interview-part": {"code": "interview_part"},
    "followup-event-kind": {"kind": "event"},
    "followup-restore": {"field": "fact"},
    "statistics-county": {"code": "county"},
    "expenditure-report": {"form": "paper"},
    "statistics-dump": {"name": "data_set"},
    "imports-upload": {"kind": "import_kind"},
    "imports-template": {"kind": "import_kind"},
    "imports-persons-upload": {"kind": "register_kind"},
    **{
        f"agreement-report{page}": {"year": "report_year", "kind": "paper"}
        for page in (
            "",
            "-file",
            "-work",
            "-draft",
            "-reopen",
            "-approve",
            "-publish",
            "-regenerate",
            "-write",
        )
    },
    "distribution-draft": {"year": "draft_year"},
    "distribution-send": {"year": "draft_year"},
    "distribution-discard": {"year": "draft_year"},
    "distribution-line": {"year": "draft_year"},
    "distribution-hearings": {"year": "draft_year"},
    "distribution-hearings-ask": {"year": "draft_year"},
    "distribution-write-down": {"year": "draft_year"},
    "distribution-round": {"number": "round_number"},
    "distribution-letters-order": {"number": "round_number"},
    "distribution-letter-progress": {"number": "round_number"},
    "distribution-letter": {"number": "round_number"},
    "distribution-journal": {"number": "round_number"},
    "distribution_list_lines": {"year": "draft_year", "number": "round_number"},
}
FORMS: dict[str, dict[str, str]] = {"followup-numbers": {"person": "person"}}
PLAIN: dict[str, Any] = {"month": "2026-03-01", "kind": "csv", "form": "csv", "token": "x", "uid": "x"}


@dataclass(frozen=True)
class Visit:
    """A door: its name in the table, where it is, and which objects stand behind it."""

    name: str
    path: str
    method: str = "GET"
    objects: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Door:
    """What a knock was answered with."""

    status: int
    is_open: bool
    told: str = ""


def routes() -> dict[str, str]:
    """Every address of our own pages by name, with its arguments in angle brackets."""

    def walk(patterns: list[URLPattern | URLResolver], space: str, before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            here = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                if pattern.namespace != "api":
                    inner = f"{pattern.namespace}:" if pattern.namespace else space
                    yield from walk(pattern.url_patterns, inner, here)
            elif "bosett_server" in (pattern.lookup_str or ""):
                yield f"{space}{pattern.name}", here

    return dict(walk(get_resolver().url_patterns, "", "/"))


def calls() -> dict[str, tuple[str, str]]:
    """Every call of the API by operation id: method and path with its arguments in braces."""
    return {
        operation["operationId"]: (method.upper(), path)
        for path, methods in description(api)["paths"].items()
        for method, operation in methods.items()
    }


def page_visits(stage: Stage, role: str) -> list[Visit]:
    """Every page, with what this role should find behind it."""
    visits = []
    for name, template in routes().items():
        path, objects = _filled(stage, role, name, template)
        sent = {key: stage.sample(kind, role) for key, kind in FORMS.get(name, {}).items()}
        visits.append(Visit(name, path, "GET", objects, sent))
    return visits


def api_visits(stage: Stage, role: str) -> list[Visit]:
    """Every call, with what this role should find behind it."""
    found = [(name, method, *_filled(stage, role, name, path)) for name, (method, path) in calls().items()]
    return [Visit(name, path, method, objects) for name, method, path, objects in found]


def with_bodies(visits: list[Visit], stage: Stage) -> list[Visit]:
    """The same calls with the smallest body that can be read, so that the answer comes from behind the door."""
    document = description(api)
    found = []
    for visit in visits:
        calls_of = document["paths"].values()
        (call,) = [c for methods in calls_of for c in methods.values() if c["operationId"] == visit.name]
        content = call.get("requestBody", {}).get("content", {})
        shape = content.get("application/json", {}).get("schema", {})
        found.append(replace(visit, sent=_smallest(shape, document["components"]["schemas"], stage)))
    return found


def _smallest(shape: dict[str, Any], named: dict[str, Any], stage: Stage) -> Any:
    if "$ref" in shape:
        return _smallest(named[shape["$ref"].rsplit("/", 1)[-1]], named, stage)
    for choices in ("anyOf", "enum", "allOf"):
        if choices in shape:
            first = shape[choices][0]
            return first if choices == "enum" else _smallest(first, named, stage)
    if shape.get("type") in ("object", None):
        wanted = shape.get("required", [])
        return {name: _smallest(shape["properties"][name], named, stage) for name in wanted}
    if shape["type"] == "array":
        return [_smallest(shape["items"], named, stage)]
    texts = {"date": "2026-03-16", "uuid": stage.samples["ready"], "date-time": "2026-03-16T09:00:00Z"}
    plain = {"integer": 1, "number": 1, "boolean": True, "null": None}
    return texts.get(shape.get("format", ""), "x") if shape["type"] == "string" else plain[shape["type"]]


def _filled(stage: Stage, role: str, name: str, template: str) -> tuple[str, dict[str, Any]]:
    parts, objects = template.split("/"), {}
    for index, part in enumerate(parts):
        found = ARGUMENT.search(part)
        if found:
            objects[found[1]] = _argument(stage, role, name, found[1], parts[index - 1])
            parts[index] = part.replace(found[0], str(objects[found[1]]))
    path = "/".join(parts)
    return (_filled(stage, role, name, path)[0] if ARGUMENT.search(path) else path), objects


def _argument(stage: Stage, role: str, name: str, argument: str, before: str) -> Any:
    kind = BY_NAME.get(name, {}).get(argument) or BEHIND.get((before, argument), argument)
    if kind in PLAIN:
        return PLAIN[kind]
    assert kind in stage.samples, f"{name}: no sample for {argument!r} after {before!r}; add it to doors.py"
    return stage.sample(kind, role)


def browser(stage: Stage, role: str) -> Client:
    """A browser in which the role is logged in as such people are."""
    client = Client(raise_request_exception=False)
    if role in stage.world.users:
        client.force_login(stage.world.users[role])
    elif role in {"household", "representative"}:
        session = client.session
        session["household_id"], session["household_role"] = stage.samples["household"], role
        session.save()
        client.cookies["sessionid"] = session.session_key
    return client


def machine(stage: Stage, role: str, issuer: Issuer) -> Client:
    """A machine of an organisation in the role; the public comes without a token."""
    if role not in STAFF and role != "stranger":
        return Client(raise_request_exception=False)
    number = f"3130{sorted([*STAFF, 'stranger']).index(role):05d}"
    with transaction.atomic():
        organisation(stage.world[role], number)
    token = issuer.token(consumer={"authority": "iso6523-actorid-upis", "ID": f"0192:{number}"})
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})


def knock(client: Client, visit: Visit) -> Door:
    """Ask for the page, or send an empty form where it only takes one; nothing stays done."""
    kept = deepcopy(client.cookies)
    with transaction.atomic():
        response = send(client, visit)
        transaction.set_rollback(True)
    client.cookies = kept  # also after the door that logs out
    place = response.headers.get("Location", "")
    sent_away = place.startswith(AWAY) and visit.name != LEAVING
    is_open = response.status_code not in CLOSED and not sent_away
    assert response.status_code < 500, f"{visit.method} {visit.path} answered {response.status_code}"
    return Door(response.status_code, is_open, place)


def send(client: Client, visit: Visit) -> Any:
    """The answer to a request for the page, or to a form or body where it only takes one."""
    if visit.path.startswith("/api/"):
        body = "" if visit.method == "GET" else json.dumps(visit.sent)
        return client.generic(visit.method, visit.path, body, content_type="application/json")
    response = client.get(visit.path)
    return client.post(visit.path, visit.sent) if response.status_code == 405 else response
