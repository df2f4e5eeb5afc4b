"""What comes with the answers: reasons, conditions, offers of more, places asked for, voted and used."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from bosett.decisions.kept_scores import kept_scores
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.decision_again import changed_in_sight
from bosett_server.queries.decision_answers import answers_of
from bosett_server.queries.decision_expected import expected
from bosett_server.queries.decisions import place_name
from bosett_server.records.models import Municipality
from bosett_server.web.decisions.wording import RESERVATIONS, SHORTAGES
from bosett_server.web.look.lists import AT_ONCE
from bosett_server.web.page import page


@page(Permission.VEDTAK_VIEW)
def answers(request: Request, year: int) -> HttpResponse:
    """Answers with their case, reasons and conditions, and the places in one view."""
    found = answers_of(request.actor, year)
    changed = changed_in_sight(request.actor, year)
    names = dict(Municipality.objects.values_list("code", "name"))
    waste = [one for one in found.places.rows if one.not_voted or one.not_used]
    waste.sort(key=lambda one: (-(one.not_voted or 0) - (one.not_used or 0), one.municipality))
    everything = request.GET.get("all")
    said = [one for one in found.rows if one.says_something]
    context = {
        "year": year,
        "found": found,
        "awaiting": [one for one in found.rows if one.awaiting],
        "breaking": [one for one in found.rows if one.breaks_rule],
        "rows": [
            (
                one,
                [SHORTAGES[code] for code in one.reasons],
                [SHORTAGES[code] for code in one.it_takes],
                [(RESERVATIONS[r.code], r.allowed) for r in one.reservations],
            )
            for one in (found.rows if everything else said[:AT_ONCE])
        ],
        "reasons": [(SHORTAGES[code], count, persons) for code, count, persons in found.reasons.reasons],
        "conditions": [(RESERVATIONS[code], count, allowed) for code, count, allowed in found.conditions],
        "could_take": [(SHORTAGES[code], persons) for code, persons in found.could_take],
        "waste": [(names[one.municipality], one) for one in (waste if everything else waste[:AT_ONCE])],
        "waste_count": len(waste),
        "said_count": len(said),
        "again": sum(1 for one in changed.values() if one.again),
        "not_counted": sum(one.not_counted for one in changed.values()),
    }
    return render(request, "decisions/answers.html", context)


@page(Permission.ROUND_VIEW)
def outlook(request: Request, year: int) -> HttpResponse:
    """Expected answers: sums with interval, a municipality's own, and how near such sums have been."""
    found = expected(request.actor, year)
    scores = kept_scores()
    context = {
        "year": year,
        "found": found,
        "sure": None if found.sure_of_need is None else 100 * found.sure_of_need,
        "own": [(place_name(code), asked, quantiles) for code, asked, quantiles in found.own],
        "buffers": [(100 * one.sureness, one) for one in found.buffers],
        "scores": [(one, 100 * one.coverage90, 100 * one.national_error) for one in scores],
        "inside": sum(1 for one in scores if one.inside),
        "mean_coverage": 100 * sum(one.coverage90 for one in scores) / len(scores),
    }
    return render(request, "decisions/expected.html", context)
