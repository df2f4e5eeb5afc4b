"""Steps of a home: registered, changed, taken out; given to a household, ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.homes import (
    change_home,
    end_hold,
    hold_home,
    register_home,
    take_out_home,
    withdraw_hold,
)
from bosett_server.queries.decisions import place_name
from bosett_server.queries.homes import Hold, HomeLine, home_line, homes_of_place, seekers
from bosett_server.web.page import page
from bosett_server.web.planner.forms import EndForm, HoldForm, HomeForm, home_initial
from bosett_server.web.planner.homes import seeker_words
from bosett_server.web.step_form import StepPage, posted, run


def _crumbs(code: str, *more: str) -> tuple[str, ...]:
    return (place_name(code), f"/municipalities/{code}/", _("Homes"), f"/homes/{code}/", *more)


@page(Permission.HOME_EDIT)
def new(request: Request, code: str) -> HttpResponse:
    """Register a home."""
    homes_of_place(request.actor, code)
    form = HomeForm(posted(request), initial={"free_from": clock.today()})
    step = StepPage(
        _("Register a home"),
        _("Address, bedrooms and the first day are enough. What you do not know stays empty."),
        _("Register the home"),
        f"/homes/{code}/",
        _crumbs(code),
    )
    return run(
        request, form, step,
        lambda: register_home(request.actor, municipality=code, home=form.facts()),
        lambda: (_("The home is registered."), f"/homes/{code}/"),
    )  # fmt: skip


@page(Permission.HOME_EDIT)
def change(request: Request, code: str, number: int) -> HttpResponse:
    """Change what is registered of a home."""
    line = home_line(request.actor, code, number)
    form = HomeForm(posted(request), initial=home_initial(line))
    here = f"/homes/{code}/{number}/"
    step = StepPage(
        _("Change the home"), line.address, _("Save the home"), here, _crumbs(code, line.address, here)
    )
    return run(
        request, form, step,
        lambda: change_home(
            request.actor, municipality=code, home_id=number, version=form.cleaned_data["version"], home=form.facts()
        ),
        lambda: (_("The home is changed."), here),
    )  # fmt: skip


@require_POST
@page(Permission.HOME_EDIT)
def take_out(request: Request, code: str, number: int) -> HttpResponse:
    """The home is no longer offered."""
    take_out_home(request.actor, municipality=code, home_id=number)
    messages.success(request, _("The home is taken out. What was is kept."))
    return redirect("planner-homes", code)


@page(Permission.HOME_EDIT)
def hold(request: Request, code: str, number: int) -> HttpResponse:
    """Give the home to a household, or to somebody outside the register."""
    line = home_line(request.actor, code, number)
    looking = {one.id: one for one in seekers(request.actor, code) if not one.card and not one.has_home}
    wanted = looking.get(request.GET.get("household", ""))
    first = wanted.seeker.from_day if wanted else clock.today()
    form = HoldForm(
        posted(request),
        households=[(one.id, seeker_words(one)) for one in looking.values()],
        initial={"household": wanted.id if wanted else "", "starts_on": max(first, _next_free(line))},
    )
    here = f"/homes/{code}/{number}/"
    step = StepPage(
        _("Who gets the home?"),
        _("%(address)s: a home holds one household at a time.") % {"address": line.address},
        _("Give the home"),
        here,
        _crumbs(code, line.address, here),
    )
    return run(
        request, form, step,
        lambda: hold_home(request.actor, municipality=code, home_id=number, **form.cleaned_data),
        lambda: (_("The home is given."), here),
    )  # fmt: skip


@page(Permission.HOME_EDIT)
def end(request: Request, code: str, number: int) -> HttpResponse:
    """Say when somebody moves out."""
    line, held = _held(request, code, number)
    form = EndForm(
        posted(request), initial={"ends_on": max(clock.today(), held.starts_on + timedelta(days=1))}
    )
    here = f"/homes/{code}/{line.id}/"
    step = StepPage(
        _("Moves out"),
        _("From this day on the home can be given to somebody else."),
        _("Save the day"),
        here,
        _crumbs(code, line.address, here),
    )
    return run(
        request, form, step,
        lambda: end_hold(request.actor, municipality=code, hold=number, ends_on=form.cleaned_data["ends_on"]),
        lambda: (_("The day is saved."), here),
    )  # fmt: skip


@require_POST
@page(Permission.HOME_EDIT)
def withdraw(request: Request, code: str, number: int) -> HttpResponse:
    """It came to nothing."""
    line, _hold = _held(request, code, number)
    withdraw_hold(request.actor, municipality=code, hold=number)
    messages.success(request, _("The home is free again."))
    return redirect("planner-home", code, line.id)


def _held(request: Request, code: str, number: int) -> tuple[HomeLine, Hold]:
    """The hold and its home.  Raises NotInSight."""
    for line in homes_of_place(request.actor, code, withdrawn=True):
        for one in line.holds:
            if one.id == number:
                return line, one
    raise NotInSight("not_in_sight")


def _next_free(line: HomeLine) -> date:
    """The first day that nobody has the home, from today on; today when the last has no end."""
    ends = [one.ends_on for one in line.holds if one.ends_on is not None]
    return max([clock.today(), line.home.free.start, *ends])
