"""The proposal desk: easy ones in bulk, hard ones on top with why, places left."""

from __future__ import annotations

from time import perf_counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.placement_work import run_placement
from bosett_server.queries import placement as queries
from bosett_server.queries.assignments import counts
from bosett_server.queries.placement_runs import run_kept, under_way, usual_aim
from bosett_server.queries.places import place_names, places_left
from bosett_server.web import undo_offer
from bosett_server.web.look.hexmap import HexMap
from bosett_server.web.page import page
from bosett_server.web.placement.decide import UNDO
from bosett_server.web.placement.drawings import proposal_map
from bosett_server.web.placement.show import chosen_filters, chosen_year, form_key, proposal_line
from bosett_server.words.placement_codes import word


@page(Permission.PROPOSAL_VIEW)
def overview(request: Request) -> HttpResponse:
    """Which proposals can be taken as they are, and which need a person, and why."""
    year, filters = chosen_year(request), chosen_filters(request.GET)
    desk = queries.desk(request.actor, year, filters)
    context = {
        "year": year,
        "desk": desk,
        "filters": filters,
        "lines": [proposal_line(row) for row in desk.rows],
        "doubts": [(code, word("doubt", code), number) for code, number in desk.doubts],
        "chips": _chips(request, filters),
        "out": counts(request.actor),
        "under_way": under_way(request.actor, year),
        "map": _map(request, year, desk),
        "undo": undo_offer.offered(request, UNDO),
        "request_key": form_key(),
    }
    return render(request, "placement/desk.html", context)


@require_POST
@page(Permission.PROPOSAL_RUN)
def run(request: Request) -> HttpResponse:
    """Start a run; a week's takes a second or two, so the page waits for it.  A larger one is followed."""
    year, began = chosen_year(request), perf_counter()
    number = run_placement(request.actor, year=year, **usual_aim(request.actor, year))
    if run_kept(request.actor, number).state != "done":
        return redirect(f"/proposals/runs/{number}/")
    seconds = max(1, round(perf_counter() - began))
    messages.success(
        request, _("New proposals are ready. The run took %(seconds)s s.") % {"seconds": seconds}
    )
    return redirect(f"/proposals/?year={year}")


@page(Permission.PROPOSAL_VIEW)
def remaining(request: Request) -> HttpResponse:
    """Places left in every municipality, those that are over first."""
    year = chosen_year(request)
    group = request.GET.get("group", "all")
    rows = places_left(
        request.actor, year, group=group if group in {"all", "em_under15", "em_15_17"} else "all"
    )
    show = request.GET.get("show", "")
    chosen = [row for row in rows if not show or (row.over_by if show == "over" else row.left)]
    context = {
        "year": year,
        "rows": sorted(chosen, key=lambda row: -row.over_by),
        "left": sum(row.left for row in rows),
        "open_count": sum(row.left > 0 for row in rows),
        "over": sum(row.over_by > 0 for row in rows),
        "group": group,
        "group_word": word("group", group),
        "groups": [(code, word("group", code)) for code in ("all", "em_under15", "em_15_17")],
    }
    return render(request, "placement/remaining.html", context)


def _map(request: Request, year: int, desk: queries.Desk) -> HexMap | None:
    """Where the proposals go, once there are any."""
    if desk.run is None or not desk.easy + desk.hard:
        return None
    return proposal_map(desk.run, queries.map_counts(request.actor, year), place_names(), f"&year={year}")


def _chips(request: Request, filters: queries.Filters) -> list[tuple[str, str]]:
    """Filters in use, each with the address without it."""
    told = {"doubt": word("doubt", filters.doubt)} if filters.doubt else {}
    if filters.municipality:
        told["municipality"] = place_names().get(filters.municipality, filters.municipality)
    chips = []
    for name, words in told.items():
        query = request.GET.copy()
        query.pop(name, None)
        query.pop("after", None)
        chips.append((words, f"?{query.urlencode()}"))
    return chips
