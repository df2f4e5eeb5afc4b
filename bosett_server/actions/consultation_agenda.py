"""The agenda and the papers of a meeting, made from what is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Max
from django.utils import timezone

from bosett.agreement import Held
from bosett.agreement.consultation import Item, ItemKind, Verdicts, agenda, crossed, verdicts
from bosett.agreement.consultation_titles import indicator_title
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting, require_in_database
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.consultation_meetings import led_meeting
from bosett_server.actions.consultation_notices import ROOM, others, told
from bosett_server.actions.step import Done, action
from bosett_server.queries.consultation import last_before, library_action, meeting_of
from bosett_server.queries.consultation_facts import found, kept, stored
from bosett_server.queries.consultation_matters import library_matters, matters
from bosett_server.queries.consultation_pack import pack_content
from bosett_server.records.models import (
    ConsultationAction,
    ConsultationItem,
    ConsultationMatter,
    ConsultationMeeting,
    ConsultationPack,
    ConsultationVoice,
    Notice,
)


@action(Permission.CONSULTATION_LEAD)
def set_agenda(actor: Actor, *, number: int, leave_out: Collection[int] = ()) -> Done[int]:
    """The meeting has an agenda as of today: what came of the last one, what crossed a limit since, what was raised.

    An earlier agenda is kept beside it.  `leave_out` are matters that wait for another meeting.  Gives how many items
    there are.  Raises Refused: `consultation_not_called`, `consultation_nothing_to_take_up`.
    """
    row = led_meeting(actor, number, "called")
    last, today = last_before(row), clock.today()
    since = timezone.localdate(last.starts) if last else None
    now = found(actor, today, today)
    before = kept(last.verdicts) if last and last.verdicts else verdicts(_as_of(actor, since))
    open_here = {pk: why for pk, why in _open_indicators(before, now, today).items() if pk not in leave_out}
    raised = [one for one in matters(actor, roots_only=False) if one.id not in leave_out]
    ours = ConsultationAction.objects.filter(meeting__kind=row.kind).exclude(meeting_id=row.pk)
    items = agenda(
        timezone.localdate(row.starts), since, actions=[library_action(one) for one in ours],
        matters=library_matters([one for one in raised if one.into not in leave_out]),
    )  # fmt: skip
    lines = _lines(items, open_here)
    if not lines:
        raise Refused("consultation_nothing_to_take_up")
    row.agenda_version += 1
    row.verdicts, row.version = stored(verdicts(now)), row.version + 1
    row.save(update_fields=["agenda_version", "verdicts", "version"])
    _keep(row, lines)
    facts = {"items": len(lines), "version": row.agenda_version}
    return Done(len(lines), ("meeting", row.pk), facts, _raisers(row, lines))


@action(Permission.CONSULTATION_LEAD)
def make_pack(actor: Actor, *, number: int) -> Done[int]:
    """The papers of the meeting stand as of now, with what parties have shared and nothing else; gives their number.

    Raises Refused: `consultation_not_called`, `consultation_no_agenda`.
    """
    row = led_meeting(actor, number, "called")
    if not row.agenda_version:
        raise Refused("consultation_no_agenda")
    content = pack_content(actor, meeting_of(actor, row), clock.today())
    last = ConsultationPack.objects.filter(meeting=row).aggregate(last=Max("number"))["last"] or 0
    sha256 = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    made = ConsultationPack.objects.create(
        meeting=row, number=last + 1, content=content, sha256=sha256, made_by_id=actor.user_id, made_at=clock.now()
    )  # fmt: skip
    notices = told(
        others(row.parties, actor.party), "consultation_pack_ready", {"title": row.title},
        f"{ROOM}meetings/{row.pk}/", timezone.localdate(row.starts),
    )  # fmt: skip
    facts = {"number": made.number, "pages": len(content["pages"]), "sha256": sha256}
    return Done(made.number, ("meeting", row.pk), facts, notices)


def _as_of(actor: Actor, day: date | None) -> tuple[Held, ...]:
    return found(actor, day, clock.today()) if day else ()


def _open_indicators(before: Verdicts, now: Sequence[Held], today: date) -> dict[int, str]:
    """A matter for each indicator that has crossed, the open one where there is one: matter -> verdict."""
    told_now: dict[int, str] = {}
    for commitment, indicator, verdict in crossed(before, now):
        one, _made = ConsultationMatter.objects.get_or_create(
            commitment=commitment, indicator=indicator, closed_on__isnull=True,
            defaults={
                "title": indicator_title(commitment, indicator).nb[:160], "raised_on": today,
                "agreement": next(each.commitment.agreement for each in now),
            },
        )  # fmt: skip
        told_now[one.into_id or one.pk] = verdict.value
    return told_now


def _lines(items: Sequence[Item], crossed_now: dict[int, str]) -> list[ConsultationItem]:
    """Actions, then what crossed a limit, then what else was raised, in the library's order."""
    actions = [
        ConsultationItem(kind="action", why=one.why, action_id=int(one.code))
        for one in items
        if one.kind is ItemKind.ACTION
    ]
    raised = {int(one.code): one for one in items if one.kind is ItemKind.MATTER}
    signs = [
        ConsultationItem(kind="indicator", why=verdict, matter_id=pk, behind=raised[pk].behind if pk in raised else 0)
        for pk, verdict in crossed_now.items()
    ]  # fmt: skip
    rest = [
        ConsultationItem(kind="matter", matter_id=pk, behind=one.behind)
        for pk, one in raised.items()
        if pk not in crossed_now
    ]
    return [*actions, *signs, *rest]


def _keep(row: ConsultationMeeting, lines: Sequence[ConsultationItem]) -> None:
    for place, one in enumerate(lines, start=1):
        one.meeting, one.agenda_version, one.number = row, row.agenda_version, place
    ConsultationItem.objects.bulk_create(lines)


def _raisers(row: ConsultationMeeting, lines: Sequence[ConsultationItem]) -> list[Notice]:
    """Those behind what is taken up are told, also those without a name: only they see that they are."""
    if row.agenda_version > 1:
        return []
    require_in_database(Role.MINISTRY, Role.KS, Role.IMDI_LEAD)
    wanted = [one.matter_id for one in lines if one.matter_id]
    with acting(SYSTEM):
        voices = list(
            ConsultationVoice.objects.filter(matter_id__in=wanted).values_list("matter_id", "voice")
        )
    facts: dict[str, object] = {"title": row.title, "day": timezone.localdate(row.starts).isoformat()}
    return [
        one for matter, voice in voices
        for one in told([voice], "consultation_taken_up", facts, f"{ROOM}matters/{matter}/")
    ]  # fmt: skip
