"""The municipality's own places, above or before its vedtak."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.terms.groups import Group
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.opened_places import open_places, withdraw_opened_places
from bosett_server.queries.decisions import place_name
from bosett_server.queries.placement_runs import own_prices
from bosett_server.queries.places import homes_told_of, openings, places_left
from bosett_server.web.page import page
from bosett_server.web.placement.forms import OpenPlacesForm
from bosett_server.web.placement.run_words import price_words
from bosett_server.web.placement.show import attempt, chosen_year, form_key
from bosett_server.words.placement_codes import word
from bosett_server.words.placement_runs import run_word


@page(Permission.VEDTAK_VIEW)
def overview(request: Request, code: str) -> HttpResponse:
    """What the vedtak gives, what is opened on top, what is left; and a form to open more."""
    year, name = chosen_year(request), place_name(code)
    may_open = request.actor.may(Permission.PLACES_OPEN) and code in request.actor.municipalities
    homes = homes_told_of(request.actor, code) if may_open else []
    named = (
        [(f"sealed:{home}", _("Your named household")) for home in sorted(request.actor.named)]
        if may_open
        else []
    )
    choices = [(home, _("The household on card %(card)s") % {"card": number}) for home, number in homes]
    form = OpenPlacesForm(request.POST or None, homes=[*choices, *named])
    status = 200
    if request.method == "POST":
        if form.is_valid() and _opened(request, form, code, year):
            messages.success(request, _("The places are open. IMDi has been told."))
            return redirect(f"/municipalities/{code}/places/?year={year}")
        status = 409 if form.non_field_errors() else 422
    prices = own_prices(request.actor, code, year)
    context = {
        "code": code,
        "prices": [(run_word("dimension", one.dimension), price_words(one)) for one in prices],
        "own_url": f"/municipalities/{code}/",
        "name": name,
        "year": year,
        "places": [(word("group", row.group), row) for row in places_left(request.actor, year, code)],
        "openings": [
            (row, word("open", row.reason), word("group", row.group))
            for row in openings(request.actor, code, year)
        ],
        "form": form,
        "may_open": may_open,
        "own_homes": request.actor.may(Permission.HOME_VIEW) and code in request.actor.municipalities,
        "request_key": form_key(),
    }
    return render(request, "placement/places.html", context, status=status)


@require_POST
@page(Permission.PLACES_OPEN)
def withdraw(request: Request, code: str, opening: int) -> HttpResponse:
    """Close opened places again."""
    withdraw_opened_places(request.actor, opening=opening)
    messages.success(request, _("The places are closed. What is already assigned stays."))
    return redirect(f"/municipalities/{code}/places/?year={chosen_year(request)}")


def _opened(request: Request, form: OpenPlacesForm, code: str, year: int) -> bool:
    told = form.cleaned_data
    sealed, _colon, home = told["household"].rpartition(":")
    _value, taken = attempt(form, lambda: open_places(
        request.actor, municipality=code, year=year, number=told["number"], group=Group(told["group"]),
        reason=told["reason"], household=home, sealed=bool(sealed),
    ))  # fmt: skip
    return taken
