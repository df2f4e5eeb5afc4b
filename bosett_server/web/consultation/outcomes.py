"""What came of a meeting: minutes and protocol, decisions, and what somebody shall do."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from bosett.registry.agreements import Agreements
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.consultation_actions import give_action
from bosett_server.actions.consultation_protocols import decide, write_minutes
from bosett_server.queries.consultation import MeetingRow, items, meeting
from bosett_server.queries.consultation_bodies import seats
from bosett_server.queries.consultation_protocols import outcome
from bosett_server.web.consultation.forms import ActionForm, DecisionForm, TextForm
from bosett_server.web.consultation.wording import ROOM, matter_title, names_of
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, run


@page(Permission.CONSULTATION_LEAD)
def write(request: Request, number: int, kind: str) -> HttpResponse:
    """The next version of the minutes, or of the protocol that everybody may read."""
    if kind not in {"minutes", "protocol"}:
        raise Http404
    row, came = meeting(request.actor, number), outcome(request.actor, number)
    said = came.minutes if kind == "minutes" else came.protocol
    initial = {"text": said[0].text if said else "", "version": said[0].version if said else 0}
    form = TextForm(posted(request), initial=initial)
    if kind == "minutes":
        where, told = _step(
            row,
            _("Minutes"),
            _("The called parties read them. They are not published."),
            _("Store the minutes"),
        )
        return run(
            request, form, told,
            lambda: write_minutes(request.actor, number=number, kind="minutes", **form.cleaned_data),
            lambda: (_("The minutes are stored."), where),
        )  # fmt: skip
    where, told = _step(
        row, _("Protocol"), _("It is published when every called party has approved it. A new version asks all anew."),
        _("Store the protocol"),
    )  # fmt: skip
    return run(
        request, form, told,
        lambda: write_minutes(request.actor, number=number, kind="protocol", **form.cleaned_data),
        lambda: (_("The protocol is stored. Every called party is asked to approve it."), where),
    )  # fmt: skip


@page(Permission.CONSULTATION_LEAD)
def decision(request: Request, number: int) -> HttpResponse:
    """Write down a decision."""
    row = meeting(request.actor, number)
    form = DecisionForm(posted(request), matters=_matters(request, row))
    where, told = _step(
        row,
        _("Write down a decision"),
        _("What the meeting decided, in one or two sentences."),
        _("Store it"),
    )
    return run(
        request, form, told, lambda: decide(request.actor, number=number, **form.cleaned_data),
        lambda: (_("The decision is stored."), where),
    )  # fmt: skip


@page(Permission.CONSULTATION_LEAD)
def give(request: Request, number: int) -> HttpResponse:
    """Give somebody something to do."""
    row = meeting(request.actor, number)
    agreement = next(one for one in Agreements.shipped().agreements if one.code == row.agreement)
    names = names_of(seats(agreement))
    owners = [(code, names[code]) for code in seats(agreement)]
    form = ActionForm(posted(request), matters=_matters(request, row), seats=owners)
    where, told = _step(
        row, _("Give an action"), _("One body owns it and is reminded. The next papers show what came of it."),
        _("Give the action"),
    )  # fmt: skip
    return run(
        request, form, told, lambda: give_action(request.actor, number=number, **form.cleaned_data),
        lambda: (_("The action is given."), where),
    )  # fmt: skip


def _step(row: MeetingRow, title: str, lead: str, button: str) -> tuple[str, StepPage]:
    where = f"{ROOM}meetings/{row.id}/"
    return where, StepPage(title, lead, button, where, (_("Consultations"), ROOM, row.title, where))


def _matters(request: Request, row: MeetingRow) -> list[tuple[str, str]]:
    return [
        (str(one.matter), matter_title(one.title, one.commitment, one.indicator))
        for one in items(request.actor, row)
        if one.matter
    ]
