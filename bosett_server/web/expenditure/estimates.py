"""The estimates of a closed round: every number with its interval, and a warning in words where few answered."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett_server.access import audit
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.queries.expenditure import ExpenditureBaselineRow, RoundRow, baseline_of, round_row
from bosett_server.queries.expenditure_change import change_since
from bosett_server.web.expenditure import shown, shown_estimates
from bosett_server.web.page import page
from bosett_server.web.table_file import TYPES, table_file


@require_GET
@page(Permission.EXPENDITURE_VIEW)
def show(request: Request, number: int) -> HttpResponse:
    """Per area, per residence year, five years, coverage, groups, and what changed since last time."""
    row, baseline = closed(request, number)
    result = baseline.result
    context = {
        "row": row,
        "title": shown.round_title(row),
        "synthetic_answers": row.synthetic,
        "baseline": baseline,
        "result": result,
        "coverage": shown_estimates.coverage_words(result),
        "whole": shown_estimates.whole_words(result),
        "warnings": shown_estimates.warnings(result),
        "areas": shown_estimates.areas_table(result),
        "chart": shown_estimates.areas_chart(row, result),
        "years": shown_estimates.years_table(result),
        "register": shown_estimates.register_table(result),
        "quotients": shown_estimates.quotients_table(result),
        "groups": shown_estimates.group_tables(result),
        "published": shown.published_table() if row.kind == "ordinary" else None,
        "change": shown_estimates.change_table(change_since(request.actor, row)),
        "checks": shown_estimates.check_counts(result),
        "gini": shown_estimates.gini_words(result),
        "committee": request.actor.may(Permission.EXPENDITURE_COMMITTEE),
    }
    return render(request, "expenditure/estimates.html", context)


@require_GET
@page(Permission.EXPENDITURE_VIEW)
def file(request: Request, number: int, kind: str) -> HttpResponse:
    """The estimates as csv, xlsx or json; every row says whether the answers are synthetic."""
    row, baseline = closed(request, number)
    if kind not in TYPES:
        raise Http404
    audit.append("export_expenditure_estimates", ("expenditure_round", number), {"kind": kind}, "read")
    about = {"year": row.year, "kind": row.kind, "synthetic": row.synthetic, "sha256": baseline.input_sha256,
             "note": _("Synthetic answers, made for the demo") if row.synthetic else ""}  # fmt: skip
    columns, rows = shown_estimates.file_rows(row, baseline.result)
    return table_file(f"expenditure-{row.kind}-{row.year}", kind, columns, rows, about)


def closed(request: Request, number: int) -> tuple[RoundRow, ExpenditureBaselineRow]:
    """A round and its frozen estimates.  Raises NotInSight while it is not closed."""
    row, baseline = round_row(request.actor, number), baseline_of(request.actor, number)
    if baseline is None:
        raise NotInSight("not_in_sight")
    return row, baseline
