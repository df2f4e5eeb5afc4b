"""Imports: the history, one import with what it would change, and its steps."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.terms.errors import Refused
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.figure_imports import drop_import
from bosett_server.actions.import_apply import apply_import, undo_import
from bosett_server.queries.figure_imports import (
    ImportDetail,
    ImportRow,
    defect_counts,
    defects,
    difference,
    import_detail,
    imports,
    person_lines,
)
from bosett_server.queries.import_kinds import PERSONS, kinds_about
from bosett_server.web.imports import shown
from bosett_server.web.page import page
from bosett_server.words.imports import OPERATIONS, PHASES, SEVERITIES
from bosett_server.words.refusals import sentence

PAGE_SIZE = 50
SAMPLE = 50
STEP_BY_PHASE = {"": 0, "reading": 1, "comparing": 2, "storing": 2}


@require_GET
@page(Permission.IMPORT_VIEW)
def overview(request: Request) -> HttpResponse:
    """What can be brought in, and what was."""
    actor, given = request.actor, request.GET.get("before", "")
    rows = imports(actor, int(given) if given.isdecimal() and len(given) < 18 else 0, PAGE_SIZE)
    subjects: tuple[str, ...] = ("figures", "facts") if actor.may(Permission.FIGURES_IMPORT) else ()
    if actor.may(Permission.PERSONS_IMPORT):
        subjects += ("households", "assignments")
    context = {
        "rows": [_listed(one, request.language) for one in rows],
        "next": rows[-1].id if len(rows) == PAGE_SIZE else 0,
        "later": bool(given),
        "kinds": shown.kinds(kinds_about(*subjects), request.language),
    }
    return render(request, "imports/overview.html", context)


@require_GET
@page(Permission.IMPORT_VIEW)
def shipped(request: Request) -> HttpResponse:
    """The tables that came with this version of Bosett."""
    rows = imports(request.actor, 0, 500, shipped=True)
    return render(request, "imports/shipped.html", {"rows": rows})


@require_GET
@page(Permission.IMPORT_VIEW)
def detail(request: Request, number: int) -> HttpResponse:
    """One import: its file, its defects, its difference and what can be done with it."""
    return _detail(request, number)


@require_POST
@page(Permission.FIGURES_IMPORT)
def apply(request: Request, number: int) -> HttpResponse:
    """Bring the differences in."""
    try:
        state = apply_import(request.actor, batch=number)
    except Refused as refusal:
        return refused_step(request, number, refusal)
    told = _("The file is brought in.") if state == "applied" else _("The file is being brought in.")
    messages.success(request, told)
    return redirect("imports-detail", number)


@require_POST
@page(Permission.FIGURES_IMPORT)
def undo(request: Request, number: int) -> HttpResponse:
    """Take an import back."""
    try:
        state = undo_import(request.actor, batch=number)
    except Refused as refusal:
        return refused_step(request, number, refusal)
    told = _("The import is taken back. What stood before stands again.")
    messages.success(request, told if state == "undone" else _("The import is being taken back."))
    return redirect("imports-detail", number)


@require_POST
@page(Permission.FIGURES_IMPORT)
def drop(request: Request, number: int) -> HttpResponse:
    """Forget a file that was not brought in."""
    drop_import(request.actor, batch=number)
    messages.success(request, _("The file is forgotten. Nothing was changed."))
    return redirect("imports-overview")


def refused_step(request: Request, number: int, refusal: Refused) -> HttpResponse:
    """The import's page with the reason on top; what is not in sight stays a 404."""
    if type(refusal) is not Refused:
        raise refusal
    return _detail(request, number, sentence(refusal), 409)


def _detail(request: Request, number: int, refusal: str = "", status: int = 200) -> HttpResponse:
    told = import_detail(request.actor, number)
    row, language = told.row, request.language
    words, tone = shown.state_words(row)
    persons = row.subject in PERSONS.values()
    context: dict[str, Any] = {
        "told": told,
        "row": row,
        "persons": persons,
        "base": f"/imports/{'persons/' if persons else ''}{number}/",
        "kind": shown.kind_name(row.kind, language),
        "state_words": words,
        "state_tone": tone,
        "refusal": refusal or _fault(told),
        "phase": PHASES.get(told.phase, told.phase),
        "step": STEP_BY_PHASE.get(told.phase, 0),
        "request_key": uuid.uuid4(),
        "counts": shown.counts(row),
        "defects": shown.defects(defects(request.actor, number, 0, SAMPLE), language),
        "defect_counts": [
            (SEVERITIES[key], many) for key, many in defect_counts(request.actor, number).items()
        ],
        **_lines(request, row),
        **_may(request, row),
    }
    response = render(request, "imports/detail.html", context, status=status)
    if row.is_working:
        response.headers["Refresh"] = "2"
    response.headers["Cache-Control"] = "no-store"
    return response


def _lines(request: Request, row: ImportRow) -> dict[str, Any]:
    """The part of the difference that is asked for."""
    actor = request.actor
    if row.subject in PERSONS.values():
        return {
            "lines": shown.person_lines(person_lines(actor, row.id)),
            "operation": "",
            "start": 0,
            "after": 0,
        }
    wanted, after = request.GET.get("show", ""), request.GET.get("after", "")
    operation = wanted if wanted in OPERATIONS else ""
    start = int(after) if after.isdecimal() and len(after) < 18 else 0
    found = difference(actor, row.id, operation, start, SAMPLE)
    return {
        "lines": shown.lines(found, request.language),
        "operation": operation,
        "start": start,
        "after": found[-1].at if len(found) == SAMPLE else 0,
    }


def _may(request: Request, row: ImportRow) -> dict[str, bool]:
    """What the reader may do with the import now."""
    persons = row.subject in PERSONS.values()
    may = request.actor.may(Permission.PERSONS_IMPORT if persons else Permission.FIGURES_IMPORT)
    return {
        "may_apply": may and row.state == "checked" and row.changes > 0,
        "may_drop": may and row.state in ("waiting", "reading", "refused", "checked", "applying"),
        "may_undo": may and not persons and row.state == "applied" and row.undoes is None and not row.shipped,
    }


def _fault(told: ImportDetail) -> str:
    """Why a step in the background was refused."""
    if not told.fault:
        return ""
    return sentence(Refused(str(told.fault.get("code", "")), told.fault.get("facts", {})))


def _listed(row: ImportRow, language: str) -> dict[str, Any]:
    words, tone = shown.state_words(row)
    return {"row": row, "kind": shown.kind_name(row.kind, language), "words": words, "tone": tone}
