"""The log for the auditor: who read or did what, when, and what was refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from bosett_server.access.audit_seal import COLUMNS, moment
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.audit import EXPORT_ROWS, PAGE_SIZE, EventRow, events, state_of_seals, verbs
from bosett_server.web.audit.forms import OUTCOME_WORDS, FilterForm
from bosett_server.web.page import page
from bosett_server.words.accounts import ROLE_NAMES

TONES = {"done": "success", "read": "neutral", "refused": "warning"}


@page(Permission.AUDIT_VIEW)
def overview(request: Request) -> HttpResponse:
    """The newest events first; the reading is itself logged."""
    form = FilterForm(request.GET, verbs(request.actor))
    before = request.GET.get("before", "")
    rows = events(request.actor, form.wanted(), before_id=int(before) if before.isdecimal() else 0)
    sealed, sealed_at, waiting = state_of_seals(request.actor)
    return render(
        request,
        "audit/overview.html",
        {
            "form": form,
            "rows": [_shown(row) for row in rows],
            "older": rows[-1].id if len(rows) == PAGE_SIZE else 0,
            "chips": _chips(form, request.GET),
            "sealed": sealed,
            "sealed_at": sealed_at,
            "waiting": waiting,
            "export_rows": EXPORT_ROWS,
        },
    )


@page(Permission.AUDIT_VIEW)
def export(request: Request) -> HttpResponse:
    """The filtered log as csv with ISO times, at most EXPORT_ROWS rows, the newest first."""
    form = FilterForm(request.GET, verbs(request.actor))
    rows = events(request.actor, form.wanted(), limit=EXPORT_ROWS)
    response = HttpResponse("".join(_csv(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bosett-log.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _csv(rows: list[EventRow]) -> Iterator[str]:
    names = [*COLUMNS, "user_name", "sealed"]
    yield ",".join(names) + "\r\n"
    for row in rows:
        told = {name: getattr(row, name) for name in COLUMNS}
        told["at"], told["facts"] = moment(row.at), json.dumps(row.facts, sort_keys=True, ensure_ascii=False)
        line = io.StringIO()
        csv.writer(line).writerow(
            [_safe(v) for v in (*told.values(), row.user, "yes" if row.sealed else "no")]
        )
        yield line.getvalue()


def _safe(value: object) -> object:
    """A text that a spreadsheet would take for a formula is kept a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value


def _shown(row: EventRow) -> dict[str, object]:
    return {
        "row": row,
        "role": ROLE_NAMES.get(row.role, row.role),
        "outcome": OUTCOME_WORDS.get(row.outcome, row.outcome),
        "tone": TONES.get(row.outcome, "neutral"),
        "facts": ", ".join(f"{name}: {_fact(value)}" for name, value in sorted(row.facts.items())),
    }


def _fact(value: object) -> str:
    """Long lists of ids are counted on the page; the export has them all."""
    if isinstance(value, list):
        return (
            _("%(count)s ids") % {"count": len(value)} if len(value) > 3 else ", ".join(str(v) for v in value)
        )
    return str(value)


def _chips(form: FilterForm, query: QueryDict) -> list[tuple[str, str]]:
    chips = []
    for bound in form:
        value = query.get(bound.name, "")
        if value:
            rest = query.copy()
            del rest[bound.name]
            rest.pop("before", None)
            chips.append((f"{bound.label}: {value}", f"?{rest.urlencode()}"))
    return chips
