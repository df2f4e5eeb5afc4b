"""The municipalities: a list with a map, and everything about one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.known import Known
from bosett_server.queries.registry import Profile, matching, municipalities, profile
from bosett_server.web.grants.tables import by_year, missing_rules
from bosett_server.web.look.lists import AT_ONCE
from bosett_server.web.page import page
from bosett_server.web.registry import shown, tasks
from bosett_server.words.registry import CENTRE_KINDS, LANGUAGES, NAME_LANGUAGES

MEASURES = ("asked", "voted", "left")


@require_GET
@page(Permission.MUNICIPALITY_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every municipality in sight, by name, by county, on a map; a search finds any spelling."""
    year, known = _year(request), _known(request)
    search, county = request.GET.get("q", "")[:60], request.GET.get("county", "")[:2]
    measure = request.GET.get("measure", "asked")
    measure = measure if measure in MEASURES else "asked"
    everything = municipalities(request.actor, year, known)
    rows = matching(everything, search, county)
    counties = {row.county.code: row.county for row in everything}
    context = {
        "year": year,
        "known": known,
        "search": search,
        "county": county,
        "counties": sorted(counties.values(), key=lambda one: one.sort_key),
        "table": shown.listed(rows if request.GET.get("all") else rows[:AT_ONCE], year) if rows else None,
        "at_once": AT_ONCE,
        "count": len(rows),
        "map": shown.map_of(everything, measure, year),
        "measure": measure,
        "measures": [(one, shown.measure_name(one)) for one in MEASURES],
    }
    return render(request, "registry/overview.html", context)


@require_GET
@page(Permission.MUNICIPALITY_VIEW)
def detail(request: Request, code: str) -> HttpResponse:
    """Everything about one municipality, as of a day."""
    year, known = _year(request), _known(request)
    found = profile(request.actor, code, year, known)
    own = code in request.actor.municipalities
    context = {
        "it": found,
        "code": code,
        "year": year,
        "known": known,
        "own": own,
        "tasks": tasks.of(request.actor, found) if known.is_today else [],
        "versions": shown.versions(found),
        "population": shown.population(found),
        "population_source": shown.source_of("population"),
        "facts_source": shown.source_of("municipalities"),
        "names": [(NAME_LANGUAGES[one.language.value], one) for one in found.facts.other_names],
        "language": LANGUAGES[found.facts.language.value],
        "centres": [(one, CENTRE_KINDS.get(one.kind, one.kind)) for one in found.centres],
        "may_record": own and request.actor.may(Permission.VEDTAK_RECORD),
        "may_open": own and request.actor.may(Permission.PLACES_OPEN),
        "may_plan": own and request.actor.may(Permission.PLAN_VIEW),
        "may_see_weeks": _sees_weeks(request, code),
        "may_see_vedtak": request.actor.may(Permission.VEDTAK_VIEW),
        **_money(found),
        **_places(found),
    }
    return render(request, "registry/municipality.html", context)


def _sees_weeks(request: Request, code: str) -> bool:
    """IMDi sees the plan by week of all, a county of its own, a municipality its own."""
    actor = request.actor
    in_sight = code in actor.municipalities if actor.municipalities else actor.county in ("", code[:2])
    return in_sight and actor.may(Permission.WEEKS_VIEW)


def _places(found: Profile) -> dict[str, Any]:
    """The places for everybody, and those of the two groups of minors when there are any."""
    if found.places is None:
        return {"everybody": None, "minors": []}
    by_group = {row.group: row for row in found.places}
    minors = [(shown.group_name(group), row) for group, row in by_group.items() if group != "all"]
    return {"everybody": by_group.get("all"), "minors": minors}


def _money(found: Profile) -> dict[str, Any]:
    if found.grants is None:
        return {"money": False}
    return {
        "money": True,
        "grants": by_year(found.facts.official_name, found.grants),
        "rules": missing_rules(found.grants),
        "without_ground": found.without_ground,
    }


def _year(request: Request) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdigit() and len(given) == 4 else clock.today().year


def _known(request: Request) -> Known:
    """The day in the address; no day, or one that cannot be read, is today."""
    today = clock.today()
    try:
        day = date.fromisoformat(request.GET.get("known", ""))
    except ValueError:
        day = today
    return Known(min(day, today), today)
