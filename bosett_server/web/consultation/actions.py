"""One action: who does it, by when, and what came of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.consultation_actions import move_action, report_action
from bosett_server.queries.consultation import action
from bosett_server.queries.consultation_history import action_changes
from bosett_server.web.consultation.forms import DueForm, ReportForm
from bosett_server.web.consultation.history import action_changed
from bosett_server.web.consultation.wording import ROOM, action_told, names_of
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run


@require_http_methods(["GET", "POST"])
@page(Permission.AGREEMENT_VIEW)
def one(request: Request, number: int) -> HttpResponse:
    """The action; its owner says here that it is done."""
    row, where = action(request.actor, number, clock.today()), f"{ROOM}actions/{number}/"
    context = {
        "it": action_told(row, names_of([row.owner])),
        "changes": action_changed(action_changes(request.actor, number)),
    }
    reports = row.own and row.done_on is None and request.actor.may(Permission.CONSULTATION_TABLE)
    if request.method == "GET" and not reports:
        return render(
            request, "consultation/action.html",
            {**context, "may_move": request.actor.may(Permission.CONSULTATION_LEAD) and row.done_on is None},
        )  # fmt: skip
    form = ReportForm(posted(request), initial={"version": row.version, "done_on": clock.today()})
    told = StepPage(
        _("An action of yours"), _("Say when it was done and what came of it. The next papers show it."),
        _("It is done"), ROOM, (_("Consultations"), ROOM, row.meeting_title, f"{ROOM}meetings/{row.meeting}/"),
        template="consultation/report.html",
        context={**context, "may_move": request.actor.may(Permission.CONSULTATION_LEAD)},
    )  # fmt: skip
    return run(
        request, form, told, lambda: report_action(request.actor, number=number, **form.cleaned_data),
        lambda: (_("The action is done."), where),
    )  # fmt: skip


@page(Permission.CONSULTATION_LEAD)
def due(request: Request, number: int) -> HttpResponse:
    """Give it another due day."""
    row, where = action(request.actor, number, clock.today()), f"{ROOM}actions/{number}/"
    form = DueForm(posted(request), initial={"due": row.due, "version": row.version})
    told = StepPage(
        _("Another due day"), _("Its owner is told. The earlier day is kept."), _("Change the day"), where,
        (_("Consultations"), ROOM, row.text[:60], where),
    )  # fmt: skip
    return run(
        request, form, told, lambda: move_action(request.actor, number=number, **form.cleaned_data),
        lambda: (_("The due day is changed."), where),
    )  # fmt: skip
