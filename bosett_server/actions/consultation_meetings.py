"""Meetings: called, moved, cancelled, with an agenda built from what happened since the last, and held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from bosett.agreement.consultation import MeetingKind, check_meetings
from bosett.registry.agreements import Agreement
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.consultation_notices import ROOM, others, told
from bosett_server.actions.step import Done, action
from bosett_server.queries.consultation import library_meeting, meeting_row
from bosett_server.queries.consultation_bodies import in_force, seats
from bosett_server.records.models import ConsultationMeeting, Notice

MOST_TITLE = 160


@action(Permission.CONSULTATION_LEAD)
def call_meeting(
    actor: Actor, *, kind: MeetingKind, title: str, starts: datetime, ends: datetime, parties: Sequence[str],
    place: str = "",
) -> Done[int]:  # fmt: skip
    """The parties are called, each once.

    Raises Refused: `consultation_title_missing`, `consultation_ends_before_it_begins`, `consultation_in_the_past`,
    `consultation_outside_agreement`, `consultation_not_a_party`, `consultation_caller_not_called`,
    `consultation_meetings_overlap`.
    """
    row = ConsultationMeeting(kind=kind.value, state="called")
    _settle(actor, row, title, starts, ends, place, parties)
    row.save()
    notices = _invited(actor, row, "consultation_called")
    return Done(row.pk, about=("meeting", row.pk), facts={"parties": len(row.parties)}, notices=notices)


@action(Permission.CONSULTATION_LEAD)
def move_meeting(
    actor: Actor, *, number: int, title: str, starts: datetime, ends: datetime, parties: Sequence[str],
    version: int, place: str = "",
) -> Done[int]:  # fmt: skip
    """The meeting is as told now; how it was before is kept.  Raises Refused as `call_meeting` does, and

    `consultation_not_called`, `somebody_changed_it_meanwhile`.
    """
    row = led_meeting(actor, number, "called")
    if row.version != version:
        raise Refused("somebody_changed_it_meanwhile")
    _settle(actor, row, title, starts, ends, place, parties)
    row.version += 1
    row.save()
    return Done(
        row.pk, ("meeting", row.pk), {"version": row.version}, _invited(actor, row, "consultation_moved")
    )


@action(Permission.CONSULTATION_LEAD)
def cancel_meeting(actor: Actor, *, number: int) -> Done[int]:
    """The meeting is not held, and its time is free again.  Raises Refused: `consultation_not_called`."""
    row = led_meeting(actor, number, "called")
    row.state, row.version = "cancelled", row.version + 1
    row.save(update_fields=["state", "version"])
    return Done(row.pk, ("meeting", row.pk), notices=_invited(actor, row, "consultation_cancelled"))


@action(Permission.CONSULTATION_LEAD)
def hold_meeting(actor: Actor, *, number: int) -> Done[int]:
    """The meeting has been held: now it is written what came of it.

    Raises Refused: `consultation_not_called`, `consultation_not_yet`, `consultation_no_agenda`.
    """
    row = led_meeting(actor, number, "called")
    if timezone.localdate(row.starts) > clock.today():
        raise Refused("consultation_not_yet", {"day": timezone.localdate(row.starts).isoformat()})
    if not row.agenda_version:
        raise Refused("consultation_no_agenda")
    row.state, row.version = "held", row.version + 1
    row.save(update_fields=["state", "version"])
    return Done(row.pk, ("meeting", row.pk))


def led_meeting(actor: Actor, number: int, state: str) -> ConsultationMeeting:
    """The meeting, locked, when the actor's party is called to it and it is in this state.

    Raises NotInSight, NotPermitted, and Refused: `consultation_not_called`, `consultation_not_held`.
    """
    row = meeting_row(number)
    if actor.party not in row.parties:
        raise NotPermitted("not_permitted")
    locked = ConsultationMeeting.objects.select_for_update().filter(pk=number).first()
    if locked is None:
        raise NotInSight("not_in_sight")
    if locked.state != state:
        raise Refused(f"consultation_not_{state}")
    return locked


def _settle(
    actor: Actor, row: ConsultationMeeting, title: str, starts: datetime, ends: datetime, place: str,
    parties: Sequence[str],
) -> None:  # fmt: skip
    """What was told stands in the row, checked."""
    if not title.strip() or len(title) > MOST_TITLE:
        raise Refused("consultation_title_missing", {"most": MOST_TITLE})
    if ends <= starts:
        raise Refused("consultation_ends_before_it_begins")
    if timezone.localdate(starts) < clock.today():
        raise Refused("consultation_in_the_past")
    agreement = _agreement(starts, ends)
    called = [code for code in seats(agreement) if code in parties]
    foreign = sorted(set(parties) - set(called))
    if foreign:
        raise Refused("consultation_not_a_party", {"party": foreign[0], "agreement": agreement.code})
    if actor.party not in called:
        raise Refused("consultation_caller_not_called", {"party": actor.party})
    row.title, row.place, row.parties = title.strip(), place.strip()[:MOST_TITLE], called
    row.starts, row.ends, row.agreement = starts, ends, agreement.code
    _check_overlap(row)


def _agreement(starts: datetime, ends: datetime) -> Agreement:
    """The one agreement that both ends of the meeting lie in."""
    first, last = timezone.localdate(starts), timezone.localdate(ends)
    found = in_force(first)
    if found is None or found is not in_force(last):
        raise Refused("consultation_outside_agreement", {"day": (last if found else first).isoformat()})
    return found


def _check_overlap(row: ConsultationMeeting) -> None:
    """Named by the library, one caller at a time; the table has a rule of its own behind this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('bosett_meetings'))")
    near = ConsultationMeeting.objects.filter(starts__lt=row.ends, ends__gt=row.starts).exclude(
        state="cancelled"
    )
    for other in near.exclude(pk=row.pk).order_by("starts", "id"):
        try:
            check_meetings([library_meeting(row, 0), library_meeting(other)])
        except BadInput as bad:
            both = ", ".join(code for code in row.parties if code in other.parties)
            raise Refused("consultation_meetings_overlap", {"title": other.title, "party": both}) from bad


def _invited(actor: Actor, row: ConsultationMeeting, code: str) -> list[Notice]:
    day = timezone.localdate(row.starts)
    facts: dict[str, object] = {"title": row.title, "day": day.isoformat()}
    return told(others(row.parties, actor.party), code, facts, f"{ROOM}meetings/{row.pk}/", day)
