"""Assignment decisions for the archive: choose the days, and take them out as one file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.assignment_journal import (
    MOST_AT_ONCE,
    MOST_CASE,
    MOST_RESTRICTION,
    take_out_assignments,
)
from bosett_server.queries.assignment_journal import day_after, decided_between
from bosett_server.queries.placement_files import pack
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, StepPage, posted, show, take
from bosett_server.words.assignment_papers import assignment_files


class JournalForm(StepForm):
    """The days, the case, and the paragraph that keeps the papers from the public."""

    blames = {
        "period_backwards": "last", "period_not_over": "last", "case_number_missing": "case_number",
        "restriction_missing": "restriction", "no_decisions_in_period": "first", "too_many_for_one_export": "last",
    }  # fmt: skip
    first = forms.DateField(
        label=gettext_lazy("Decided from and with"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=gettext_lazy("Until and with"), widget=forms.DateInput(attrs={"type": "date"})
    )
    case_number = forms.CharField(
        label=gettext_lazy("Case number in the archive"), max_length=MOST_CASE, required=False
    )
    restriction = forms.CharField(
        label=gettext_lazy("Paragraph that keeps them from the public"), max_length=MOST_RESTRICTION, required=False,
        help_text=gettext_lazy("As the archive's own plan says. It stands in the journal and on every paper."),
    )  # fmt: skip


@page(Permission.ASSIGNMENT_DECIDE)
def assignments(request: Request) -> HttpResponse:
    """One PDF for each decision of the days, with the journal's entries."""
    form, step = JournalForm(posted(request), initial=_last_month(clock.today())), _step()
    if not form.is_bound:
        return show(request, form, step)
    if not form.is_valid():
        return show(request, form, step, 422)
    told = form.cleaned_data
    taken = take(form, lambda: take_out_assignments(request.actor, **told))
    if taken is None:
        return show(request, form, step, 409)
    rows = decided_between(request.actor, told["first"], day_after(told["last"]))
    files = assignment_files(rows, told["case_number"].strip(), told["restriction"].strip())
    return zipped(files, f"tildelinger-{told['first']}-{told['last']}.zip")


def zipped(files: Iterable[tuple[str, bytes]], name: str) -> HttpResponse:
    """The files as one to take away; nobody's browser keeps it."""
    response = HttpResponse(pack(dict(files)), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _last_month(today: date) -> dict[str, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return {"first": last.replace(day=1), "last": last}


def _step() -> StepPage:
    return StepPage(
        title=_("Assignments for the archive"),
        lead=_(
            "One PDF for each decision of the days, in the municipality's form, and the journal's entries beside"
            " them: at most %(most)s at once. Households with a protected address are never among them. That you take"
            " them out stands in the log."
        )
        % {"most": number(MOST_AT_ONCE)},
        button=_("Take out the papers and the journal (zip)"),
        back="/proposals/out/",
        crumbs=(_("Proposals"), "/proposals/", _("Out at municipalities"), "/proposals/out/"),
    )  # fmt: skip
