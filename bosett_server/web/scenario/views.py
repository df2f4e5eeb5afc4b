"""The workbench: sliders on today's chain, redrawn at once; without script a form."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.scenario.assumptions import ChainAssumptions
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.queries.forecast import asked_in_all
from bosett_server.queries.known import Known
from bosett_server.queries.scenario import saved_scenarios
from bosett_server.web.frame import NO_QUESTIONS
from bosett_server.web.page import page
from bosett_server.web.scenario.dials import AssumedForm, address, read, sliders, tried
from bosett_server.web.scenario.drawings import ahead, costs, waiting
from bosett_server.web.scenario.files import WEEKS, answer_file, cost_links, week_links
from bosett_server.web.table_file import table_file
from bosett_server.words.scenario import GROUPS

FULL = "/need/scenarios/"
ASSUMPTION_COLUMNS = ("about", "name", "value", "unit", "assumed", "why")


@require_GET
@page(Permission.SCENARIO_USE)
def workbench(request: Request) -> HttpResponse:
    """The sliders, what they give, and the comparisons that are kept."""
    context = result_of(request)
    context |= {"kept": saved_scenarios(request.actor), "request_key": uuid.uuid4()}
    if context["open_year"]:
        today = context["today"]
        context["asked"] = asked_in_all(today.year, Known(today, today))
    status = 422 if context["assumed_form"].errors else 200
    return render(request, "scenario/workbench.html", context, status=status)


@require_GET
@page(Permission.SCENARIO_USE)
def redraw(request: Request) -> HttpResponse:
    """Only what a slider changes; the address of the whole page follows."""
    request.META[NO_QUESTIONS] = True  # the part has no frame, so nothing is asked for it
    context = result_of(request)
    response = render(request, "scenario/result.html", context | {"swapped": True})
    query = context["query"]
    response.headers["HX-Replace-Url"] = f"{FULL}?{query}" if query else FULL
    return response


@require_GET
@page(Permission.SCENARIO_USE)
def weeks_file(request: Request, kind: str) -> HttpResponse:
    """Every week, or with `what=costs` the costs, as csv, xlsx or json; modelled, and named so."""
    today, dials = clock.today(), read(request.GET)
    assumed = AssumedForm.of(request.GET).told(today)
    told = tried(request.actor, dials, today, assumed)
    return answer_file(kind, request.GET.get("what", WEEKS), told, dials, today, assumed)


@require_GET
@page(Permission.SCENARIO_USE)
def assumptions(request: Request) -> HttpResponse:
    """Every number behind the workbench, with its source or marked as assumed; also as csv, xlsx and json."""
    listed = [(one, str(GROUPS[one.about])) for one in ChainAssumptions.shipped().listed]
    if request.GET.get("as"):
        rows: list[list[Cell]] = [
            [one.about, one.name, one.value, one.unit, one.assumed, one.why] for one, _label in listed
        ]
        return table_file("scenario-assumptions", request.GET["as"], ASSUMPTION_COLUMNS, rows)
    assumed = sum(one.assumed for one, _label in listed)
    return render(request, "scenario/assumptions.html", {"listed": listed, "assumed": assumed})


def result_of(request: Request) -> dict[str, Any]:
    """What the page and the part that is redrawn show."""
    today, dials, form = clock.today(), read(request.GET), AssumedForm.of(request.GET)
    assumed = form.told(today)
    query = address(dials, assumed)
    context: dict[str, Any] = {
        "sliders": sliders(dials), "today": today, "query": query, "assumed": assumed, "assumed_form": form,
        "open_year": assumed is not None,
    }  # fmt: skip
    try:
        told = tried(request.actor, dials, today, assumed)
    except (NotPermitted, NotInSight):
        raise
    except Refused:
        return context | {"open_year": True}
    file, more = f"{FULL}file.", f"?{query}" if query else ""
    return context | {
        "tried": told,
        "ahead": ahead(told, today, week_links(file, more)),
        "waiting": waiting(told, today),
        "costs": costs(told),
        "cost_files": cost_links(file, f"?what=costs&{query}" if query else "?what=costs"),
    }
