"""One municipality's vedtak: what is asked, what is answered, every version, and the forms."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.decisions import ReservationCode
from bosett.decisions.supplement import Shortage
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.decisions import (
    approve_vedtak,
    record_vedtak,
    record_vedtak_for,
    say_can_take_more,
)
from bosett_server.queries.decision_again import changed_in_sight
from bosett_server.queries.decision_answers import detail_of
from bosett_server.queries.decisions import Version, current_vedtak, history, place_name, request_held
from bosett_server.queries.known import Known
from bosett_server.queries.places import PlacesLeft, places_left
from bosett_server.queries.request_reasons import request_reasons
from bosett_server.queries.round_letters import own_letter
from bosett_server.web.decisions.forms import MoreForm, VedtakForm, initial_from
from bosett_server.web.decisions.wording import GROUPS, RESERVATIONS, SHORTAGES
from bosett_server.web.known import KnownDay, known_day, year_in
from bosett_server.web.page import page
from bosett_server.words.refusals import sentence


@dataclass(frozen=True)
class Standing:
    """Where one group stands: asked, the newest answer, the vedtak in force and what it has given."""

    words: Any
    asked: Figure
    newest: Version | None
    in_force: Figure
    places: PlacesLeft | None


@page(Permission.VEDTAK_VIEW)
def show(request: Request, code: str) -> HttpResponse:
    """The vedtak as of a day, with the form for those who may answer."""
    return _rendered(request, code, None, 200)


@require_POST
@page(Permission.VEDTAK_RECORD)
def record(request: Request, code: str) -> HttpResponse:
    """The municipality records or changes its own answer."""
    return _recorded(request, code, record_vedtak, on_behalf=False)


@require_POST
@page(Permission.VEDTAK_RECORD_FOR_OTHERS)
def record_for(request: Request, code: str) -> HttpResponse:
    """IMDi writes the answer down for the municipality."""
    return _recorded(request, code, record_vedtak_for, on_behalf=True)


@require_POST
@page(Permission.VEDTAK_APPROVE)
def approve(request: Request, code: str) -> HttpResponse:
    """The recorded number is the council's: it is in force."""
    year = year_in(request, clock.today().year)
    approve_vedtak(request.actor, municipality=code, year=year)
    messages.success(request, _("The vedtak is approved and in force. IMDi has been told."))
    return redirect(_address(code, year))


@require_POST
@page(Permission.VEDTAK_RECORD)
def more(request: Request, code: str) -> HttpResponse:
    """The municipality says how many more it could take."""
    year = year_in(request, clock.today().year)
    form = MoreForm(request.POST)
    if form.is_valid():
        persons = form.cleaned_data["persons"]
        taken = _attempt(
            form,
            lambda: say_can_take_more(
                request.actor,
                municipality=code,
                year=year,
                persons=persons,
                it_takes=[Shortage(one) for one in form.cleaned_data["it_takes"]],
            ),
        )
        if taken:
            messages.success(request, _("IMDi has been told how many more you can take."))
            return redirect(_address(code, year))
    return _rendered(request, code, None, 422, more_form=form)


def _recorded(request: Request, code: str, step: Callable[..., int], *, on_behalf: bool) -> HttpResponse:
    year = year_in(request, clock.today().year)
    form = _form(request, code, year, on_behalf=on_behalf, data=request.POST)
    if not form.is_valid():
        return _rendered(request, code, form, 422)
    if _attempt(form, lambda: step(request.actor, municipality=code, year=year, **form.told())):
        said = (
            _("The answer is recorded. The municipality has been asked to approve it.")
            if on_behalf
            else _("The answer is recorded. It is in force when it is approved.")
        )
        messages.success(request, said)
        return redirect(_address(code, year))
    form.look_again(*_seen(code, year))
    return _rendered(request, code, form, 409)


def _seen(code: str, year: int) -> tuple[int | None, int]:
    """The stored request and answer that the page shows now; 0 where there is no answer."""
    asked = request_held(code, year)
    held = current_vedtak(code, year)[1].get(Group.ALL)
    return (asked.pk if asked else None), (held.pk if held else 0)


def _attempt(form: Form, step: Callable[[], Any]) -> bool:
    """Take the step; a refusal stands beside the field it is about."""
    try:
        step()
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        field = form.field_of(refusal.code, refusal.facts) if isinstance(form, VedtakForm) else None
        form.add_error(field, sentence(refusal))
        return False
    return True


