"""The municipality's inbox of cards: accept, decline, ask."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.placement_answers import (
    accept_assignment,
    ask_about_assignment,
    decline_assignment,
)
from bosett_server.queries.assignments import card_detail, cards, counts
from bosett_server.queries.places import places_left
from bosett_server.web.page import page
from bosett_server.web.placement.forms import AskForm, DeclineForm
from bosett_server.web.placement.show import attempt, card_line, card_words, chosen_year, form_key
from bosett_server.words.placement_codes import word


@page(Permission.CARD_VIEW)
def overview(request: Request) -> HttpResponse:
    """What must be answered and by when, and how many places are left."""
    year, ended = chosen_year(request), request.GET.get("show") == "ended"
    found = cards(request.actor, ended=ended, after=request.GET.get("after", "")[:40])
    own = sorted(request.actor.municipalities)
    context = {
        "lines": [card_line(row) for row in found.rows],
        "next": found.next,
        "ended": ended,
        "counts": counts(request.actor),
        "places": [row for code in own for row in places_left(request.actor, year, code, "all")],
        "own": own,
        "year": year,
    }
    return render(request, "placement/cards.html", context)


@page(Permission.CARD_VIEW)
def detail(request: Request, number: int) -> HttpResponse:
    """One card with its deadline, the places left, and the three ways to answer."""
    return _show(request, number)


@require_POST
@page(Permission.ASSIGNMENT_ANSWER)
def accept(request: Request, number: int) -> HttpResponse:
    """Yes."""
    form = Form(request.POST)
    form.is_valid()
    _value, taken = attempt(
        form, lambda: accept_assignment(request.actor, assignment=number, version=_version(request))
    )
    if not taken:
        return _show(request, number, accept_form=form, status=409)
    messages.success(
        request, _("You have accepted the household. Its file is open to you, and you can agree a date.")
    )
    return redirect(f"/cards/{number}/")


@require_POST
@page(Permission.ASSIGNMENT_ANSWER)
def decline(request: Request, number: int) -> HttpResponse:
    """No, with a reason."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, number, decline_form=form, status=422)
    told = form.cleaned_data
    _value, taken = attempt(form, lambda: decline_assignment(
        request.actor, assignment=number, version=_version(request), reason=told["reason"], note=told["note"]
    ))  # fmt: skip
    if not taken:
        return _show(request, number, decline_form=form, status=409)
    messages.success(
        request, _("You have declined. IMDi will propose the household to another municipality.")
    )
    return redirect("/cards/")


@require_POST
@page(Permission.ASSIGNMENT_ANSWER)
def ask(request: Request, number: int) -> HttpResponse:
    """A question to IMDi."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _show(request, number, ask_form=form, status=422)
    told = form.cleaned_data
    _value, taken = attempt(form, lambda: ask_about_assignment(
        request.actor, assignment=number, question=told["question"], text=told["text"]
    ))  # fmt: skip
    if not taken:
        return _show(request, number, ask_form=form, status=409)
    messages.success(request, _("Your question is sent. The card waits until IMDi has answered."))
    return redirect(f"/cards/{number}/")


def _version(request: Request) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() else 0


def _show(
    request: Request,
    number: int,
    *,
    accept_form: Form | None = None,
    decline_form: DeclineForm | None = None,
    ask_form: AskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    told = card_detail(request.actor, number)
    groups = [] if told.sealed else places_left(request.actor, told.year, told.row.municipality)
    wrong = next((form for form in (accept_form, decline_form, ask_form) if form is not None), None)
    context = {
        "told": told,
        "line": card_line(told.row),
        "card": card_words(told.card),
        "questions": [(q, word("question", q.code)) for q in told.questions],
        "decline_word": word("decline" if told.row.state == "declined" else "withdraw", told.decline_reason),
        "places": [(word("group", row.group), row) for row in groups if row.group in {"all", told.row.group}],
        "wrong": wrong,
        "decline_form": decline_form or DeclineForm(),
        "ask_form": ask_form or AskForm(),
        "open_decline": decline_form is not None,
        "open_ask": ask_form is not None,
        "request_key": form_key(),
    }
    return render(request, "placement/card.html", context, status=status)
