"""The grant pages: sums by scheme and year, the lines behind them, and one line with its reason."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.grants import compute_year
from bosett_server.queries.decisions import place_name
from bosett_server.queries.grants import (
    NATIONAL,
    PAGE_SIZE,
    SchemeSum,
    grant_lines_of,
    ground_not_stored,
    line,
    lines_for_export,
    names_in_order,
    scheme_sums,
    years_shown,
)
from bosett_server.web.grants import tables, words
from bosett_server.web.grants.rooms import rooms
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file
from bosett_server.words.grants import CERTAINTIES, SCHEMES, STATUSES, of_library


@require_GET
@page(Permission.MONEY_VIEW)
def overview(request: Request) -> HttpResponse:
    """A coordinator's own municipality by scheme and year; for IMDi every municipality in one year.

    Who sees no lines is led on to the frames, and UDI to the claims that it pays.
    """
    if not request.actor.may(Permission.GRANT_VIEW):
        return redirect("grants-frames" if request.actor.may(Permission.GRANT_FRAME) else "grants-claims")
    today = clock.today()
    years = years_shown(today)
    if request.actor.role in NATIONAL:
        return _national(request, _year(request, years, today.year), years)
    sums = scheme_sums(request.actor, years)
    names = names_in_order()
    here = [
        {
            "code": code,
            "name": names[code],
            "table": tables.by_year(names[code], [row for row in sums if row.municipality == code]),
            "rules": tables.missing_rules([row for row in sums if row.municipality == code]),
        }
        for code in sorted(request.actor.municipalities)
    ]
    without = ground_not_stored(request.actor, today.year)
    context = {"here": here, "today": today, "without_ground": sum(without.values()), **rooms(request.actor)}
    return render(request, "grants/overview.html", context)


def _national(request: Request, year: int, years: list[int]) -> HttpResponse:
    sums = scheme_sums(request.actor, [year])
    without = ground_not_stored(request.actor, year)
    context: dict[str, Any] = {
        "year": year,
        "years": years,
        "today": clock.today(),
        "table": tables.by_municipality(year, sums, names_in_order(), without) if sums else None,
        "rules": tables.missing_rules(sums),
        "without_ground": sum(without.values()),
        "request_key": uuid.uuid4(),
        "may_compute": request.actor.may(Permission.GRANT_COMPUTE),
        **_total(sums),
        **rooms(request.actor),
    }
    return render(request, "grants/national.html", context)


def _total(sums: Sequence[SchemeSum]) -> dict[str, Any]:
    known = [one.amount_nok for one in sums if one.amount_nok is not None]
    return {
        "total": sum(known) if known else None,
        "lines": sum(one.lines for one in sums),
        "missing": sum(one.missing for one in sums),
    }


@require_GET
@page(Permission.GRANT_VIEW)
def lines(request: Request, code: str, year: int) -> HttpResponse:
    """Every line of a municipality and year, a page at a time."""
    scheme = _scheme(request)
    after = request.GET.get("after", "")
    rows = grant_lines_of(
        request.actor, code, year, scheme=scheme, after=int(after) if after.isdigit() else 0
    )
    sums = scheme_sums(request.actor, [year], code)
    context = {
        "code": code,
        "name": place_name(code),
        "year": year,
        "years": sorted({year, *years_shown(clock.today())}, reverse=True),
        "scheme": scheme,
        "schemes": [(one.scheme, SCHEMES[one.scheme], one.lines) for one in sums],
        "table": tables.of_lines(rows) if rows else None,
        "next": rows[-1].id if len(rows) == PAGE_SIZE else 0,
        "rules": tables.missing_rules(sums),
        "without_ground": ground_not_stored(request.actor, year, code).get(code, 0),
        "today": clock.today(),
        "may_export": request.actor.may(Permission.EXPORT),
        **_total(sums),
    }
    return render(request, "grants/lines.html", context)


@require_GET
@page(Permission.EXPORT)
def export(request: Request, code: str, year: int, kind: str) -> HttpResponse:
    """The lines as a file; that it was taken is logged with every person in it."""
    rows = lines_for_export(request.actor, code, year, _scheme(request))
    return table_file(
        f"grants-{code}-{year}", kind, tables.EXPORT_COLUMNS, [tables.export_row(row) for row in rows]
    )


@require_GET
@page(Permission.GRANT_VIEW)
def detail(request: Request, number: int) -> HttpResponse:
    """One line: sentence, rule, value, source, and the versions before it."""
    row, earlier = line(request.actor, number)
    context = {
        "row": row,
        "name": place_name(row.municipality),
        "scheme": SCHEMES.get(row.scheme, row.scheme),
        "status": STATUSES[row.status],
        "sentence": words.sentence(row),
        "rule": words.rule_label(row.rule),
        "legal": words.legal_shown(row),
        "grounds": words.grounds(row),
        "certainty": CERTAINTIES.get(row.certainty, ""),
        "note": of_library(row.note),
        "source": (of_library(row.source.title), of_library(row.source.section)) if row.source else (),
        "earlier": [(one, words.sentence(one), STATUSES[one.status]) for one in earlier],
    }
    return render(request, "grants/line.html", context)


@require_POST
@page(Permission.GRANT_COMPUTE)
def compute(request: Request) -> HttpResponse:
    """Compute a year again for everybody; unchanged lines stay."""
    year = _year(request, years_shown(clock.today()), clock.today().year)
    counts = compute_year(request.actor, year=year)
    told = {key: number(value) for key, value in counts.items()}
    messages.success(
        request,
        _("%(stored)s lines stored, %(superseded)s replaced, %(unchanged)s unchanged.") % told,
    )
    return redirect(f"/grants/?year={year}")


def _year(request: Request, years: Sequence[int], otherwise: int) -> int:
    given = (request.POST if request.method == "POST" else request.GET).get("year", "")
    return int(given) if given.isdigit() and int(given) in years else otherwise


def _scheme(request: Request) -> str:
    given = request.GET.get("scheme", "")
    return given if given in SCHEMES else ""