def _rendered(
    request: Request, code: str, form: VedtakForm | None, status: int, more_form: MoreForm | None = None
) -> HttpResponse:
    name, day = place_name(code), known_day(request)
    year = year_in(request, clock.today().year)
    answers = history(request.actor, code, year, "voted", day.known)
    requests = history(request.actor, code, year, "asked", day.known)
    own = code in request.actor.municipalities
    may_record = own and request.actor.may(Permission.VEDTAK_RECORD)
    on_behalf = request.actor.may(Permission.VEDTAK_RECORD_FOR_OTHERS)
    newest = _newest(answers)
    if form is None and (may_record or on_behalf):
        form = _form(request, code, year, on_behalf=on_behalf and not may_record)
    context = {
        "code": code, "name": name, "own_url": f"/municipalities/{code}/", "year": year, "day": day,
        "standing": _standing(request, code, year, requests, answers, day),
        "is_asked": any(one.group is Group.ALL and one.current and one.figure.value is not None for one in requests),
        "detail": _beside_words(code, year), "letter": own_letter(request.actor, code, year),
        "reasons": request_reasons(code, year, request.language) if day.known.is_today else (),
        "changed": changed_in_sight(request.actor, year).get(code) if day.known.is_today else None,
        "newest": newest.get(Group.ALL), "conditions": _conditions(newest.get(Group.ALL)),
        "answers": [(GROUPS[one.group], one, _conditions(one)) for one in answers],
        "requests": [(GROUPS[one.group], one) for one in requests],
        "form": form if day.known.is_today else None, "more_form": more_form or MoreForm(),
        "may_record": may_record, "on_behalf": on_behalf and not may_record,
        "may_approve": own and request.actor.may(Permission.VEDTAK_APPROVE) and day.known.is_today,
        "has_form_error": bool(form and form.errors), "request_key": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "decisions/vedtak.html", context, status=status)


def _form(request: Request, code: str, year: int, *, on_behalf: bool, data: Any = None) -> VedtakForm:
    today = clock.today()
    known = Known(today, today)
    asked = {
        one.group: one.figure.value
        for one in history(request.actor, code, year, "asked", known)
        if one.current
    }
    newest = _newest(history(request.actor, code, year, "voted", known))
    seen_request, seen_answer = _seen(code, year)
    seen = {"seen_request": seen_request, "seen_answer": seen_answer}
    return VedtakForm(
        data, asked=asked, on_behalf=on_behalf, changes=bool(newest),
        initial={"decided_on": today} | initial_from(newest) | _said(seen_answer) | seen,
    )  # fmt: skip


def _said(answer: int) -> dict[str, Any]:
    """What came with the newest answer, as the form shows it."""
    kept = detail_of(answer) if answer else None
    if kept is None:
        return {}
    return {
        "reasons": kept.reasons, "agenda_on": kept.agenda_on, "case_number": kept.case_number,
        "minutes": kept.minutes,
    }  # fmt: skip


def _newest(versions: list[Version]) -> dict[Group, Version]:
    """The current version of each group."""
    return {one.group: one for one in versions if one.current}


def _standing(
    request: Request, code: str, year: int, requests: list[Version], answers: list[Version], day: KnownDay
) -> list[Standing]:
    asked, newest = _newest(requests), _newest(answers)
    left = {row.group: row for row in places_left(request.actor, year, code)} if day.known.is_today else {}
    rows = []
    for group, words in GROUPS.items():
        if group not in asked and group not in newest:
            continue
        request_figure = asked[group].figure if group in asked else Figure.missing(State.NOT_ASKED)
        approved = [
            one
            for one in answers
            if one.group is group and one.approved_at is not None and one.approved_at < day.known.until
        ]
        in_force = (
            max(approved, key=lambda one: one.approved_at or one.recorded_at).figure if approved else None
        )
        rows.append(
            Standing(words, request_figure, newest.get(group), in_force or Figure.missing(State.AWAITING),
                     left.get(group.value))
        )  # fmt: skip
    return rows


def _conditions(one: Version | None) -> list[tuple[Any, bool]]:
    """Each condition in words, and whether the rule lets a council write it."""
    if one is None:
        return []
    return [(RESERVATIONS[ReservationCode(r.code)], r.allowed) for r in one.reservations]


def _beside_words(code: str, year: int) -> dict[str, Any] | None:
    """What came with the newest answer, in words."""
    kept = detail_of(_seen(code, year)[1])
    if kept is None:
        return None
    return {
        "kept": kept,
        "reasons": [SHORTAGES[Shortage(one)] for one in kept.reasons],
        "it_takes": [SHORTAGES[Shortage(one)] for one in kept.it_takes],
    }


def _address(code: str, year: int) -> str:
    return f"/municipalities/{code}/vedtak/?year={year}"
