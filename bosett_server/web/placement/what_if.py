"""What if: one change to a kept run, its exact difference, and who would move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bosett.placement.problem import Objective
from bosett.registry import sort_key
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries import placement_runs as runs
from bosett_server.queries.placement_what_if import Change, household_by_reference, outcome, places_in_run
from bosett_server.queries.places import place_names
from bosett_server.web.look.numbers import number as count_text
from bosett_server.web.page import page
from bosett_server.web.placement.run_forms import WhatIfForm
from bosett_server.web.placement.run_words import run_line
from bosett_server.web.placement.show import attempt


@page(Permission.PROPOSAL_VIEW)
def overview(request: Request, number: int) -> HttpResponse:
    """The address holds the question, so that it can be sent to a colleague; nothing is stored."""
    run = runs.run_kept(request.actor, number)
    names = _names(places_in_run(request.actor, number))
    asked = any(request.GET.get(name) for name in ("place", "household"))
    given = {"household": request.GET.get("reference", "")[:20]}
    form = WhatIfForm(request.GET if asked else None, names=names, initial=given)
    told, status = None, 200
    if asked:
        status = 422
        if form.is_valid():
            told, taken = attempt(
                form, lambda: outcome(request.actor, number, _change(request, form.cleaned_data))
            )
            status = 200 if taken else 409
    context = {"run": run, "line": run_line(run), "form": form, "told": told,
               "near": run.objective != Objective.WISHES.value and run.fairness_floor is None,
               "milliseconds": round(told.seconds * 1000) if told else 0}  # fmt: skip
    return render(request, "placement/what_if.html", context, status=status)


def _names(places: Mapping[str, int | None]) -> list[tuple[str, str]]:
    """Every municipality with the places that the run was given there."""
    named = sorted(place_names().items(), key=lambda one: sort_key(one[1]))
    return [(code, _with_places(name, places.get(code))) for code, name in named]


def _with_places(name: str, places: int | None) -> str:
    if not places:
        return name
    return _("%(place)s (%(places)s places)") % {"place": name, "places": count_text(places)}


def _change(request: Request, told: dict[str, Any]) -> Change:
    places = {told["place"]: told["places"]} if told["place"] else {}
    locks = {}
    if told["household"]:
        locks = {household_by_reference(request.actor, told["household"].strip()): told["to"]}
    return Change(places, locks)
