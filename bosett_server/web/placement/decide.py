"""Decide: in bulk after a preview, one as proposed, or one elsewhere with a reason and its exact cost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.assignment_undo import undo_decisions
from bosett_server.actions.assignments import decide_assignment, decide_assignments
from bosett_server.queries import placement as queries
from bosett_server.queries.decision_checks import preview
from bosett_server.queries.override import household_in_sight, override_cost_now
from bosett_server.queries.placement_hosts import offer_row
from bosett_server.queries.places import places_left
from bosett_server.web import undo_offer
from bosett_server.web.page import page
from bosett_server.web.placement.forms import OverrideForm
from bosett_server.web.placement.show import attempt, chosen_filters, chosen_year, form_key, proposal_line
from bosett_server.words.placement_codes import language_word, word
from bosett_server.words.refusals import sentence

UNDO = "decisions"
"""What is decided last, as `undo_offer` keeps it."""


@page(Permission.ASSIGNMENT_DECIDE)
def preview_bulk(request: Request) -> HttpResponse:
    """What will and what won't go through, before anything is decided."""
    year = chosen_year(request)
    ticked = request.POST.getlist("selected") if request.method == "POST" else request.GET.getlist("selected")
    chosen = [int(number) for number in ticked if number.isdigit()]
    if not chosen and request.method != "POST":
        chosen = queries.proposal_ids(request.actor, year, chosen_filters(request.GET))
    if not chosen:
        messages.warning(request, _("You have chosen no proposal. Tick at least one."))
        return redirect("/proposals/")
    return _preview(request, year, chosen)


@require_POST
@page(Permission.ASSIGNMENT_DECIDE)
def decide_bulk(request: Request) -> HttpResponse:
    """All of them, or none: a refusal shows what still goes through, and nothing is stored."""
    year = chosen_year(request)
    chosen = [int(number) for number in request.POST.getlist("proposal") if number.isdigit()]
    try:
        stored = decide_assignments(request.actor, proposals=chosen)
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        return _preview(request, year, chosen, refusal)
    told = ngettext(
        "%(n)s household is offered to its municipality.", "%(n)s households are offered to their municipalities.",
        len(stored),
    )  # fmt: skip
    return _decided(request, stored, told % {"n": len(stored)}, f"/proposals/?year={year}")


@require_POST
@page(Permission.ASSIGNMENT_DECIDE)
def take_back(request: Request) -> HttpResponse:
    """Undo what was decided last, if nobody has done anything about it since."""
    kept = undo_offer.take(request, UNDO)
    try:
        if kept is None:
            raise Refused("offers_are_not_undone")
        count = undo_decisions(request.actor, assignments=kept["assignments"])
        told = ngettext(
            "%(n)s offer is undone, and its proposal is open again.",
            "%(n)s offers are undone, and their proposals are open again.",
            count,
        )
        messages.success(request, told % {"n": count})
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect(kept["back"] if kept else "/proposals/")


@page(Permission.PROPOSAL_VIEW)
def detail(request: Request, number: int) -> HttpResponse:
    """Why here, what closes the other places, and what comes next."""
    told = queries.proposal(request.actor, number)
    filters = chosen_filters(request.GET)
    before, after = queries.neighbours(request.actor, told.run.year, filters, number)
    return render(request, "placement/proposal.html", _proposal_context(told) | {
        "before": before,
        "after": after,
        "query": request.GET.urlencode(),
        "request_key": form_key(),
    })  # fmt: skip


@require_POST
@page(Permission.ASSIGNMENT_DECIDE)
def as_proposed(request: Request, number: int) -> HttpResponse:
    """One proposal as it is."""
    told = queries.proposal(request.actor, number)
    stored = decide_assignment(
        request.actor,
        household=str(told.row.household),
        municipality=told.row.municipality,
        year=told.run.year,
    )
    words = _("%(household)s is offered to %(place)s.")
    done = words % {"household": told.row.reference, "place": told.row.name}
    return _decided(request, [stored], done, f"/proposals/?{request.GET.urlencode()}")


