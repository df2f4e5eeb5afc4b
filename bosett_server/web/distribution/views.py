"""Drafting a round: the division with its reasons, adjusting by hand, sending."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bosett.decisions.mid_year import AfterChange
from bosett.registry import Registry
from bosett.terms.errors import Refused
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.distribution import adjust_line, discard_draft, draft_round
from bosett_server.actions.round_sending import send_round
from bosett_server.queries.distribution import LineView, RoundView, lines, rounds
from bosett_server.queries.distribution_hearings import unheard_in
from bosett_server.queries.distribution_versions import versions
from bosett_server.queries.forecast import need_in_force
from bosett_server.web.distribution.forms import DraftForm, LineForm, SendForm
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.words.refusals import sentence

FIELD_OF = {
    "deadline_has_passed": "answer_due_on",
    "no_division_floor": "floor",
    "adjustment_reason_missing": "reason",
    "number_negative": "asked",
    "minors_above_total": "em_under15",
    "round_does_not_sum_to_need": "reason",
    "nothing_extra_to_divide": "divide",
    "not_everybody_is_heard": "unheard_reason",
}
BOUNDS = {
    "floor": lambda: _("lifted to the lowest number"),
    "cap": lambda: _("held at the highest number"),
    "excluded": lambda: _("not asked"),
    "too_small": lambda: _("too small to be asked"),
    "no_share": lambda: _("no share"),
}
CRITERIA = {
    "population": lambda: _("Share by population"),
    "centrality": lambda: _("Share by centrality and population"),
    "in_force": lambda: _("Asked for already"),
}


@page(Permission.ROUND_DRAFT)
def draft(request: Request, year: int) -> HttpResponse:
    """The draft with every line; or the form that makes one."""
    found = rounds(request.actor, year)
    current = next((one for one in found if one.state == "draft"), None)
    if current is not None and request.method != "POST":
        return _shown(request, current)
    form = DraftForm(
        request.POST or None,
        known_codes=frozenset(one.code for one in Registry.shipped().all_municipalities),
        has_round=bool(found),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            due = form.cleaned_data["answer_due_on"]
            step = lambda: draft_round(  # noqa: E731
                request.actor, year=year, criteria=form.criteria(), answer_due_on=due
            )
            if _attempt(form, step):
                messages.success(request, _("The draft is made. Nothing is sent yet."))
                return redirect(f"/requests/{year}/draft/")
            status = 409
    need = need_in_force(year)
    context = {
        "year": year,
        "form": form,
        "need": need.value if need else None,
        "need_url": f"/need/new/?year={year}",
        "request_key": uuid.uuid4(),
    }
    return render(request, "distribution/new_draft.html", context, status=status)


@page(Permission.ROUND_DRAFT)
def line(request: Request, year: int, code: str) -> HttpResponse:
    """One municipality's number: how it came to be, and the form that changes it."""
    current = _draft(request, year)
    found = next((one for one in lines(request.actor, current.id) if one.municipality == code), None)
    if found is None:
        raise NotInSight("not_in_sight")
    form = LineForm(request.POST or None, initial=_line_initial(found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if _attempt(form, lambda: _adjust(request, current, code, form)):
                messages.success(request, _("The number is changed in the draft."))
                return redirect(f"/requests/{year}/draft/#m{code}")
            status = 409
    context = {
        "year": year, "line": found, "round": current, "form": form, "parts": _parts(found),
        "bound": _bound_words(found), "request_key": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "distribution/line.html", context, status=status)


@require_POST
@page(Permission.ROUND_DRAFT)
def discard(request: Request, year: int) -> HttpResponse:
    """Throw the draft away."""
    discard_draft(request.actor, round=_draft(request, year).id)
    messages.success(request, _("The draft is thrown away. Nothing was sent."))
    return redirect(f"/requests/{year}/")


@page(Permission.ROUND_SEND)
def send(request: Request, year: int) -> HttpResponse:
    """Look once more, then send; it cannot be undone."""
    current = _draft(request, year)
    unheard = unheard_in(request.actor, current.id)
    form = SendForm(
        request.POST or None, sums=current.off_by == 0, heard=not unheard, first=not versions(year)
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if _attempt(form, lambda: _sent(request, current, form.cleaned_data)):
                messages.success(request, _sent_words(current.municipalities))
                return redirect(f"/requests/{year}/")
            status = 409
    context = {
        "year": year, "round": current, "form": form, "changes": _changes(lines(request.actor, current.id)),
        "unheard": len(unheard), "request_key": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "distribution/send.html", context, status=status)


def _sent(request: Request, current: RoundView, told: dict[str, Any]) -> int:
    return send_round(
        request.actor, round=current.id, reason=told.get("reason", ""),
        unheard_reason=told.get("unheard_reason", ""), after_change=told.get("after_change") or AfterChange.KEEP.value,
    )  # fmt: skip


def _bound_words(one: LineView) -> str:
    """What held the number; one left out of a division of more is still asked for what it was asked for."""
    if one.bound == "excluded" and one.asked:
        return _("not asked for more")
    return BOUNDS[one.bound]() if one.bound in BOUNDS else ""


def _draft(request: Request, year: int) -> RoundView:
    found = next((one for one in rounds(request.actor, year) if one.state == "draft"), None)
    if found is None:
        raise NotInSight("not_in_sight")
    return found


def _shown(request: Request, current: RoundView) -> HttpResponse:
    found = lines(request.actor, current.id)
    context = {
        "year": current.year,
        "round": current,
        "rows": [(one, _bound_words(one)) for one in found],
        "adjusted": sum(1 for one in found if one.adjusted),
        "changes": _changes(found),
        "request_key": uuid.uuid4(),
    }
    return render(request, "distribution/draft.html", context)


def _changes(found: list[LineView]) -> dict[str, int]:
    """How many are asked for the first time, for more, for fewer, for the same, no longer."""
    counts = dict.fromkeys(("first", "more", "fewer", "same", "no_longer"), 0)
    for one in found:
        before, now = one.before or 0, one.asked
        if before == now:
            counts["same"] += 1 if now else 0
        elif not before:
            counts["first"] += 1
        elif not now:
            counts["no_longer"] += 1
        else:
            counts["more" if now > before else "fewer"] += 1
    return counts


def _parts(one: LineView) -> list[tuple[str, float]]:
    return [(CRITERIA[key]() if key in CRITERIA else key, persons) for key, persons in one.parts.items()]


def _line_initial(one: LineView) -> dict[str, Any]:
    return {
        "asked": one.asked,
        "em_under15": one.em_under15,
        "em_15_17": one.em_15_17,
        "reason": one.adjusted_reason,
    }


def _adjust(request: Request, current: RoundView, code: str, form: LineForm) -> int:
    told = form.cleaned_data
    return adjust_line(
        request.actor, round=current.id, municipality=code, asked=told["asked"], reason=told["reason"],
        em_under15=told["em_under15"], em_15_17=told["em_15_17"],
    )  # fmt: skip


def _attempt(form: Form, step: Callable[[], Any]) -> bool:
    """Take the step; a refusal stands beside the field it is about."""
    try:
        step()
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        field = FIELD_OF.get(refusal.code)
        form.add_error(field if field in form.fields else None, sentence(refusal))
        return False
    return True


def _sent_words(municipalities: int) -> str:
    words = ngettext(
        "The request is sent to %(count)s municipality.",
        "The requests are sent to %(count)s municipalities.",
        municipalities,
    )
    return words % {"count": number(municipalities)}
