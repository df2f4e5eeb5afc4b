"""Alerts of reception: kinds of centre outside a norm, households near or past their target; those that have ended."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.reception_alerts import (
    PAST,
    AlertView,
    empty_rule,
    norms,
    reception_alerts,
)
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file
from bosett_server.words.capacity import ALERTS, KINDS

COLUMNS = ("what", "kind", "household", "places", "residents", "target_day", "raised_on", "ended_on")


@require_GET
@page(Permission.HOUSEHOLD_LIST)
def overview(request: Request) -> HttpResponse:
    """What stands, and what has ended in the last three months; also as csv, xlsx and json."""
    today = clock.today()
    standing, ended = reception_alerts(request.actor, today)
    if request.GET.get("as"):
        lines = [_line(one) for one in (*standing, *ended)]
        return table_file("reception-alerts", request.GET["as"], COLUMNS, lines)
    empty = empty_rule(today)
    context = {
        "kinds": [
            (one, str(KINDS[one.kind]), str(ALERTS[one.what]), _share(one)) for one in standing if one.kind
        ],
        "homes": [(one, str(ALERTS[one.what])) for one in standing if one.household],
        "past": sum(one.what == PAST for one in standing),
        "ended": [
            (one, str(KINDS[one.kind]) if one.kind else one.reference, str(ALERTS[one.what])) for one in ended
        ],
        "norms": [(norm, version) for norm, version in norms(today)],
        "empty_below": float(empty.below),
        "margin": float(empty.margin),
        "today": today,
    }
    return render(request, "capacity/alerts.html", context)


def _share(one: AlertView) -> float | None:
    return one.residents / one.places if one.places and one.residents is not None else None


def _line(one: AlertView) -> list[Cell]:
    return [
        one.what, one.kind, one.reference, one.places, one.residents, one.day, one.raised_on, one.ended_on,
    ]  # fmt: skip
