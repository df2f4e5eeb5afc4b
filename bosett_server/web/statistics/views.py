"""Open statistics: the funnel, the counties, the municipalities; every table as a file."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.statistics import publish_tables
from bosett_server.queries.statistics import Published, catalogue, published
from bosett_server.web.page import page
from bosett_server.web.statistics import shown
from bosett_server.web.statistics.files import about, file_rows
from bosett_server.web.statistics.open.frame import menu_for
from bosett_server.web.table_file import table_file
from bosett_server.words.statistics import DEFINITIONS, MEASURES


@require_GET
@page(Permission.STATISTICS_VIEW)
def overview(request: Request) -> HttpResponse:
    """The year's funnel and tables, as last published."""
    tables = catalogue(request.actor)
    years = sorted({one.year for one in tables}, reverse=True)
    given = request.GET.get("year", "")
    year = (
        int(given) if given.isdigit() and int(given) in years else (years[0] if years else clock.today().year)
    )
    found = {one.kind: one for one in tables if one.year == year}
    measure = request.GET.get("measure", "settled")
    context: dict[str, Any] = {
        "year": year,
        "years": years,
        "may_publish": request.actor.may(Permission.STATISTICS_PUBLISH),
        "request_key": uuid.uuid4(),
        "menu": menu_for(request, "statistics-overview"),
        **(_content(found, measure, request.GET.get("county", "")) if len(found) == len(shown.KINDS) else {}),
    }
    return render(request, "statistics/overview.html", context)


def _content(found: dict[str, Published], measure: str, county: str) -> dict[str, Any]:
    funnel, counties, places = (found[kind] for kind in shown.KINDS)
    chosen = measure if measure in places.measures else "settled"
    names = {row.code: row.name for row in counties.rows if row.name}
    here = county if county in names else ""
    return {
        "table": funnel,
        "funnel": shown.funnel(funnel),
        "counties": shown.counties(counties),
        "municipalities": shown.municipalities(places, here),
        "map": shown.places_map(places, chosen),
        "measure": chosen,
        "measures": [(one, MEASURES[one]) for one in places.measures],
        "county": here,
        "county_names": list(names.items()),
        "definitions": [(MEASURES[one], DEFINITIONS[one], funnel.sources[one]) for one in funnel.measures],
        "files": [
            (shown.title(one), [(kind, f"{one.name}.{kind}") for kind in ("csv", "xlsx", "json")])
            for one in (funnel, counties, places)
        ],
    }


@require_GET
@page(Permission.STATISTICS_VIEW)
def download(request: Request, name: str, kind: str) -> HttpResponse:
    """A published table as a file, with its marks in every row."""
    table = published(request.actor, name)
    if table is None:
        raise Http404
    columns, rows = file_rows(table)
    return table_file(f"bosett-{table.name}-{table.as_of.isoformat()}", kind, columns, rows, about(table))


@require_POST
@page(Permission.STATISTICS_PUBLISH)
def publish(request: Request) -> HttpResponse:
    """Publish a year's tables as they stand today; the ones before are kept."""
    given = request.POST.get("year", "")
    year = int(given) if given.isdigit() else clock.today().year
    publish_tables(request.actor, year=year)
    messages.success(request, _("The tables of %(year)s are published.") % {"year": year})
    return redirect(f"/statistics/?year={year}")
