"""One meeting: called, changed, its agenda and papers, and the steps after it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bosett.agreement.consultation import MeetingKind
from bosett.outputs.paper import FORMS, MEDIA_TYPES
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.consultation_agenda import make_pack, set_agenda
from bosett_server.actions.consultation_meetings import (
    call_meeting,
    cancel_meeting,
    hold_meeting,
    move_meeting,
)
from bosett_server.actions.consultation_protocols import (
    approve_protocol,
    publish_protocol,
    withdraw_decision,
)
from bosett_server.queries.consultation import MeetingRow, actions, items, meeting
from bosett_server.queries.consultation_bodies import in_force, seats
from bosett_server.queries.consultation_history import earlier_agendas, meeting_changes
from bosett_server.queries.consultation_matters import matters
from bosett_server.queries.consultation_protocols import Outcome, outcome, packs
from bosett_server.web.consultation.forms import AgendaForm, MeetingForm
from bosett_server.web.consultation.history import meeting_changed
from bosett_server.web.consultation.wording import (
    ROOM,
    action_told,
    item_told,
    matter_title,
    meeting_told,
    names_of,
    text_told,
)
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run


@require_GET
@page(Permission.AGREEMENT_VIEW)
def one(request: Request, number: int) -> HttpResponse:
    """When, where, who, the agenda, and as far as the reader may see it what came of it."""
    row, today = meeting(request.actor, number), clock.today()
    came, given = outcome(request.actor, number), actions(request.actor, today, meeting=number)
    names = names_of({*row.parties, *(each.owner for each in given)})
    leads = request.actor.may(Permission.CONSULTATION_LEAD) and row.called
    context = {
        **meeting_told(row),
        "items": [item_told(each) for each in items(request.actor, row)],
        "packs": packs(request.actor, number),
        "papers": [(kind, form) for form in FORMS for kind in MEDIA_TYPES],
        "given": [action_told(each, names) for each in given],
        "came": came,
        "texts": [text_told(each, names) for each in (*came.minutes, *came.protocol)],
        "approved": [names[code] for code in came.approved],
        "waits_for": [names[code] for code in row.parties if code not in came.approved],
        "may_approve": _may_approve(request, row, came),
        "may_publish": _may_publish(row, came),
        "leads": leads,
        "begun": row.day <= today,
        "changes": meeting_changed(meeting_changes(request.actor, number)),
        "earlier": [(version, [item_told(each) for each in told])
                    for version, told in earlier_agendas(request.actor, row).items()],
        "request_key": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "consultation/meeting.html", context)


@page(Permission.CONSULTATION_LEAD)
def new(request: Request) -> HttpResponse:
    """Call a meeting."""
    form = MeetingForm(posted(request), seats=_seats(), new=True, initial={"parties": _called(request)})
    told = StepPage(
        _("Call a meeting"), _("Those who are called are told in their inbox."), _("Call the meeting"), ROOM,
        (_("Consultations"), ROOM),
    )  # fmt: skip
    made: list[int] = []

    def act() -> object:
        made.append(call_meeting(request.actor, kind=MeetingKind(form.cleaned_data["kind"]), **form.told()))
        return made

    return run(request, form, told, act, lambda: (_("The meeting is called."), f"{ROOM}meetings/{made[0]}/"))


@page(Permission.CONSULTATION_LEAD)
def change(request: Request, number: int) -> HttpResponse:
    """Another time, place or party."""
    row = meeting(request.actor, number)
    initial = {
        "title": row.title, "day": row.day, "begins": row.starts.time(), "stops": row.ends.time(),
        "place": row.place, "parties": list(row.parties), "version": row.version,
    }  # fmt: skip
    form = MeetingForm(posted(request), seats=_seats(), new=False, initial=initial)
    where = f"{ROOM}meetings/{number}/"
    told = StepPage(
        _("Change the meeting"), _("Those who are called are told. How it was before is kept."), _("Change it"),
        where, (_("Consultations"), ROOM, row.title, where),
    )  # fmt: skip

    def act() -> object:
        version = form.cleaned_data["version"] or 0
        return move_meeting(request.actor, number=number, version=version, **form.told())

    return run(request, form, told, act, lambda: (_("The meeting is changed."), where))


@page(Permission.CONSULTATION_LEAD)
def agenda(request: Request, number: int) -> HttpResponse:
    """Make the agenda from what is stored, and choose what waits."""
    row, where = meeting(request.actor, number), f"{ROOM}meetings/{number}/"
    choices = [
        (str(each.id), matter_title(each.title, each.commitment, each.indicator)) for each in matters(request.actor)
    ]  # fmt: skip
    form = AgendaForm(posted(request), matters=choices)
    told = StepPage(
        _("Make the agenda"),
        _("It is built from actions since the last meeting, limits that were crossed since, and matters raised."),
        _("Make the agenda"), where, (_("Consultations"), ROOM, row.title, where),
    )  # fmt: skip
    return run(
        request, form, told,
        lambda: set_agenda(request.actor, number=number, leave_out=form.cleaned_data["leave_out"]),
        lambda: (_("The agenda is made."), where),
    )  # fmt: skip


@require_POST
@page(Permission.CONSULTATION_TABLE)
def step(request: Request, number: int) -> HttpResponse:
    """One of the steps on the meeting's page."""
    actor, told = request.actor, request.POST
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "pack": (lambda: make_pack(actor, number=number), _("The papers are made.")),
        "cancel": (lambda: cancel_meeting(actor, number=number), _("The meeting is cancelled.")),
        "hold": (lambda: hold_meeting(actor, number=number), _("Now you can write what came of the meeting.")),
        "approve": (
            lambda: approve_protocol(actor, number=number, version=int(told["version"])),
            _("Your party has approved the protocol."),
        ),
        "publish": (lambda: publish_protocol(actor, number=number), _("The protocol is open to everybody.")),
        "withdraw": (
            lambda: withdraw_decision(actor, number=number, decision=int(told["decision"])),
            _("The decision no longer stands."),
        ),
    }  # fmt: skip
    needed = {"approve": "version", "withdraw": "decision"}.get(told.get("step", ""), "")
    if told.get("step") not in steps or (needed and not told.get(needed, "").isdecimal()):
        return HttpResponseBadRequest(_("This choice is not known here. Go back and choose again."))
    do, words = steps[told["step"]]
    do()
    messages.success(request, words)
    return redirect(f"{ROOM}meetings/{number}/")


def _may_approve(request: Request, row: MeetingRow, came: Outcome) -> bool:
    return row.called and bool(came.protocol) and request.actor.party not in came.approved


def _may_publish(row: MeetingRow, came: Outcome) -> bool:
    """Every called party has approved the newest protocol, and that version is not out yet."""
    if not came.protocol or set(row.parties) - set(came.approved):
        return False
    return came.protocol[0].version not in {one.content["version"] for one in came.published}


def _seats() -> list[tuple[str, str]]:
    """Who can be called today; nobody on a day without an agreement, which the step then says."""
    found = in_force(clock.today())
    codes = seats(found) if found else ()
    names = names_of(codes)
    return [(code, names[code]) for code in codes]


def _called(request: Request) -> list[str]:
    """Every party to begin with, and the own body."""
    found = in_force(clock.today())
    return sorted({*(found.parties if found else ()), request.actor.party})
