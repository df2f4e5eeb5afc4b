"""Request and vedtak: the whole country in one picture, every municipality in one list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bosett.terms.figure import Figure, State
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.decision_again import Changed, changed_in_sight
from bosett_server.queries.decision_lines import FilterState
from bosett_server.queries.decision_overview import Overview, years_with_round
from bosett_server.queries.decision_overview import overview as overview_of
from bosett_server.queries.distribution import draft_of
from bosett_server.queries.forecast import need_versions
from bosett_server.web.decisions.drawings import answer_map, funnel
from bosett_server.web.decisions.listing import (
    FORMATS,
    Filters,
    as_file,
    chosen,
    filters_in,
    shown,
)
from bosett_server.web.decisions.wording import STATES
from bosett_server.web.known import known_day
from bosett_server.web.look.lists import AT_ONCE
from bosett_server.web.look.templatetags.look import address_with
from bosett_server.web.page import page


@page(Permission.ROUND_VIEW)
def newest(request: Request) -> HttpResponse:
    """The newest year with a round, or this year."""
    years = years_with_round(request.actor)
    return redirect(f"/requests/{years[0] if years else clock.today().year}/")


@page(Permission.ROUND_VIEW)
def overview(request: Request, year: int) -> HttpResponse:
    """What was asked, what the councils answered, what is agreed and settled, as of a day."""
    day = known_day(request)
    told = overview_of(request.actor, year, day.known)
    filters = filters_in(request.GET)
    again = _again(request, told)
    lines = chosen(told.lines, filters, again)
    need = need_versions(request.actor, year, day.known)
    context = {
        "day": day,
        "year": year,
        "years": sorted({*years_with_round(request.actor), year}, reverse=True),
        "told": told,
        "sent_on": timezone.localdate(told.sent_at) if told.sent_at else None,
        "rows": shown(lines if request.GET.get("all") else lines[:AT_ONCE], again),
        "again_count": len(again),
        "kept": len(lines),
        "filters": filters,
        "chips": _chips(request, told, filters),
        "states": _states(told),
        "counties": [(one.code, one.name) for one in told.counties],
        "query": request.GET.urlencode(),
        "funnel": funnel(told, need[0].figure if need else Figure.missing(State.UNKNOWN))
        if told.sent_at
        else None,
        "map": answer_map(told, told.lines) if told.sent_at else None,
        "draft": draft_of(request.actor, year) if request.actor.may(Permission.ROUND_DRAFT) else None,
        "may_draft": request.actor.may(Permission.ROUND_DRAFT),
        "may_try": request.actor.may(Permission.CRITERIA_TRY),
        "may_hear": request.actor.may(Permission.HEARING_ANSWER),
        "may_answers": request.actor.may(Permission.VEDTAK_VIEW),
        "next_year": year + 1,
    }
    return render(request, "decisions/overview.html", context)


@page(Permission.ROUND_VIEW)
def download(request: Request, year: int, form: str) -> HttpResponse:
    """The list as it is filtered, as csv or xlsx."""
    if form not in FORMATS:
        raise Http404
    told = overview_of(request.actor, year, known_day(request).known)
    again = _again(request, told)
    body = as_file(told, chosen(told.lines, filters_in(request.GET), again), again, form)
    response = HttpResponse(body, content_type=FORMATS[form])
    name = f"bosett-{year}-{told.known.day.isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _again(request: Request, told: Overview) -> Mapping[str, Changed]:
    """Municipalities in sight that must answer a changed request anew; kept for today only."""
    if told.sent_at is None or not told.known.is_today:
        return {}
    changed = changed_in_sight(request.actor, told.year)
    return {code: one for code, one in changed.items() if one.again}


def _states(told: Overview) -> list[tuple[FilterState, Any, str, int]]:
    """Every state that a municipality stands in, with words, tone and how many."""
    counts: dict[FilterState, int] = {}
    for line in told.lines:
        counts[line.state] = counts.get(line.state, 0) + 1
    return [(state, *STATES[state], counts[state]) for state in FilterState if state in counts]


def _chips(request: Request, told: Overview, filters: Filters) -> list[tuple[str, str]]:
    """The filters in use and the address without each."""
    names = {one.code: one.name for one in told.counties}
    chips = []
    if filters.state is not None:
        words = _("Answer: %(words)s") % {"words": STATES[filters.state][0]}
        chips.append((words, address_with(request.GET, state="")))
    if filters.again:
        chips.append((_("Asked anew, no new answer"), address_with(request.GET, again="")))
    if filters.county:
        words = _("County: %(name)s") % {"name": names.get(filters.county, filters.county)}
        chips.append((words, address_with(request.GET, county="")))
    if filters.name:
        chips.append((_("Name: %(name)s") % {"name": filters.name}, address_with(request.GET, name="")))
    return chips
