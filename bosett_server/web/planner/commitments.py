"""What is promised already: the register's by itself, and what only the municipality knows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.planner import add_commitment, remove_commitment
from bosett_server.queries.plan_people import recent_moves
from bosett_server.queries.planner import plan_answer
from bosett_server.web.page import page
from bosett_server.web.planner import shown
from bosett_server.web.planner.forms import CommitmentForm
from bosett_server.web.planner.rooms import check_year, frame
from bosett_server.web.step_form import StepPage, posted, run
from bosett_server.words.planner_codes import KINDS


@page(Permission.PLAN_EDIT)
def commitments(request: Request, code: str, year: int) -> HttpResponse:
    """Everybody who is counted, where it is known from, and a form for the others."""
    check_year(year)
    answer = plan_answer(request.actor, code, year)
    form = CommitmentForm(posted(request), months=answer.sheet.months)
    around = frame(request, code, answer.sheet.name, year, "commitments")
    own = [(one, KINDS[one.commitment.kind]) for one in answer.expected if one.id]
    step = StepPage(
        _("What is promised already"),
        _("Those assigned to you are counted by themselves. Add whom the register does not know of."),
        _("Add"),
        str(around["plan_url"]),
        (answer.sheet.name, str(around["own_url"]), _("How many can we take?"), str(around["plan_url"])),
        template="planner/commitments.html",
        context={
            "counted": shown.counted(answer), "own": own,
            "moves": recent_moves(code, clock.today()), **around,
        },
    )  # fmt: skip
    here = f"/planner/{code}/{year}/commitments/"
    return run(
        request, form, step,
        lambda: add_commitment(
            request.actor, municipality=code, year=year, kind=CommitmentKind(form.cleaned_data["kind"]),
            persons=form.cleaned_data["persons"], month=form.cleaned_data["month"],
            told_by=ToldBy(form.cleaned_data["told_by"]),
        ),
        lambda: (_("They are counted in the plan from now on."), here),
    )  # fmt: skip


@require_POST
@page(Permission.PLAN_EDIT)
def remove(request: Request, code: str, year: int, number: int) -> HttpResponse:
    """Take away what the municipality itself added."""
    remove_commitment(request.actor, municipality=code, commitment=number)
    messages.success(request, _("They are no longer counted."))
    return redirect("planner-commitments", code, year)
