"""The settlement need as it was stated, day by day, and the form that states it anew."""

from __future__ import annotations

import uuid
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bosett.forecast import Need, settlement_need
from bosett.outputs.tables import Cell
from bosett.terms.errors import NoAnswer, Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.forecast import set_need
from bosett_server.queries.forecast import (
    Limit,
    NeedOverview,
    NeedVersion,
    need_overview,
    revision_view,
    waiting_with_permit,
    years_with_need,
)
from bosett_server.queries.known import Known
from bosett_server.web.forecast.forms import PART_LABELS, NeedForm
from bosett_server.web.known import known_day, year_in
from bosett_server.web.look.charts import Bar, BarList, Caption
from bosett_server.web.look.dates import date_words
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file
from bosett_server.words.refusals import sentence

COLUMNS = (
    "stated_on", "persons", "state", "low", "high", "modelled", "source", "reason",
    *(f"{part}_{end}" for part in PART_LABELS for end in ("low", "point", "high")),
)  # fmt: skip
FIELD_OF = {
    "number_negative": "value",
    "number_too_large": "value",
    "parts_do_not_sum": "value",
    "source_missing": "source",
    "day_in_future": "valid_from",
    "older_than_need_in_force": "valid_from",
    "year_out_of_range": "year",
}


@page(Permission.SITUATION_VIEW)
def overview(request: Request) -> HttpResponse:
    """The need of a year: each number that was stated, what is divided, what is unknown; also as csv, xlsx and json."""
    day = known_day(request)
    years = years_with_need()
    year = year_in(request, years[0] if years else clock.today().year)
    told = need_overview(request.actor, year, day.known)
    if request.GET.get("as"):
        return table_file(f"need-{year}", request.GET["as"], COLUMNS, [_line(one) for one in told.versions])
    rows = [
        (one, _step(one.figure.value, older.figure.value) if older else None)
        for one, older in zip_longest(told.versions, told.versions[1:])
    ]
    context = {
        "day": day,
        "year": year,
        "of_year": f"year={year}&",
        "years": years,
        "told": told,
        "rows": rows,
        "chart": _chart(told) if len(told.versions) > 1 else None,
        "parts": [(PART_LABELS[part.key], part) for part in told.now.parts] if told.now else [],
        "part_labels": list(PART_LABELS.values()),
        "waiting": _waiting(request) if day.known.is_today else [],
        "may_set": request.actor.may(Permission.NEED_SET),
        "may_scenario": request.actor.may(Permission.SCENARIO_USE),
        "may_results": request.actor.may(Permission.RESULTS_VIEW),
        "may_see_requests": request.actor.may(Permission.ROUND_VIEW),
    }
    return render(request, "forecast/overview.html", context)


@page(Permission.NEED_SET)
def state_need(request: Request) -> HttpResponse:
    """State the need anew; `try` works out the parts and stores nothing."""
    today = clock.today()
    year = year_in(request, today.year)
    form = NeedForm(request.POST or None, initial={"year": year, "valid_from": today})
    need: Need | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            need = _worked_out(form)
            if request.POST.get("do") == "store" and not form.errors and _stored(request, form, need):
                return redirect(f"/need/?year={form.cleaned_data['year']}")
            status = 409 if form.errors else 200
    context = {
        "form": form,
        "year": year,
        "need": need,
        "parts": [(PART_LABELS[part.key], part) for part in need.parts] if need else [],
        "now": need_overview(request.actor, year, Known(today, today)).now,
        "request_key": uuid.uuid4(),
    }
    return render(request, "forecast/state_need.html", context, status=status)


def _worked_out(form: NeedForm) -> Need | None:
    inputs = form.cleaned_data.get("inputs")
    if inputs is None:
        return None
    try:
        return settlement_need(inputs)
    except NoAnswer:
        form.add_error(None, sentence(Refused("parts_contradict")))
        return None


def _stored(request: Request, form: NeedForm, need: Need | None) -> bool:
    told = form.cleaned_data
    value = told["value"] if told["value"] is not None else need.persons.point if need else 0
    try:
        set_need(
            request.actor, year=told["year"], value=value, source=told["source"],
            valid_from=told["valid_from"], reason=told["reason"], parts=told.get("inputs"),
        )  # fmt: skip
    except (NotPermitted, NotInSight):
        raise
    except Refused as refusal:
        form.add_error(FIELD_OF.get(refusal.code), sentence(refusal))
        return False
    messages.success(request, _said(told["year"], value))
    return True


def _said(year: int, value: int) -> str:
    """What was stored, and what the rule says of it."""
    today = clock.today()
    stored = _("The need for %(year)s is now %(value)s.") % {"year": year, "value": number(value)}
    limit = revision_view(year, value, today, Known(today, today)).limit
    return f"{stored} {LIMIT_SAID[limit]()}"


LIMIT_SAID = {
    Limit.DUE: lambda: _("The rule in force calls for a new division. Everybody concerned has been told."),
    Limit.WITHIN: lambda: _("The change is within the limits of the rule in force. Nobody was told."),
    Limit.NO_RULE: lambda: _(
        "No rule in force says when the division is made anew, so everybody concerned has been told of the change."
    ),
    Limit.NOTHING_DIVIDED: lambda: _("No round has been sent for the year yet."),
}


def _line(one: NeedVersion) -> list[Cell]:
    parts = {part.key: part for part in one.parts}
    told = [
        (parts[key].low, parts[key].point, parts[key].high) if key in parts else (None,) * 3
        for key in PART_LABELS
    ]
    return [
        one.valid_from, one.figure.value, one.figure.state.value, one.low, one.high, one.modelled, one.source,
        one.reason,
        *(end for part in told for end in part),
    ]  # fmt: skip


def _step(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


def _chart(told: NeedOverview) -> BarList:
    first, last = told.versions[-1].figure.value, told.versions[0].figure.value
    step = _step(last, first)
    finding = _("The need for %(year)s has been stated %(times)s times") % {
        "year": told.year,
        "times": number(len(told.versions)),
    }
    if step:
        words = {"year": told.year, "persons": number(abs(step))}
        finding = (
            _("The need for %(year)s has been raised by %(persons)s persons")
            if step > 0
            else _("The need for %(year)s has been cut by %(persons)s persons")
        ) % words
    return BarList(
        Caption(
            "need-stated",
            finding,
            _("Settlement need as stated, persons"),
            _("The sources stand in the table below."),
        ),
        tuple(
            Bar(date_words(one.valid_from), one.figure, modelled=one.modelled, strong=one.current)
            for one in reversed(told.versions)
        ),
        _("Stated on"),
        _("Persons"),
    )


def _waiting(request: Request) -> list[tuple[Any, int]]:
    """Persons with a permit and no municipality yet, by stage, in the order of the chain."""
    found = waiting_with_permit(request.actor)
    words = {
        "in_reception": _("In reception, not interviewed"),
        "interviewed": _("Interviewed"),
        "ready": _("Ready for a proposal"),
        "proposed": _("Proposed to a municipality"),
        "assigned": _("Accepted, no day set"),
        "date_agreed": _("A day is agreed"),
    }
    return [(label, found.get(stage, 0)) for stage, label in words.items()]
