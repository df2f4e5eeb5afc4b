"""What somebody shall have done after a meeting: given, moved, done, and reminded of."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from bosett.agreement.consultation import Action
from bosett.registry.agreements import Agreements
from bosett.rules.parameters import Parameters
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.consultation_notices import ROOM, told
from bosett_server.actions.consultation_protocols import short, taken_up, written_meeting
from bosett_server.actions.step import Done, action
from bosett_server.queries.consultation_bodies import seats
from bosett_server.records.models import ConsultationAction, ConsultationMeeting, Notice

REMINDER_DAYS = "agreement/consultation_reminder_days"


@action(Permission.CONSULTATION_LEAD)
def give_action(
    actor: Actor,
    *,
    number: int,
    text: str,
    owner: str,
    due: date,
    matter: int | None = None,
    is_open: bool = True,
) -> Done[int]:
    """One body has something to do by a day.

    Raises Refused: `consultation_not_held`, `consultation_approved_already`, `consultation_not_on_the_agenda`,
    `consultation_action_without_owner`, `consultation_not_a_party`, `consultation_due_before_meeting`,
    `consultation_due_outside_agreement`, `consultation_text_missing`, `consultation_text_too_long`.
    """
    row = written_meeting(actor, number)
    about, day = taken_up(row, matter), timezone.localdate(row.starts)
    if not owner.strip():
        raise Refused("consultation_action_without_owner")
    words = short(text)
    _check_due(row, due)
    agreement = Agreements.shipped().in_force(day)
    if owner not in seats(agreement):
        raise Refused("consultation_not_a_party", {"party": owner, "agreement": agreement.code})
    try:
        one = Action("", words, owner, day, due)
    except BadInput as bad:
        raise Refused("consultation_due_before_meeting", {"day": day.isoformat()}) from bad
    made = ConsultationAction.objects.create(
        meeting=row, matter=about, text=one.text, owner=one.owner, decided_on=one.decided_on, due=one.due, open=is_open
    )  # fmt: skip
    notices = told([owner], "consultation_action_given", {"title": row.title}, _address(made), due)
    return Done(made.pk, ("consultation_action", made.pk), {"meeting": number, "owner": owner}, notices)


@action(Permission.CONSULTATION_LEAD)
def move_action(actor: Actor, *, number: int, due: date, version: int) -> Done[int]:
    """The action has another due day; the earlier one is kept.

    Raises Refused: `consultation_action_done`, `consultation_due_before_meeting`,
    `consultation_due_outside_agreement`, `somebody_changed_it_meanwhile`.
    """
    row = _locked(number)
    if actor.party not in row.meeting.parties:
        raise NotPermitted("not_permitted")
    _check_open(row, version)
    if due < row.decided_on:
        raise Refused("consultation_due_before_meeting", {"day": row.decided_on.isoformat()})
    _check_due(row.meeting, due)
    row.due, row.version = due, row.version + 1
    row.save(update_fields=["due", "version"])
    notices = told([row.owner], "consultation_action_moved", {"title": row.meeting.title}, _address(row), due)
    return Done(number, ("consultation_action", number), {"due": due.isoformat()}, notices)


@action(Permission.CONSULTATION_TABLE)
def report_action(actor: Actor, *, number: int, done_on: date, report: str, version: int) -> Done[int]:
    """Its owner has done it, with a word on what came of it; the next papers say so.

    Raises Refused: `consultation_action_done`, `consultation_done_wrong_day`, `consultation_text_missing`,
    `consultation_text_too_long`, `somebody_changed_it_meanwhile`.
    """
    row = _locked(number)
    if row.owner not in actor.voices:
        raise NotPermitted("not_permitted")
    _check_open(row, version)
    if not row.decided_on <= done_on <= clock.today():
        raise Refused("consultation_done_wrong_day", {"day": row.decided_on.isoformat()})
    row.done_on, row.report, row.version = done_on, short(report), row.version + 1
    row.save(update_fields=["done_on", "report", "version"])
    notices = told(
        set(row.meeting.parties) - actor.voices,
        "consultation_action_done",
        {"title": row.meeting.title},
        _address(row),
    )
    return Done(number, ("consultation_action", number), {"done_on": done_on.isoformat()}, notices)


@action(Permission.DEADLINES_RUN)
def remind_consultation_actions(actor: Actor) -> Done[int]:
    """Owners of what is due soon, or has not been done in time, have one notice of each; nobody is told twice."""
    today = clock.today()
    until = today + timedelta(days=Parameters.shipped().lookup(REMINDER_DAYS, today).whole)
    rows = ConsultationAction.objects.filter(done_on__isnull=True, due__lte=until).select_related("meeting")
    found = [
        (row, "consultation_action_late" if row.due < today else "consultation_action_due")
        for row in rows.order_by("due", "id")
    ]
    sent = set(
        Notice.objects.filter(code__in={code for _, code in found}).values_list("code", "url", "due_on")
    )
    fresh = [(row, code) for row, code in found if (code, _address(row), row.due) not in sent]
    notices = [
        note for row, code in fresh
        for note in told([row.owner], code, {"title": row.meeting.title}, _address(row), row.due)
    ]  # fmt: skip
    many = [("consultation_action", row.pk, {"owner": row.owner}) for row, _ in fresh]
    return Done(len(fresh), ("consultation_action", "*"), {"reminded": len(fresh)}, notices, many)


def _locked(number: int) -> ConsultationAction:
    """The action, locked.  Raises NotInSight when there is none, NotPermitted for who may not change it."""
    if not ConsultationAction.objects.filter(pk=number).exists():
        raise NotInSight("not_in_sight")
    row = ConsultationAction.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NotPermitted("not_permitted")
    return row


def _check_open(row: ConsultationAction, version: int) -> None:
    if row.done_on is not None:
        raise Refused("consultation_action_done")
    if row.version != version:
        raise Refused("somebody_changed_it_meanwhile")


def _check_due(meeting: ConsultationMeeting, due: date) -> None:
    """What an agreement's meeting decides is due while that agreement is in force."""
    found = next(one for one in Agreements.shipped().agreements if one.code == meeting.agreement)
    if due not in found.period:
        raise Refused("consultation_due_outside_agreement", {"day": due.isoformat(), "agreement": found.code})


def _address(row: ConsultationAction) -> str:
    return f"{ROOM}actions/{row.pk}/"
