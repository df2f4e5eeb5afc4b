"""Two kept sets side by side: two maps with the same classes, and why each number differs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bosett.distribution.insight import year_changes
from bosett.distribution.settings import from_kept
from bosett.registry import Registry
from bosett.terms.errors import Refused
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.distribution_criteria import tried
from bosett_server.queries.distribution_sets import SetView, criteria_set
from bosett_server.queries.distribution_trial import Trial
from bosett_server.queries.forecast import need_in_force
from bosett_server.web.distribution.workshop_result import ChangeRow, asked_map, change_rows, per_10_000
from bosett_server.web.look.hexmap import class_bounds
from bosett_server.web.look.lists import AT_ONCE
from bosett_server.web.page import page
from bosett_server.words.refusals import sentence


@page(Permission.CRITERIA_TRY)
def compare(request: Request, year: int) -> HttpResponse:
    """Both on the map and in one table; a set that gives no division says why."""
    first, second = _chosen(request, "first"), _chosen(request, "second")
    need = need_in_force(year)
    persons = (need.value if need else None) or 0
    context = {"year": year, "first": first, "second": second, "need": persons, "moved": 0}
    found, wrong = [], []
    for one in (first, second):
        try:
            found.append(tried(request.actor, year, persons, from_kept(one.settings)))
        except Refused as refusal:
            wrong.append((one.name, sentence(refusal)))
    if wrong:
        return render(request, "distribution/compare.html", context | {"wrong": wrong}, status=409)
    return render(request, "distribution/compare.html", context | _beside(request, *found))


def _beside(request: Request, first: Trial, second: Trial) -> dict[str, object]:
    names = {str(one.code): one.name for one in Registry.shipped().all_municipalities}
    bounds = tuple(class_bounds(per_10_000(first) + per_10_000(second)))
    measure = _("Asked for, persons for each 10,000 inhabitants")
    rows: list[ChangeRow] = change_rows(first, second, year_changes(first.direct, second.direct), names)
    rows.sort(key=lambda one: (-abs(one.change), one.code))
    return {
        "first_map": asked_map(first, "first-map", measure, bounds),
        "second_map": asked_map(second, "second-map", measure, bounds),
        "moved": sum(max(0, one.change) for one in rows),
        "rows": rows if request.GET.get("all") else rows[:AT_ONCE],
        "row_count": len(rows),
    }


def _chosen(request: Request, name: str) -> SetView:
    number = request.GET.get(name, "")
    if not number.isdigit():
        raise NotInSight("not_in_sight")
    return criteria_set(request.actor, int(number))
