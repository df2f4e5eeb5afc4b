"""The municipality's questionnaire: fill in, come back, send, approve, reopen, and see what was said before."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.expenditure.typed import Typed
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.expenditure_answers import (
    approve_expenditure_answer,
    reopen_expenditure_answer,
    save_expenditure_answer,
    send_expenditure_answer,
)
from bosett_server.queries.expenditure_sheet import Sheet, log, sheet
from bosett_server.web.expenditure import shown, shown_sheet
from bosett_server.web.expenditure.forms import ReopenForm
from bosett_server.web.look.dates import date_digits
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run
from bosett_server.words.refusals import sentence

FIELDS = ("amount", "share", "whole", "explanation")


@page(Permission.EXPENDITURE_OWN)
def sheet_page(request: Request, number: int, code: str) -> HttpResponse:
    """The questionnaire; a post saves it, and sends it when that button was pressed."""
    told = sheet(request.actor, number, code)
    if request.method != "POST":
        return _shown(request, told)
    try:
        save_expenditure_answer(
            request.actor, round_id=number, municipality=code, typed=typed_in(request, told)
        )
        if request.POST.get("step") == "send":
            send_expenditure_answer(request.actor, round_id=number, municipality=code)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        status = 422 if refusal.code in ("expenditure_flag_stops", "expenditure_explanation_missing") else 409
        return _shown(request, sheet(request.actor, number, code), sentence(refusal), status)
    sent = request.POST.get("step") == "send"
    messages.success(
        request,
        _("The answer is sent. Somebody else in the municipality approves it.")
        if sent
        else _("All is saved."),
    )
    return redirect("expenditure-answer", number, code)


@require_POST
@page(Permission.EXPENDITURE_ANSWER)
def autosave(request: Request, number: int, code: str) -> HttpResponse:
    """What the page sends while somebody types: kept, looked at, and answered with what to look at."""
    told = sheet(request.actor, number, code)
    try:
        save_expenditure_answer(
            request.actor, round_id=number, municipality=code, typed=typed_in(request, told)
        )
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return JsonResponse({"refused": sentence(refusal)}, status=409)
    now = sheet(request.actor, number, code)
    flags: dict[str, list[str]] = {line.area: [] for line in now.lines}
    for flag in now.flags:
        flags.setdefault(flag.area, []).append(shown_sheet.flag_sentence(flag))
    at = shown_sheet.clock_words(clock.now())
    return JsonResponse(
        {"saved": _("Saved at %(at)s") % {"at": at}, "flags": flags, "total": shown_sheet.total(now)}
    )


@require_POST
@page(Permission.EXPENDITURE_APPROVE)
def approve(request: Request, number: int, code: str) -> HttpResponse:
    """The answer counts."""
    told = sheet(request.actor, number, code)
    try:
        approve_expenditure_answer(request.actor, round_id=number, municipality=code)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return _shown(request, told, sentence(refusal), 409)
    messages.success(request, _("The answer is approved."))
    return redirect("expenditure-answer", number, code)


@page(Permission.EXPENDITURE_REOPEN)
def reopen(request: Request, number: int, code: str) -> HttpResponse:
    """Make a sent or approved answer changeable again, and say why."""
    told = sheet(request.actor, number, code)
    form = ReopenForm(posted(request))
    back = f"/expenditure/{number}/answers/{code}/"
    step = StepPage(
        _("Reopen the answer of %(name)s") % {"name": told.name},
        _("It can then be changed, sent and approved anew. Until it is approved it does not count."),
        _("Reopen"), back,
        (_("Mapping of expenditure"), "/expenditure/", shown.round_title(told.round), f"/expenditure/{number}/"),
    )  # fmt: skip

    def act() -> int:
        return reopen_expenditure_answer(
            request.actor, round_id=number, municipality=code, reason=form.cleaned_data["reason"]
        )

    return run(request, form, step, act, lambda: (_("The answer is reopened."), back))


@require_GET
@page(Permission.EXPENDITURE_OWN)
def log_page(request: Request, number: int, code: str) -> HttpResponse:
    """Everything that the answer has said, newest first."""
    told = sheet(request.actor, number, code)
    context = {
        "sheet": told,
        "title": shown.round_title(told.round),
        "synthetic_answers": told.round.synthetic,
        "log": shown_sheet.log_table(told, log(request.actor, number, code)),
    }
    return render(request, "expenditure/log.html", context)


def typed_in(request: Request, told: Sheet) -> list[Typed]:
    """What the form carries; a line that it does not carry is not touched."""
    found = []
    for line in told.lines:
        if f"amount-{line.area}" in request.POST:
            given = {name: request.POST.get(f"{name}-{line.area}", "").strip() for name in FIELDS}
            found.append(Typed(line.area, **given))
    return found


def _shown(request: Request, told: Sheet, refusal: str = "", status: int = 200) -> HttpResponse:
    actor = request.actor
    mine = told.municipality in actor.municipalities
    running = told.round.state == "open"
    context: dict[str, Any] = {
        "sheet": told,
        "synthetic_answers": told.round.synthetic,
        "title": shown.round_title(told.round),
        "state_words": shown.answer_state(told.state),
        "lines": shown_sheet.lines_shown(told, strict=bool(refusal)),
        "whole": [shown_sheet.flag_sentence(flag) for flag in told.flags if not flag.area],
        "total": shown_sheet.total(told),
        "persons": shown_sheet.persons_text(told.persons),
        "refusal": refusal,
        "writable": mine and running and told.state == "open" and actor.may(Permission.EXPENDITURE_ANSWER),
        "may_approve": mine
        and running
        and told.state == "sent"
        and actor.may(Permission.EXPENDITURE_APPROVE),
        "sent_by_me": told.sent_by == actor.user_id,
        "may_reopen": running and told.state != "open" and actor.may(Permission.EXPENDITURE_REOPEN),
        "sent_on": date_digits(told.sent_at) if told.sent_at else "",
        "request_key": uuid.uuid4(),
        "mine": mine,
    }
    response = render(request, "expenditure/answer.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
