"""The criteria workshop: choose, see at once what it does and why, keep, share, adopt."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.distribution.settings import as_kept, from_kept
from bosett.registry import Registry
from bosett.terms.errors import BadInput, NoAnswer, Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.distribution_criteria import (
    adopt_criteria,
    drop_criteria,
    drop_indicator,
    keep_criteria,
    keep_indicator,
    refusal_of,
    share_criteria,
)
from bosett_server.queries.distribution_columns import columns
from bosett_server.queries.distribution_sets import SetView, criteria_set, criteria_sets
from bosett_server.queries.distribution_trial import trial
from bosett_server.queries.forecast import need_in_force
from bosett_server.web.distribution.forms import AdoptForm, IndicatorForm
from bosett_server.web.distribution.workshop_form import WorkshopForm, as_fields, starting_point
from bosett_server.web.distribution.workshop_result import shown_result
from bosett_server.web.page import page
from bosett_server.words.refusals import sentence


@page(Permission.CRITERIA_TRY)
def workshop(request: Request, year: int) -> HttpResponse:
    """The controls and what they give; only what they give when the page asks for that part again."""
    form = _form(request, year)
    part = request.headers.get("HX-Target") == "result"
    context: dict[str, Any] = {"year": year, "form": form, **_result(request, year, form)}
    if part:
        return render(request, "distribution/workshop_result.html", context)
    return render(
        request, "distribution/workshop.html", context | {"sets": criteria_sets(request.actor, year)}
    )


@page(Permission.CRITERIA_TRY)
def sets(request: Request, year: int) -> HttpResponse:
    """The kept sets, one's own and those that are shared, and the indicators that somebody brought."""
    return _sets(request, year, AdoptForm(), IndicatorForm(), 200)


@require_POST
@page(Permission.CRITERIA_TRY)
def keep(request: Request, year: int) -> HttpResponse:
    """Keep what the workshop shows under a name."""
    try:
        settings = json.loads(request.POST.get("settings", ""))
    except ValueError as fault:
        raise Refused("criteria_out_of_range") from fault
    if not isinstance(settings, dict):
        raise Refused("criteria_out_of_range")
    kept = keep_criteria(request.actor, year=year, name=request.POST.get("name", ""), settings=settings)
    messages.success(request, _("The criteria are kept. Only you see them until you share them."))
    return redirect(f"/requests/{year}/workshop/sets/#set-{kept}")


@require_POST
@page(Permission.CRITERIA_TRY)
def share(request: Request, year: int, number: int) -> HttpResponse:
    """Share a set within IMDi, or take it back."""
    shared = request.POST.get("shared") == "1"
    share_criteria(request.actor, criteria_set=number, shared=shared)
    messages.success(
        request, _("The criteria are shared within IMDi.") if shared else _("Only you see the criteria now.")
    )
    return redirect(f"/requests/{year}/workshop/sets/")


@require_POST
@page(Permission.CRITERIA_TRY)
def drop(request: Request, year: int, number: int) -> HttpResponse:
    """Throw a set away."""
    drop_criteria(request.actor, criteria_set=number)
    messages.success(request, _("The criteria are thrown away."))
    return redirect(f"/requests/{year}/workshop/sets/")


@require_POST
@page(Permission.ROUND_DRAFT)
def adopt(request: Request, year: int, number: int) -> HttpResponse:
    """The set becomes the draft of the round."""
    form = AdoptForm(request.POST)
    if form.is_valid():
        try:
            adopt_criteria(
                request.actor, criteria_set=number, answer_due_on=form.cleaned_data["answer_due_on"]
            )
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
            return _sets(request, year, form, IndicatorForm(), 409)
        messages.success(request, _("The draft is made. Nothing is sent yet."))
        return redirect(f"/requests/{year}/draft/")
    return _sets(request, year, form, IndicatorForm(), 422)


@require_POST
@page(Permission.CRITERIA_TRY)
def bring(request: Request, year: int) -> HttpResponse:
    """Bring an indicator of one's own: a line for each municipality, with the source."""
    form = IndicatorForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            keep_indicator(request.actor, name=told["name"], source=told["source"], values=told["figures"])
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
            return _sets(request, year, AdoptForm(), form, 409)
        messages.success(request, _("The indicator is kept. Choose it in the workshop."))
        return redirect(f"/requests/{year}/workshop/")
    return _sets(request, year, AdoptForm(), form, 422)


@require_POST
@page(Permission.CRITERIA_TRY)
def drop_figures(request: Request, year: int, number: int) -> HttpResponse:
    """Throw one's own indicator away."""
    drop_indicator(request.actor, indicator=number)
    messages.success(request, _("The indicator is thrown away."))
    return redirect(f"/requests/{year}/workshop/sets/")


def _form(request: Request, year: int) -> WorkshopForm:
    found = columns(request.actor, year, clock.today())
    need = need_in_force(year)
    persons = need.value if need else None
    number = request.GET.get("set", "")
    if number.isdigit():
        chosen = criteria_set(request.actor, int(number))
        start = as_fields(from_kept(chosen.settings), persons)
    elif "method" in request.GET:
        return WorkshopForm(request.GET, columns=found, known_codes=_codes())
    else:
        start = starting_point(found, persons)
    filled = {name: value for name, value in start.items() if value not in (None, False, "")}
    return WorkshopForm(filled, columns=found, known_codes=_codes())


def _codes() -> frozenset[str]:
    return frozenset(str(one.code) for one in Registry.shipped().all_municipalities)


def _result(request: Request, year: int, form: WorkshopForm) -> dict[str, Any]:
    """What the controls give, or why they give nothing."""
    if not form.is_valid():
        return {"wrong": [text for texts in form.errors.values() for text in texts]}
    need = form.cleaned_data["need"]
    total = form.weight_sum()
    if form.sliders() and total != 100:
        return {"weight_sum": total}
    try:
        settings = form.settings()
        found = trial(request.actor, year, need, settings)
    except (BadInput, NoAnswer) as fault:
        refusal = refusal_of(fault, need)
        column = next((one for one in form.columns if one.key == refusal.facts.get("column")), None)
        if column is not None:
            refusal = Refused(refusal.code, {**refusal.facts, "column": column.name(request.language)})
        return {"wrong": [sentence(refusal)]}
    return {
        "settings": json.dumps(as_kept(settings)),
        "request_key": uuid.uuid4(),
        **shown_result(found, request.GET),
    }


def _sets(
    request: Request, year: int, form: AdoptForm, indicator: IndicatorForm, status: int
) -> HttpResponse:
    found = columns(request.actor, year, clock.today())
    listed: list[SetView] = criteria_sets(request.actor, year)
    context = {
        "year": year,
        "sets": listed,
        "form": form,
        "indicator_form": indicator,
        "indicators": [one for one in found if one.brought],
        "may_draft": request.actor.may(Permission.ROUND_DRAFT),
        "request_key": uuid.uuid4(),
        "wrong": int(request.resolver_match.kwargs.get("number", 0)) if request.resolver_match else 0,
    }
    return render(request, "distribution/sets.html", context, status=status)
