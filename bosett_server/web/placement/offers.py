"""What is out at municipalities, as IMDi follows it: questions first, then the nearest deadlines."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.assignments import withdraw_assignment
from bosett_server.actions.placement_answers import answer_enquiry
from bosett_server.queries.assignments import card_detail, cards, counts
from bosett_server.web.page import page
from bosett_server.web.placement.forms import AnswerForm, WithdrawForm
from bosett_server.web.placement.show import attempt, card_line, card_words, form_key
from bosett_server.words.placement_codes import word


@page(Permission.ASSIGNMENT_WITHDRAW)
def overview(request: Request) -> HttpResponse:
    """Offers that wait, or that have ended."""
    show = request.GET.get("show", "open")
    found = cards(
        request.actor,
        ended=show == "ended",
        questions=show == "questions",
        after=request.GET.get("after", "")[:40],
    )
    context = {
        "lines": [card_line(row) for row in found.rows],
        "next": found.next,
        "show": show,
        "counts": counts(request.actor),
        "may_take_out": request.actor.may(Permission.ASSIGNMENT_DECIDE),
    }
    return render(request, "placement/offers.html", context)


@page(Permission.ASSIGNMENT_WITHDRAW)
def detail(request: Request, number: int) -> HttpResponse:
    """One offer: its card, its questions, and a way to take it back."""
    return _show(request, number)


@require_POST
@page(Permission.ASSIGNMENT_WITHDRAW)
def withdraw(request: Request, number: int) -> HttpResponse:
    """Take the offer back."""
    form = WithdrawForm(request.POST)
    version = request.POST.get("version", "")
    if not form.is_valid() or not version.isdigit():
        return _show(request, number, withdraw_form=form, status=422)
    told = form.cleaned_data
    _value, taken = attempt(form, lambda: withdraw_assignment(
        request.actor, assignment=number, version=int(version), reason=told["reason"], note=told["note"]
    ))  # fmt: skip
    if not taken:
        return _show(request, number, withdraw_form=form, status=409)
    messages.success(
        request, _("The offer is withdrawn. The household is ready again, and the places are free.")
    )
    return redirect("/proposals/out/")


@require_POST
@page(Permission.ENQUIRY_ANSWER)
def answer(request: Request, number: int, enquiry: int) -> HttpResponse:
    """Answer the municipality's question."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, number, answer_form=form, status=422)
    _value, taken = attempt(
        form, lambda: answer_enquiry(request.actor, enquiry=enquiry, text=form.cleaned_data["text"])
    )
    if not taken:
        return _show(request, number, answer_form=form, status=409)
    messages.success(request, _("The municipality has your answer."))
    return redirect(f"/proposals/out/{number}/")


def _show(
    request: Request,
    number: int,
    *,
    withdraw_form: WithdrawForm | None = None,
    answer_form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    told = card_detail(request.actor, number)
    context = {
        "told": told,
        "line": card_line(told.row),
        "card": card_words(told.card),
        "questions": [(q, word("question", q.code)) for q in told.questions],
        "reasons": [word("reason", r["code"]) for r in told.reasons if r["code"] not in {"rank", "blocked"}],
        "decline": word("decline" if told.row.state == "declined" else "withdraw", told.decline_reason),
        "withdraw_form": withdraw_form or WithdrawForm(),
        "answer_form": answer_form or AnswerForm(),
        "may_withdraw": told.row.state in {"offered", "accepted"},
        "request_key": form_key(),
    }
    return render(request, "placement/offer.html", context, status=status)
