"""What a municipality tells for the placement: homes it offers and what it can best receive; and IMDi's list of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.placement_hosts import offer_home, state_priorities, take_back_home
from bosett_server.queries.decisions import place_name
from bosett_server.queries.placement_hosts import hosts_now, own_homes, standing_offers
from bosett_server.queries.places import place_names
from bosett_server.web.page import page
from bosett_server.web.placement.forms import PrioritiesForm
from bosett_server.web.placement.show import attempt, form_key
from bosett_server.words.placement_hosts import CRITERIA


@page(Permission.HOME_VIEW)
def receives(request: Request, code: str) -> HttpResponse:
    """The municipality's free homes, which of them are offered, and what it says it can best receive."""
    return _show(request, code)


@require_POST
@page(Permission.HOME_EDIT)
def priorities(request: Request, code: str) -> HttpResponse:
    """Say what the municipality can best receive, or take it back."""
    form = PrioritiesForm(request.POST)
    if not form.is_valid():
        return _show(request, code, form, 422)
    told = [form.cleaned_data[name] for name in ("first", "second", "third") if form.cleaned_data[name]]
    _value, taken = attempt(form, lambda: state_priorities(request.actor, municipality=code, criteria=told))
    if not taken:
        return _show(request, code, form, 409)
    messages.success(request, _("This is what the next run of proposals reads, if it asks for it."))
    return redirect(f"/municipalities/{code}/receives/")


@require_POST
@page(Permission.HOME_EDIT)
def offer(request: Request, code: str, home: int) -> HttpResponse:
    """Offer a home for placement."""
    offer_home(request.actor, municipality=code, home=home)
    messages.success(request, _("The home is offered. IMDi sees what it is like, not where it is."))
    return redirect(f"/municipalities/{code}/receives/")


@require_POST
@page(Permission.HOME_EDIT)
def take_back(request: Request, code: str, number: int) -> HttpResponse:
    """Take an offer back."""
    take_back_home(request.actor, municipality=code, offer=number)
    messages.success(request, _("The home is no longer offered."))
    return redirect(f"/municipalities/{code}/receives/")


@page(Permission.PROPOSAL_VIEW)
def offered(request: Request) -> HttpResponse:
    """Every home that is offered now, and what municipalities say they can best receive."""
    names = place_names()
    hosts = [
        (names.get(code, code), code, [CRITERIA[one] for one in told]) for code, told in hosts_now().items()
    ]
    homes = standing_offers(request.actor)
    context = {
        "homes": homes,
        "free": sum(not one.promised for one in homes),
        "places": len({one.municipality for one in homes}),
        "hosts": sorted(hosts, key=lambda one: one[0]),
    }
    return render(request, "placement/offered.html", context)


def _show(request: Request, code: str, form: PrioritiesForm | None = None, status: int = 200) -> HttpResponse:
    if code not in request.actor.municipalities:
        raise NotInSight("not_in_sight")
    now = hosts_now(code).get(code, ())
    names = ("first", "second", "third")
    context = {
        "code": code,
        "name": place_name(code),
        "homes": own_homes(request.actor, code),
        "now": [CRITERIA[one] for one in now],
        "form": form or PrioritiesForm(initial=dict(zip(names, now, strict=False))),
        "may_change": request.actor.may(Permission.HOME_EDIT),
        "request_key": form_key(),
    }
    return render(request, "placement/receives.html", context, status=status)
