"""The page that makes a household ready: its needs as codes, and from when."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bosett.terms.groups import Track
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.interviews import change_needs, mark_ready, record_heard_abroad
from bosett_server.queries.household_head import HouseholdHead
from bosett_server.queries.interviews import interview_of
from bosett_server.web.followup.steps.forms import DayForm, NeedsForm
from bosett_server.web.followup.steps.frame import head_of, step_page
from bosett_server.web.page import page
from bosett_server.web.step_form import posted, run
from bosett_server.words.household_codes import word


@page(Permission.HOUSEHOLD_READY)
def ready(request: Request, household: UUID) -> HttpResponse:
    """Mark as ready; a household that is ready has its needs put right here."""
    head = head_of(request, household, "ready_page")
    if head.stage == "in_reception" and head.track == Track.RESETTLEMENT:
        return _abroad(request, head)
    return _change(request, head) if head.stage == "ready" else _mark(request, head)


def _mark(request: Request, head: HouseholdHead) -> HttpResponse:
    heard = interview_of(request.actor, head.id, held=True)
    initial = {"needs": sorted({*head.needs, *head.follows}), "ready_on": clock.today()}
    form = NeedsForm(posted(request), initial=initial)
    step = step_page(
        head, _("Ready for settlement"), _("The household can be proposed to a municipality from the day you choose."),
        _("Mark as ready"), template="followup/steps/ready.html", heard=heard,
        left_out=[(word("hearing", item), word("missing", why)) for item, why in heard.missing.items()],
    )  # fmt: skip
    return run(
        request,
        form,
        step,
        lambda: mark_ready(request.actor, household=head.id, **form.cleaned_data),
        lambda: (_("The household is ready for settlement."), head.url),
    )


def _change(request: Request, head: HouseholdHead) -> HttpResponse:
    form = NeedsForm(posted(request), initial={"needs": list(head.needs)}, changing=True)
    step = step_page(
        head,
        _("Change the needs"),
        _("The household is ready. You can put its needs right until a municipality is asked."),
        _("Save the needs"),
        template="followup/steps/ready.html",
        heard=interview_of(request.actor, head.id, held=True),
    )
    return run(
        request,
        form,
        step,
        lambda: change_needs(request.actor, household=head.id, needs=form.cleaned_data["needs"]),
        lambda: (_("The needs are saved."), head.url),
    )


def _abroad(request: Request, head: HouseholdHead) -> HttpResponse:
    """A resettlement refugee is interviewed before the journey; that is the coded reason for every item."""
    form = DayForm(posted(request))
    step = step_page(
        head, _("Interviewed abroad"), _("The household was interviewed before the journey. Write the day, and go on."),
        _("Save and continue"),
    )  # fmt: skip
    return run(
        request,
        form,
        step,
        lambda: record_heard_abroad(request.actor, household=head.id, held_on=form.cleaned_data["on"]),
        lambda: (_("The interview abroad is recorded."), f"{head.url}ready/"),
    )
