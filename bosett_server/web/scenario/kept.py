"""Comparisons that are kept: one's own until they are shared."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.scenario.tried import Fan, Side, Tried
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.scenario import delete_scenario, save_scenario, share_scenario
from bosett_server.queries.scenario import saved_scenario
from bosett_server.web.page import page
from bosett_server.web.scenario.dials import AssumedForm, address, read, sliders, tried
from bosett_server.web.scenario.drawings import ahead, costs, waiting
from bosett_server.web.scenario.files import WEEKS, answer_file, cost_links, week_links
from bosett_server.words.refusals import sentence


@require_POST
@page(Permission.SCENARIO_USE)
def save(request: Request) -> HttpResponse:
    """Keep the comparison that the sliders give, for oneself."""
    dials, today = read(request.POST), clock.today()
    assumed = AssumedForm.of(request.POST).told(today)
    query = address(dials, assumed)
    try:
        told = tried(request.actor, dials, today, assumed)
        name = request.POST.get("name", "")
        made = save_scenario(request.actor, name=name, dials=dials, tried=told, assumed=assumed)
    except (NotPermitted, NotInSight):
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect(f"/need/scenarios/?{query}" if query else "/need/scenarios/")
    messages.success(request, _("The comparison is kept. Only you see it until you share it."))
    return redirect(f"/need/scenarios/{made}/")


@require_GET
@page(Permission.SCENARIO_USE)
def detail(request: Request, number: int) -> HttpResponse:
    """A comparison as it was when it was kept; also as csv, xlsx and json."""
    one = saved_scenario(request.actor, number)
    told, day = _tried(one.result), timezone.localdate(one.saved_at)
    if request.GET.get("as"):
        what = request.GET.get("what", WEEKS)
        return answer_file(request.GET["as"], what, told, one.dials, day, one.assumed)
    context = {
        "one": one,
        "day": day,
        "sliders": sliders(one.dials),
        "query": address(one.dials, one.assumed),
        "tried": told,
        "ahead": ahead(told, day, week_links("?as=")),
        "waiting": waiting(told, day),
        "costs": costs(told),
        "cost_files": cost_links("?what=costs&as="),
    }
    return render(request, "scenario/kept.html", context)


@require_POST
@page(Permission.SCENARIO_USE)
def share(request: Request, number: int) -> HttpResponse:
    """All who work with scenarios see it."""
    try:
        share_scenario(request.actor, number=number)
        messages.success(request, _("The comparison is shared with all who work with scenarios."))
    except (NotPermitted, NotInSight):
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect(f"/need/scenarios/{number}/")


@require_POST
@page(Permission.SCENARIO_USE)
def delete(request: Request, number: int) -> HttpResponse:
    """It is gone."""
    delete_scenario(request.actor, number=number)
    messages.success(request, _("The comparison is deleted."))
    return redirect("/need/scenarios/")


def _tried(result: dict[str, Any]) -> Tried:
    """What was kept, as the library gave it."""
    told = dict(result)
    for name in ("residents", "places", "ready"):
        told[name] = Fan(**{one.name: tuple(told[name][one.name]) for one in fields(Fan)})
    for name in ("yours", "today"):
        told[name] = Side(**told[name])
    return Tried(**(told | {"settled": tuple(told["settled"])}))
