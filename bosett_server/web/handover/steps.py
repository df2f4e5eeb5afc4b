"""The steps of a matter: open, hand over, accept, refuse, take back, close."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from bosett.agreement.handover import Ask, Outcome, RefusalReason
from bosett.agreement.pressure import Sector
from bosett.terms.errors import Refused
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.handover import (
    accept_hand_over,
    close_matter,
    hand_over,
    open_matter,
    refuse_hand_over,
    take_back_hand_over,
)
from bosett_server.queries.handover import MatterDetail, desks_of, household_in_sight
from bosett_server.queries.handover import matter as matter_detail
from bosett_server.web.handover.forms import CloseForm, GiveForm, NewMatterForm, RefuseForm
from bosett_server.web.handover.wording import desk_words, title
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run

LIST = "/matters/"


@require_http_methods(["GET", "POST"])
@page(Permission.MATTER_WORK)
def new(request: Request) -> HttpResponse:
    """Open a matter, about a place or, from a household's file, about that household."""
    household = _household(request)
    form = NewMatterForm(posted(request), own=desks_of(request.actor), about_household=bool(household))
    lead = _("You have the matter until somebody else has accepted it.")
    if household:
        reference = household_in_sight(household).reference
        lead = _("About household %(reference)s. Codes only.") % {"reference": reference} + " " + lead
    step = StepPage(_("New matter"), lead, _("Open the matter"), LIST, (_("Matters between sectors"), LIST))
    made: list[int] = []

    def act() -> object:
        told = form.cleaned_data
        made.append(
            open_matter(
                request.actor, sector=Sector(told["sector"]), ask=Ask(told["ask"]), household=household,
                municipality=told.get("municipality", ""), words=told.get("words", ""), due_on=told["due_on"],
            )
        )  # fmt: skip
        return made

    return run(
        request, form, step, act, lambda: (_("The matter is open. Hand it over when you wish."), _at(made[0]))
    )


@require_http_methods(["GET", "POST"])
@page(Permission.MATTER_WORK)
def give(request: Request, matter: int) -> HttpResponse:
    """Ask somebody to take it."""
    told = matter_detail(request.actor, matter)
    form = GiveForm(posted(request), told=told)
    lead = _("You have the matter until it is accepted. If it is refused, you still have it.")
    return run(
        request, form, _page(told, _("Hand over"), lead, _("Hand over the matter")),
        lambda: hand_over(request.actor, matter=matter, to=form.cleaned_data["to"]),
        lambda: (_("Handed over. You will hear what they answer."), _at(matter)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@page(Permission.MATTER_WORK)
def refuse(request: Request, matter: int) -> HttpResponse:
    """Say no, with a reason."""
    told = matter_detail(request.actor, matter)
    asked, form = _asked(told), RefuseForm(posted(request))
    lead = _("The matter goes back to %(desk)s, with your reason.") % {"desk": desk_words(told.row.holder)}
    return run(
        request, form, _page(told, _("Refuse"), lead, _("Refuse the matter")),
        lambda: refuse_hand_over(
            request.actor, hand_over=asked, reason=RefusalReason(form.cleaned_data["reason"])
        ),
        lambda: (_("Refused. The sender has been told why."), LIST),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@page(Permission.MATTER_WORK)
def close(request: Request, matter: int) -> HttpResponse:
    """Say what became of it."""
    told = matter_detail(request.actor, matter)
    form = CloseForm(posted(request))
    lead = _("A closed matter is not opened again.")
    return run(
        request, form, _page(told, pgettext("matters", "Close"), lead, _("Close the matter")),
        lambda: close_matter(request.actor, matter=matter, outcome=Outcome(form.cleaned_data["outcome"])),
        lambda: (_("The matter is closed."), LIST),
    )  # fmt: skip


@require_POST
@page(Permission.MATTER_WORK)
def accept(request: Request, matter: int) -> HttpResponse:
    """Take it."""
    accept_hand_over(request.actor, hand_over=_asked(matter_detail(request.actor, matter)))
    messages.success(request, _("The matter is yours now."))
    return redirect(_at(matter))


@require_POST
@page(Permission.MATTER_WORK)
def take_back(request: Request, matter: int) -> HttpResponse:
    """Ask no more."""
    take_back_hand_over(request.actor, hand_over=_asked(matter_detail(request.actor, matter)))
    messages.success(request, _("Taken back. The matter is yours alone."))
    return redirect(_at(matter))


def _asked(told: MatterDetail) -> int:
    if told.open_hand_over is None:
        raise Refused("hand_over_answered")
    return told.open_hand_over.id


def _page(told: MatterDetail, heading: str, lead: str, button: str) -> StepPage:
    crumbs = (_("Matters between sectors"), LIST, title(told.row), _at(told.row.id))
    return StepPage(heading, lead, button, _at(told.row.id), crumbs)


def _at(matter: int) -> str:
    return f"{LIST}{matter}/"


def _household(request: Request) -> str:
    text = request.GET.get("household", "")
    try:
        return str(UUID(text)) if text else ""
    except ValueError as wrong:
        raise NotInSight("not_in_sight") from wrong
