"""A person's choices: made with their price in sight, kept by every run, lifted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.registry import sort_key
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.placement_choices import choose_placement, lift_choice, price_of
from bosett_server.actions.placement_work import run_placement
from bosett_server.queries import placement_choices as queries
from bosett_server.queries import placement_single
from bosett_server.queries.override import choice_cost, household_in_sight
from bosett_server.queries.placement import proposal_of
from bosett_server.queries.placement_runs import run_kept, usual_aim
from bosett_server.queries.places import place_names
from bosett_server.web.page import page
from bosett_server.web.placement.drawings import fit_map
from bosett_server.web.placement.run_forms import ChoiceForm
from bosett_server.web.placement.run_words import Price, choice_line, price_shown
from bosett_server.web.placement.show import attempt, chosen_year, form_key
from bosett_server.words.placement_codes import word


@page(Permission.PROPOSAL_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every choice that stands, with its reason and what it cost."""
    found = queries.all_standing(request.actor)
    context = {"lines": [(one, choice_line(one)) for one in found], "year": chosen_year(request),
               "may_lift": request.actor.may(Permission.ASSIGNMENT_DECIDE), "request_key": form_key()}  # fmt: skip
    return render(request, "placement/choices.html", context)


@page(Permission.ASSIGNMENT_DECIDE)
def choose(request: Request, household: UUID) -> HttpResponse:
    """First what it costs the others; then the choice, and the rest of the week is proposed anew."""
    year, home = chosen_year(request), household_in_sight(request.actor, household)
    names = sorted(place_names().items(), key=lambda one: sort_key(one[1]))
    data = request.POST if request.method == "POST" else request.GET if "kind" in request.GET else None
    form = ChoiceForm(data, places=names, looking=request.method != "POST" or "look" in request.POST)
    price: Price | None = None
    status = 200
    if data is not None and form.is_valid():
        told = form.cleaned_data
        if request.method == "POST" and "look" not in request.POST:
            _number, taken = attempt(form, lambda: choose_placement(
                request.actor, household=str(household), year=year, kind=told["kind"],
                municipality=told["municipality"], reason_code=told["reason_code"], reason=told["reason"],
            ))  # fmt: skip
            if taken:
                return _anew(request, year)
            status = 409
        cost = choice_cost(request.actor, year, home.stored, told["kind"], told["municipality"])
        price = price_shown(price_of(cost))
    elif data is not None:
        status = 422 if request.method == "POST" else 200
    context = {
        "form": form, "home": home, "year": year, "price": price, "asked": form.is_valid(),
        "number": proposal_of(request.actor, household), "request_key": form_key(),
        "lines": [(one, choice_line(one)) for one in queries.choices(request.actor, household)],
    }  # fmt: skip
    return render(request, "placement/choose.html", context, status=status)


@require_POST
@page(Permission.ASSIGNMENT_DECIDE)
def lift(request: Request, number: int) -> HttpResponse:
    """The choice no longer binds; the next run is free again."""
    lift_choice(request.actor, choice=number)
    messages.success(request, _("The choice is lifted. The next run is free to propose otherwise."))
    return redirect("/proposals/choices/")


@page(Permission.PROPOSAL_VIEW)
def single(request: Request, household: UUID) -> HttpResponse:
    """Where one household could go today, at once, without a run."""
    year, names = chosen_year(request), place_names()
    told = placement_single.recommendation(request.actor, year, household)
    may_choose = request.actor.may(Permission.ASSIGNMENT_DECIDE) and told.stage == "ready"
    link = f"/proposals/household/{household}/?year={year}&municipality=" if may_choose else ""
    context = {
        "told": told,
        "year": year,
        "map": fit_map(told.everywhere, names, link) if told.everywhere else None,
        "places": [(one, [word("reason", part.code) for part in one.parts]) for one in told.suggestions],
        "alike": _alike(told.suggestions),
        "closed": [
            (word("rule", rule), [names[one] for one in places]) for rule, places in told.closed.items()
        ],
        "missing": [word("hearing", item) for item in told.missing],
        "milliseconds": max(1, round(told.seconds * 1000)),
        "may_choose": may_choose,
    }
    return render(request, "placement/single.html", context)


def _alike(suggestions: Sequence[placement_single.Suggestion]) -> float:
    """Points that every one of them gives alike and no reason tells of; 0 where they differ."""
    rest = {round(one.points - sum(part.points for part in one.parts), 6) for one in suggestions}
    return max(0.0, rest.pop()) if len(rest) == 1 else 0.0


def _anew(request: Request, year: int) -> HttpResponse:
    """The rest of the week with the choice in place."""
    run = run_placement(request.actor, year=year, **usual_aim(request.actor, year))
    if run_kept(request.actor, run).state == "done":
        told = _("The choice stands, and every later run keeps it. The rest is proposed anew.")
    else:
        told = _("The choice stands, and every later run keeps it. The rest is being proposed anew.")
    messages.success(request, told)
    return redirect(f"/proposals/runs/{run}/")
