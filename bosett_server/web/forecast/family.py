"""Arriving family by municipality, from its own settled cohorts; each reader their own area."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.forecast_family import FamilyRow, family_overview
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file

COLUMNS = (
    "municipality_id",
    "municipality",
    "from",
    "settled",
    "came",
    "p10",
    "p50",
    "p90",
    "own_rate",
    "synthetic",
)


@require_GET
@page(Permission.RESULTS_VIEW)
def overview(request: Request) -> HttpResponse:
    """Each municipality's family to come with its interval; also as csv, xlsx and json."""
    found = family_overview(request.actor)
    if request.GET.get("as"):
        lines = [_line(one, found.starts, synthetic=found.synthetic) for one in found.rows]
        about = {"modelled": True, "from": found.starts, "years_learnt_from": len(found.learnt_from)}
        return table_file("arriving-family", request.GET["as"], COLUMNS, lines, about)
    context = {
        "found": found,
        "any_hidden": any(one.settled is None or one.came is None for one in found.rows),
        "any_borrowed": any(not one.own_rate for one in found.rows),
    }
    return render(request, "forecast/family.html", context)


def _line(one: FamilyRow, starts: date, *, synthetic: bool) -> list[Cell]:
    told = one.forecast
    return [
        one.code, one.name, starts, one.settled, one.came, told.low if told else None, told.median if told else None,
        told.high if told else None, one.own_rate, synthetic,
    ]  # fmt: skip
