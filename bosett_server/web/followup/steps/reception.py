"""The pages of a permit and of a move within reception: UDI's."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.registration import end_stay, move_between_centres, permit_granted
from bosett_server.queries.capacity import open_centres
from bosett_server.web.followup.steps.forms import CentreMoveForm, DayForm
from bosett_server.web.followup.steps.frame import head_of, step_page
from bosett_server.web.page import page
from bosett_server.web.step_form import posted, run


@page(Permission.HOUSEHOLD_REGISTER)
def permit(request: Request, household: UUID) -> HttpResponse:
    """The day the permit was granted; the centre is asked to hold the interview."""
    head = head_of(request, household, "permit_page")
    form = DayForm(posted(request), initial={"on": clock.today()})
    step = step_page(
        head,
        _("Permit granted"),
        _("The centre is asked to hold the settlement interview."),
        _("Record the permit"),
    )
    return run(
        request,
        form,
        step,
        lambda: permit_granted(request.actor, household=head.id, on=form.cleaned_data["on"]),
        lambda: (_("The permit is recorded, and the centre is told."), head.url),
    )


@page(Permission.HOUSEHOLD_REGISTER)
def centre(request: Request, household: UUID) -> HttpResponse:
    """To another centre, or out."""
    head = head_of(request, household, "centre_page")
    form = CentreMoveForm(
        posted(request), centres=open_centres(clock.today()), initial={"on": clock.today(), "centre_id": head.centre_id}
    )  # fmt: skip
    step = step_page(
        head,
        _("Move within reception"),
        _("The stay ends the day the next begins. Both centres are told."),
        _("Record the move"),
    )

    def act() -> object:
        where, on = form.cleaned_data["centre_id"], form.cleaned_data["on"]
        if where:
            return move_between_centres(request.actor, household=head.id, centre_id=int(where), on=on)
        return end_stay(request.actor, household=head.id, on=on)

    return run(request, form, step, act, lambda: (_("The move is recorded."), head.url))
