"""How many can we take?  The answer with its grounds, and the way in for those with one municipality or several."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.plan_paper import plan_choices
from bosett_server.queries.planner import own_places, see_plan
from bosett_server.queries.request_reasons import request_reasons
from bosett_server.web.page import page
from bosett_server.web.planner import shown
from bosett_server.web.planner.rooms import check_year, frame


@require_GET
@page(Permission.PLAN_VIEW)
def choose(request: Request) -> HttpResponse:
    """Whose plan; somebody with one municipality is sent to it."""
    places = own_places(request.actor)
    if len(places) == 1:
        return redirect("planner-plan", places[0][0], clock.today().year)
    return render(request, "planner/choose.html", {"places": places, "year": clock.today().year})


@require_GET
@page(Permission.PLAN_VIEW)
def newest(request: Request, code: str) -> HttpResponse:
    """The plan of this year."""
    see_plan(request.actor, code)
    return redirect("planner-plan", code, clock.today().year)


@require_GET
@page(Permission.PLAN_VIEW)
def plan(request: Request, code: str, year: int) -> HttpResponse:
    """The number that fits, what binds first, what one more gives, what each alternative lacks and brings."""
    check_year(year)
    choices = plan_choices(request.actor, code, year)
    answer = choices.answer
    context = {
        "it": answer,
        "asked": choices.asked,
        "finding": shown.finding(answer),
        "chart": shown.chart(answer),
        "months": shown.months(answer),
        "gains": shown.gains(answer),
        "alternatives": shown.alternatives(choices),
        "money": shown.money(choices),
        "lacking": shown.lacking(answer),
        "not_known": shown.not_known(answer),
        "commitments": shown.commitments(answer),
        "missing_rates": choices.missing_rates,
        "rates_assumed": choices.rates_assumed,
        "reasons": request_reasons(code, year, request.language),
        "today": clock.today(),
        **frame(request, code, answer.sheet.name, year, "plan"),
    }
    return render(request, "planner/plan.html", context)
