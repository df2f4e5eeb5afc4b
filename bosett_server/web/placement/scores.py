"""Score tables from outside: loaded with a model card, looked at, approved, put out of use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.placement_scores import (
    CARD,
    approve_scores,
    load_scores,
    report_scores,
    retire_scores,
)
from bosett_server.queries.placement_scores import score_table, score_tables
from bosett_server.web.page import page
from bosett_server.web.placement.run_forms import ReportForm, ScoresForm
from bosett_server.web.placement.score_report import told
from bosett_server.web.placement.show import attempt, form_key
from bosett_server.words.placement_runs import run_word

TONES = {"checked": "info", "active": "success", "retired": "neutral"}


@page(Permission.PROPOSAL_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every table that was loaded, and that none is used unless a run asks for it."""
    tables = [(one, run_word("scores", one.state), TONES[one.state]) for one in score_tables(request.actor)]
    context = {"tables": tables, "may_load": request.actor.may(Permission.SCORES_LOAD)}
    return render(request, "placement/scores.html", context)


@page(Permission.SCORES_LOAD)
def load(request: Request) -> HttpResponse:
    """A table and its model card; nothing uses it before somebody has approved it."""
    files = request.FILES if request.method == "POST" else None
    form = ScoresForm(request.POST if request.method == "POST" else None, files)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            sent = form.cleaned_data["file"]
            file = Incoming(sent.name, sent.read())
            measured = form.cleaned_data["report"]
            report = _sent(measured) if measured else None
            made, taken = attempt(form, lambda: load_scores(
                request.actor, name=form.cleaned_data["name"], file=file, card=form.card, report=report
            ))  # fmt: skip
            if taken:
                return redirect(f"/proposals/scores/{made}/")
            status = 409
    parts = [form[f"card_{part}"] for part in CARD]
    context = {"form": form, "parts": parts, "request_key": form_key()}
    return render(request, "placement/scores_load.html", context, status=status)


@page(Permission.PROPOSAL_VIEW)
def detail(request: Request, number: int) -> HttpResponse:
    """What the table covers, what was measured of it, and its whole model card."""
    return _show(request, number, ReportForm())


@require_POST
@page(Permission.SCORES_LOAD)
def report(request: Request, number: int) -> HttpResponse:
    """A newer measurement in the place of the last."""
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, number, form, 422)
    sent = _sent(form.cleaned_data["report"])
    _number, taken = attempt(form, lambda: report_scores(request.actor, scores=number, report=sent))
    if not taken:
        return _show(request, number, form, 409)
    if score_table(request.actor, number).state == "retired":
        messages.warning(request, _("The table failed the new measurement. It is out of use from now on."))
    else:
        messages.success(request, _("The new measurement stands."))
    return redirect(f"/proposals/scores/{number}/")


@require_POST
@page(Permission.SCORES_LOAD)
def approve(request: Request, number: int) -> HttpResponse:
    """From now on a run may ask for it."""
    form = Form(request.POST)
    form.is_valid()
    _number, taken = attempt(form, lambda: approve_scores(request.actor, scores=number))
    if not taken:
        return _show(request, number, ReportForm(), 409, [str(one) for one in form.non_field_errors()])
    messages.success(request, _("Runs may use the table now, when somebody asks for it."))
    return redirect(f"/proposals/scores/{number}/")


@require_POST
@page(Permission.SCORES_LOAD)
def retire(request: Request, number: int) -> HttpResponse:
    """No new run can use it."""
    retire_scores(request.actor, scores=number)
    messages.success(request, _("No new run can use the table. Runs that used it keep what they were given."))
    return redirect(f"/proposals/scores/{number}/")


def _sent(file: Any) -> Incoming:
    return Incoming(file.name, file.read())


def _show(
    request: Request, number: int, form: ReportForm, status: int = 200, wrong: Sequence[str] = ()
) -> HttpResponse:
    row = score_table(request.actor, number)
    context = {
        "row": row,
        "state": run_word("scores", row.state),
        "tone": TONES[row.state],
        "card": [(run_word("card", part), row.card.get(part, "")) for part in CARD],
        "told": told(row.report) if row.report else None,
        "form": form,
        "wrong": [*wrong, *form.non_field_errors()],
        "may_load": request.actor.may(Permission.SCORES_LOAD),
        "request_key": form_key(),
    }
    return render(request, "placement/scores_table.html", context, status=status)
