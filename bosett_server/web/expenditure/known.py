"""Registers and KOSTRA totals beside a round: a file of all, or one figure typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.expenditure_known import KnownRow, set_known_figure
from bosett_server.queries.expenditure import known_counts, round_row
from bosett_server.web.expenditure import shown
from bosett_server.web.expenditure.forms import FigureForm
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run

HOME = "/expenditure/"


@page(Permission.EXPENDITURE_MANAGE)
def figure(request: Request, number: int) -> HttpResponse:
    """Type one figure; one that stood for the same municipality, line and year is replaced."""
    row = round_row(request.actor, number)
    form = FigureForm(posted(request))
    back = f"{HOME}{number}/"
    counts = known_counts(request.actor, number)
    step = StepPage(
        title=_("Type one figure"),
        lead=_("Stored now: %(register)s of registers, %(kostra)s of KOSTRA. One of the same is replaced.")
        % {"register": counts.get("register", 0), "kostra": counts.get("kostra", 0)},
        button=_("Store the figure"),
        back=back,
        crumbs=(_("Mapping of expenditure"), HOME, shown.round_title(row), back),
    )

    def act() -> int:
        told = form.cleaned_data
        typed = KnownRow(
            1, told["municipality"].strip(), told["item"].strip(), told["residence_year"], told["amount_nok"],
            told["persons"],
        )  # fmt: skip
        return set_known_figure(
            request.actor, round_id=number, kind=told["kind"], figure=typed, source=told["source"]
        )

    return run(request, form, step, act, lambda: (_("The figure is stored."), f"{back}known/figure/"))
