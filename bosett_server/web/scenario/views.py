"""The workbench: sliders on today's chain, redrawn at once; without script a form."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.scenario.assumptions import ChainAssumptions
from bosett.scenario.workbench import Dials
from bosett.terms.errors import NoAnswer
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.scenario import saved_scenarios
from bosett_server.web.page import page
from bosett_server.web.scenario.dials import address, read, sliders, tried
from bosett_server.web.scenario.drawings import ahead, costs, waiting, weeks
from bosett_server.web.table_file import table_file
from bosett_server.words.scenario import GROUPS

ENDS = ("p10", "p50", "p90")
COLUMNS = ("week_from", *(f"{what}_{end}" for what in ("residents", "places", "waiting") for end in ENDS))
FULL = "/need/scenarios/"


@require_GET
@page(Permission.SCENARIO_USE)
def workbench(request: Request) -> HttpResponse:
    """The sliders, what they give, and the comparisons that are kept."""
    dials = read(request.GET)
    context = result_of(request, dials) | {
        "kept": saved_scenarios(request.actor),
        "request_key": uuid.uuid4(),
    }
    return render(request, "scenario/workbench.html", context)


@require_GET
@page(Permission.SCENARIO_USE)
def redraw(request: Request) -> HttpResponse:
    """Only what a slider changes; the address of the whole page follows."""
    dials = read(request.GET)
    response = render(request, "scenario/result.html", result_of(request, dials) | {"swapped": True})
    query = address(dials)
    response.headers["HX-Replace-Url"] = f"{FULL}?{query}" if query else FULL
    return response


@require_GET
@page(Permission.SCENARIO_USE)
def weeks_file(request: Request, kind: str) -> HttpResponse:
    """Every week as csv, xlsx or json; modelled, and named so."""
    today = clock.today()
    told = tried(request.actor, read(request.GET), today)
    about = {"modelled": True, "draws": told.draws, "seed": told.seed, "as_of": today}
    return table_file("scenario-modelled", kind, COLUMNS, weeks(told, today), about)


@require_GET
@page(Permission.SCENARIO_USE)
def assumptions(request: Request) -> HttpResponse:
    """Every number behind the workbench, with its source or marked as assumed."""
    listed = [(one, str(GROUPS[one.about])) for one in ChainAssumptions.shipped().listed]
    assumed = sum(one.assumed for one, _label in listed)
    return render(request, "scenario/assumptions.html", {"listed": listed, "assumed": assumed})


def result_of(request: Request, dials: Dials) -> dict[str, Any]:
    """What the page and the part that is redrawn show."""
    today = clock.today()
    query = address(dials)
    context: dict[str, Any] = {"sliders": sliders(dials), "dials": dials, "today": today, "query": query}
    try:
        told = tried(request.actor, dials, today)
    except NoAnswer:
        return context
    more = f"?{query}" if query else ""
    files = (
        (_("Every week as csv"), f"/need/scenarios/file.csv{more}"),
        (_("Every week as Excel"), f"/need/scenarios/file.xlsx{more}"),
    )
    return context | {
        "tried": told,
        "ahead": ahead(told, today, files),
        "waiting": waiting(told, today),
        "costs": costs(told),
    }
