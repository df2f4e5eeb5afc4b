"""Agreed self-settlement: register, answer, decide, withdraw."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.registry import sort_key
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.self_settlement import (
    answer_self_settlement,
    decide_self_settlement,
    register_self_settlement,
    withdraw_self_settlement,
)
from bosett_server.queries.override import household_in_sight
from bosett_server.queries.places import place_names, places_left
from bosett_server.queries.self_settlement import home_found, homes_found
from bosett_server.web.page import page
from bosett_server.web.placement.forms import RefuseForm, SelfSettlementForm
from bosett_server.web.placement.show import attempt, card_words, form_key
from bosett_server.words.placement_codes import TONES, word


@page(Permission.SELF_SETTLEMENT_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every request in sight, newest first."""
    rows = [(row, word("state", row.state), TONES[row.state]) for row in homes_found(request.actor)]
    return render(request, "placement/self_settlements.html", {"rows": rows})


@page(Permission.SELF_SETTLEMENT_REGISTER)
def register(request: Request, household: UUID) -> HttpResponse:
    """IMDi asks the municipality about a home that the household found."""
    home = household_in_sight(request.actor, household)
    form = SelfSettlementForm(
        request.POST or None, places=sorted(place_names().items(), key=lambda one: sort_key(one[1]))
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            told = form.cleaned_data
            number, taken = attempt(form, lambda: register_self_settlement(
                request.actor, household=str(household), municipality=told["municipality"],
                lease_from=told["lease_from"],
            ))  # fmt: skip
            if taken:
                messages.success(request, _("The municipality has been asked."))
                return redirect(f"/self-settlement/{number}/")
        status = 409 if form.non_field_errors() else 422
    context = {"form": form, "home": home, "request_key": form_key()}
    return render(request, "placement/self_settle.html", context, status=status)


@page(Permission.SELF_SETTLEMENT_VIEW)
def detail(request: Request, number: int) -> HttpResponse:
    """One request and what can be done with it now."""
    return _show(request, number)


@require_POST
@page(Permission.SELF_SETTLEMENT_ANSWER)
def answer(request: Request, number: int) -> HttpResponse:
    """The municipality's yes or no."""
    approve = request.POST.get("answer") == "yes"
    form = RefuseForm(request.POST)
    if not form.is_valid() and not approve:
        return _show(request, number, form=form, status=422)
    reason = "" if approve else form.cleaned_data["reason"]
    _value, taken = attempt(form, lambda: answer_self_settlement(
        request.actor, self_settlement=number, approve=approve, reason=reason
    ))  # fmt: skip
    if not taken:
        return _show(request, number, form=form, status=409)
    messages.success(request, _("IMDi has your answer."))
    return redirect(f"/self-settlement/{number}/")


@require_POST
@page(Permission.ASSIGNMENT_DECIDE)
def decide(request: Request, number: int) -> HttpResponse:
    """IMDi assigns the household to the municipality that said yes."""
    assigned = decide_self_settlement(request.actor, self_settlement=number)
    messages.success(request, _("The household is assigned."))
    return redirect(f"/proposals/out/{assigned}/")


@require_POST
@page(Permission.SELF_SETTLEMENT_REGISTER)
def withdraw(request: Request, number: int) -> HttpResponse:
    """The household no longer wants the home."""
    withdraw_self_settlement(request.actor, self_settlement=number)
    messages.success(request, _("The request is withdrawn."))
    return redirect("/self-settlement/")


def _show(
    request: Request, number: int, *, form: RefuseForm | None = None, status: int = 200
) -> HttpResponse:
    row, actor = home_found(request.actor, number), request.actor
    open_to_all = places_left(actor, row.lease_from.year, row.municipality, "all")
    context = {
        "row": row,
        "card": card_words(row.card),
        "state": word("state", row.state),
        "tone": TONES[row.state],
        "refuse": word("refuse", row.refuse_reason),
        "places": open_to_all[0] if open_to_all else None,
        "form": form or RefuseForm(),
        "may_answer": actor.may(Permission.SELF_SETTLEMENT_ANSWER) and row.state == "asked",
        "may_decide": actor.may(Permission.ASSIGNMENT_DECIDE) and row.state == "approved" and not row.decided,
        "may_withdraw": actor.may(Permission.SELF_SETTLEMENT_REGISTER)
        and row.state in {"asked", "approved"}
        and not row.decided,
        "request_key": form_key(),
    }
    return render(request, "placement/self_settlement.html", context, status=status)
