"""A target coverage and what follows; each party's scenarios on the common baseline."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.terms.errors import Refused
from bosett_server.access import audit
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.expenditure_scenarios import (
    drop_expenditure_scenario,
    make_expenditure_scenario,
    share_expenditure_scenario,
)
from bosett_server.queries.expenditure_scenarios import ScenarioRow, followed, scenario, scenarios
from bosett_server.web.expenditure import shown, shown_target
from bosett_server.web.expenditure.estimates import closed
from bosett_server.web.expenditure.forms import KeptTargetForm, TargetForm
from bosett_server.web.page import page
from bosett_server.web.step_form import take
from bosett_server.web.table_file import table_file
from bosett_server.words.refusals import sentence


@page(Permission.EXPENDITURE_COMMITTEE)
def choose(request: Request, number: int) -> HttpResponse:
    """Try a target; keep it under a name."""
    given = request.POST if request.method == "POST" else request.GET
    form, keep = TargetForm(given or None), KeptTargetForm(request.POST or None)
    if request.method == "POST" and keep.is_valid():
        made = take(keep, lambda: _made(request, number, keep))
        if made is not None:
            messages.success(request, _("The scenario is kept. Only your own party sees it."))
            return redirect("expenditure-scenario", number, made)
    target = form.cleaned_data.get("target") if form.is_bound and form.is_valid() else None
    return _page(request, number, (form, keep), target, None, status=_status(form, keep))


def _status(form: TargetForm, keep: KeptTargetForm) -> int:
    """422 where what was typed can't be taken, 409 where it was refused."""
    if keep.is_bound and keep.errors:
        return 409 if form.is_valid() and keep.data.get("name", "").strip() else 422
    return 422 if form.is_bound and not form.is_valid() else 200


@require_GET
@page(Permission.EXPENDITURE_COMMITTEE)
def show(request: Request, number: int, scenario_id: int) -> HttpResponse:
    """One kept scenario."""
    kept = scenario(request.actor, number, scenario_id)
    return _page(request, number, (TargetForm(), KeptTargetForm()), kept.target_percent, kept)


@require_GET
@page(Permission.EXPENDITURE_COMMITTEE)
def file(request: Request, number: int, scenario_id: int, kind: str) -> HttpResponse:
    """A kept scenario as csv, xlsx or json; a municipality with fewer than five persons is hidden."""
    row, _baseline = closed(request, number)
    kept = scenario(request.actor, number, scenario_id)
    found = followed(request.actor, number, kept.target_percent)
    audit.append("export_expenditure_scenario", ("expenditure_scenario", scenario_id), {"kind": kind}, "read")
    columns, rows = shown_target.file_rows(row, kept, found)
    return table_file(f"target-{row.year}-{scenario_id}", kind, columns, rows)


@require_POST
@page(Permission.EXPENDITURE_COMMITTEE)
def share(request: Request, number: int, scenario_id: int) -> HttpResponse:
    """Show it to the other party."""
    try:
        share_expenditure_scenario(request.actor, scenario_id=scenario_id)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        messages.error(request, sentence(refusal))
    else:
        messages.success(
            request, _("The scenario is shared. The other party sees it, and it stands as it is.")
        )
    return redirect("expenditure-scenario", number, scenario_id)


@require_POST
@page(Permission.EXPENDITURE_COMMITTEE)
def drop(request: Request, number: int, scenario_id: int) -> HttpResponse:
    """Forget a scenario that was never shared."""
    try:
        drop_expenditure_scenario(request.actor, scenario_id=scenario_id)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        messages.error(request, sentence(refusal))
        return redirect("expenditure-scenario", number, scenario_id)
    messages.success(request, _("The scenario is gone."))
    return redirect("expenditure-target", number)


def _made(request: Request, number: int, form: KeptTargetForm) -> int:
    given = form.cleaned_data
    return make_expenditure_scenario(
        request.actor, round_id=number, name=given["name"], target_percent=given["target"]
    )


def _page(
    request: Request,
    number: int,
    forms: tuple[TargetForm, KeptTargetForm],
    target: Decimal | None,
    kept: ScenarioRow | None,
    status: int = 200,
) -> HttpResponse:
    row, baseline = closed(request, number)
    context: dict[str, Any] = {
        "row": row,
        "title": shown.round_title(row),
        "synthetic_answers": row.synthetic,
        "baseline": baseline,
        "form": forms[0],
        "keep": forms[1],
        "kept": kept,
        "target": target,
        "scenarios": shown_target.scenarios_table(scenarios(request.actor, number)),
        "request_key": uuid.uuid4(),
    }
    if target is not None:
        context |= shown_target.followed_shown(row, baseline.result, followed(request.actor, number, target))
    return render(request, "expenditure/target.html", context, status=status)