@page(Permission.ASSIGNMENT_DECIDE)
def override(request: Request, household: UUID) -> HttpResponse:
    """Another municipality: first what it costs, then the decision with its reason."""
    year = chosen_year(request)
    row = household_in_sight(request.actor, household)
    number = queries.proposal_of(request.actor, household)
    choices = [
        (place.municipality, _("%(place)s (%(left)s left)") % {"place": place.name, "left": place.left})
        for place in places_left(request.actor, year, group=row.group)
        if place.left or row.protected
    ]
    data = (
        request.POST if request.method == "POST" else request.GET if "municipality" in request.GET else None
    )
    form = OverrideForm(data, places=choices)
    status, cost = 200, None
    if data is not None and form.is_valid():
        place, reason = form.cleaned_data["municipality"], form.cleaned_data["reason"]
        reason_code = form.cleaned_data["reason_code"]
        if request.method == "POST" and "look" not in request.POST:
            stored, taken = attempt(form, lambda: decide_assignment(
                request.actor, household=str(household), municipality=place, year=year, override_reason=reason,
                override_code=reason_code,
            ))  # fmt: skip
            if stored is not None and taken:
                told = _("%(household)s is offered to the municipality you chose.") % {
                    "household": row.reference
                }
                return _decided(request, [stored], told, f"/proposals/?year={year}")
            status = 409
        cost = override_cost_now(request.actor, year, row.stored, place)
    elif data is not None:
        status = 422 if request.method == "POST" else 200
    context = {
        "form": form, "home": row, "year": year, "number": number, "cost": cost, "asked": form.is_valid(),
        "costs": _costs(cost), "request_key": form_key(), "run": queries.latest_run(request.actor, year),
        "place": form.cleaned_data["municipality"] if form.is_valid() else "",
    }  # fmt: skip
    return render(request, "placement/override.html", context, status=status)


def _preview(request: Request, year: int, chosen: list[int], refusal: Refused | None = None) -> HttpResponse:
    """What will and what won't go through; after a refusal, why nothing was stored."""
    told = preview(request.actor, year, chosen, clock.today())
    context = {
        "year": year,
        "preview": told,
        "stopped": [(line, sentence(line.refusal)) for line in told.stopped if line.refusal],
        "refused": sentence(refusal) if refusal else "",
        "request_key": form_key(),
    }
    return render(request, "placement/preview.html", context, status=409 if refusal else 200)


def _decided(request: Request, stored: list[int], told: str, back: str) -> HttpResponse:
    """Back to the list, which tells what was done and offers to undo it."""
    undo_offer.remember(request, UNDO, {"assignments": stored, "told": told, "back": back})
    return redirect(back)


def _costs(cost: Any) -> dict[str, Any]:
    if cost is None:
        return {}
    levels = dict(cost.by_level)
    return {
        "persons": round(sum(value for name, value in levels.items() if name.startswith("persons"))),
        "score": round(levels.get("score", 0.0), 2),
        "moved": max(0, len(cost.moved_households) - 1),
    }


def _proposal_context(told: queries.ProposalDetail) -> dict[str, Any]:
    return {
        "told": told,
        "home": offer_row(told.home) if told.home is not None else None,
        "line": proposal_line(told.row),
        "reasons": [(word("reason", r["code"]), r["facts"].get("points")) for r in told.reasons],
        "alternatives": [(one, word("lacks", one.lacks)) for one in told.alternatives],
        "closed": [(word("rule", one.rule), one.names) for one in told.closed],
        "ties": [(word("tie", kind), place) for kind, place in told.ties],
        "missing": [word("hearing", item) for item in told.missing],
        "language": language_word(told.language),
        "is_open": told.state == "open" and told.stage == "ready",
    }
