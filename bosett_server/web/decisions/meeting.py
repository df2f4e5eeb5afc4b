"""The page on which a municipality says when its council takes a changed request up."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.decision_meetings import say_council_meets
from bosett_server.queries.decision_again import changed_in_sight
from bosett_server.queries.decisions import place_name
from bosett_server.web.known import year_in
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, StepPage, posted, run


class MeetingForm(StepForm):
    """The day, and the papers of the matter."""

    blames = {"meeting_date_passed": "meeting_on", "agenda_after_meeting": "agenda_on"}
    meeting_on = forms.DateField(
        label=gettext_lazy("The day of the council meeting"), widget=forms.DateInput(attrs={"type": "date"})
    )
    agenda_on = forms.DateField(
        label=gettext_lazy("Last day for papers to the council"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    case_number = forms.CharField(
        label=gettext_lazy("The council's case number"), required=False, max_length=60
    )


@page(Permission.VEDTAK_RECORD)
def meets(request: Request, code: str) -> HttpResponse:
    """When the council takes the changed request up; the vedtak stands until then."""
    year = year_in(request, clock.today().year)
    again = changed_in_sight(request.actor, year).get(code)
    if code not in request.actor.municipalities:
        raise NotInSight("not_in_sight")
    name, back = place_name(code), f"/municipalities/{code}/vedtak/?year={year}"
    if again is None or not again.again:
        messages.info(request, _("The municipality is not asked to answer anew."))
        return redirect(back)
    told = {"name": name, "year": year, "asked": again.asked_now or 0, "voted": again.voted or 0}
    step = StepPage(
        title=_("When does the council take the new request up?"),
        lead=_("%(name)s is asked for %(asked)s persons in %(year)s. The vedtak of %(voted)s stands until the council"
               " makes a new one. IMDi, KS and the county are told the day.") % told,
        button=_("Record the day"),
        back=back,
        crumbs=(name, f"/municipalities/{code}/", _("Vedtak"), back),
    )  # fmt: skip
    form = MeetingForm(posted(request))
    return run(
        request, form, step,
        lambda: say_council_meets(request.actor, municipality=code, year=year, **form.cleaned_data),
        lambda: (_("The day is recorded, and IMDi, KS and the county are told."), back),
    )  # fmt: skip
