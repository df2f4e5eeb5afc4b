"""The pages of a settlement date, of the settlement, and of a move on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.moves import record_move
from bosett_server.actions.settlements import agree_settlement_date, settle
from bosett_server.queries.interviews import municipality_choices
from bosett_server.web.followup.steps.forms import DateForm, MoveForm, SettleForm
from bosett_server.web.followup.steps.frame import head_of, step_page
from bosett_server.web.page import page
from bosett_server.web.step_form import posted, run


@page(Permission.SETTLEMENT_DATE)
def agree(request: Request, household: UUID) -> HttpResponse:
    """One date for the household, with exceptions."""
    head = head_of(request, household, "settlement_date_page")
    initial = {"day": head.planned_on, "version": head.version}
    form = DateForm(posted(request), head=head, initial=initial)
    step = step_page(
        head,
        _("Settlement date"),
        _("The day the household comes to you. The centre is told, and helps with the journey."),
        _("Agree on the date") if head.planned_on is None else _("Change the date"),
        template="followup/steps/date.html",
    )
    return run(
        request,
        form,
        step,
        lambda: agree_settlement_date(
            request.actor,
            household=head.id,
            day=form.cleaned_data["day"],
            exceptions=form.exceptions(),
            version=form.cleaned_data["version"],
        ),
        lambda: (_("The date is agreed, and the centre is told."), head.url),
    )


@page(Permission.SETTLEMENT_RECORD)
def record(request: Request, household: UUID) -> HttpResponse:
    """Who has arrived: facts, once per person."""
    head = head_of(request, household, "settle_page")
    if head.stage == "assigned":
        messages.info(request, _("Agree on a settlement date first."))
        return redirect(f"{head.url}date/")
    waiting = [one.id for one in head.people if one.settled_on is None and not one.exception]
    planned = head.planned_on
    initial = {"persons": waiting, "on": planned if planned and planned <= clock.today() else None}
    form = SettleForm(posted(request), head=head, initial=initial)
    step = step_page(
        head,
        _("Who has arrived?"),
        _("Record each person once. The grant for the year follows from it."),
        _("Record as settled"),
        warning=_("A recorded settlement stands. If the day is wrong, IMDi must put it right."),
    )

    def done() -> tuple[str, str]:
        count = len(form.cleaned_data["persons"])
        words = ngettext("%(count)s person is settled.", "%(count)s persons are settled.", count)
        return words % {"count": count}, head.url

    def act() -> object:
        day = form.cleaned_data["on"]
        return settle(
            request.actor, household=head.id, persons=dict.fromkeys(form.cleaned_data["persons"], day)
        )

    return run(request, form, step, act, done)


@page(Permission.MOVE_RECORD)
def move(request: Request, household: UUID) -> HttpResponse:
    """A secondary move."""
    head = head_of(request, household, "move_page")
    everybody = [one.id for one in head.people if one.settled_on is not None]
    form = MoveForm(posted(request), head=head, places=municipality_choices(), initial={"persons": everybody})
    step = step_page(
        head,
        _("Moved to another municipality"),
        _("The registered address decides. Both municipalities are told, without names."),
        _("Record the move"),
        warning=_("When everybody has moved to the same municipality, that one takes over the file."),
    )
    return run(
        request,
        form,
        step,
        lambda: record_move(request.actor, household=head.id, **form.cleaned_data),
        lambda: (_("The move is recorded."), "/households/"),
    )
