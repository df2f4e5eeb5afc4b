"""Meetings between the parties, their agendas, and what the last ones led to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from bosett.agreement.consultation import Action, Meeting, MeetingKind
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import ConsultationAction, ConsultationItem, ConsultationMeeting

SHOWN = 200
"""Meetings on a page, and actions."""


@dataclass(frozen=True)
class MeetingRow:
    """One meeting; `called` tells whether the reader's party is."""

    id: int
    kind: MeetingKind
    title: str
    starts: datetime
    ends: datetime
    place: str
    parties: tuple[str, ...]
    agreement: str
    state: str
    agenda_version: int
    version: int
    synthetic: bool
    called: bool

    @property
    def day(self) -> date:
        """The day it begins, in Norway."""
        return timezone.localdate(self.starts)


@dataclass(frozen=True)
class ItemRow:
    """One line of the agenda; an indicator that crossed a limit has a matter, too."""

    number: int
    kind: str
    why: str
    behind: int
    title: str
    matter: int | None
    action: int | None
    commitment: str
    indicator: str


@dataclass(frozen=True)
class ActionRow:
    """Something that one body shall have done by a day; `standing` is late, open or done."""

    id: int
    meeting: int
    meeting_title: str
    matter: int | None
    text: str
    owner: str
    decided_on: date
    due: date
    done_on: date | None
    report: str
    open: bool
    own: bool
    standing: str
    version: int


def meetings(
    actor: Actor, *, before: datetime | None = None, after: datetime | None = None
) -> list[MeetingRow]:
    """The meetings that end after a moment, the next first; or that ended before one, the last first."""
    rows = ConsultationMeeting.objects.order_by("starts", "id")
    if after is not None:
        rows = rows.filter(ends__gte=after)
    if before is not None:
        rows = rows.filter(ends__lt=before).order_by("-starts", "-id")
    return [meeting_of(actor, one) for one in rows[:SHOWN]]


def meeting(actor: Actor, number: int) -> MeetingRow:
    """One meeting.  Raises NotInSight when there is none."""
    return meeting_of(actor, meeting_row(number))


def meeting_row(number: int, *, lock: bool = False) -> ConsultationMeeting:
    """Its row.  Raises NotInSight when there is none in sight."""
    rows = ConsultationMeeting.objects.select_for_update() if lock else ConsultationMeeting.objects
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def meeting_of(actor: Actor, row: ConsultationMeeting) -> MeetingRow:
    """The row as it is shown."""
    return MeetingRow(
        row.pk, MeetingKind(row.kind), row.title, timezone.localtime(row.starts), timezone.localtime(row.ends),
        row.place, tuple(row.parties), row.agreement, row.state, row.agenda_version, row.version, row.synthetic,
        bool(actor.voices & set(row.parties)),
    )  # fmt: skip


def library_meeting(row: ConsultationMeeting | MeetingRow, number: int | None = None) -> Meeting:
    """The meeting as the library knows it."""
    code = f"bosett-meeting-{number or (row.pk if isinstance(row, ConsultationMeeting) else row.id)}"
    return Meeting(
        code, MeetingKind(row.kind), row.title, row.starts, row.ends, tuple(row.parties), row.place
    )


def last_before(row: ConsultationMeeting) -> ConsultationMeeting | None:
    """The last meeting of the same kind that was held before."""
    held = ConsultationMeeting.objects.filter(kind=row.kind, state="held", starts__lt=row.starts)
    return held.order_by("-starts").first()


def items(actor: Actor, row: MeetingRow) -> list[ItemRow]:
    """The agenda in force; one query."""
    found = (
        ConsultationItem.objects.filter(meeting_id=row.id, agenda_version=row.agenda_version)
        .select_related("matter", "action")
        .order_by("number")
    )
    return [item_of(one) for one in found]


def item_of(one: ConsultationItem) -> ItemRow:
    """The line as it is shown."""
    matter, action = one.matter, one.action
    return ItemRow(
        one.number, one.kind, one.why, one.behind, matter.title if matter else action.text if action else "",
        one.matter_id, one.action_id, matter.commitment if matter else "", matter.indicator if matter else "",
    )  # fmt: skip


def actions(
    actor: Actor,
    today: date,
    *,
    meeting: int | None = None,
    open_only: bool = False,
    since: date | None = None,
) -> list[ActionRow]:
    """What was decided that somebody does, by due day; `since` leaves out what was done before that day."""
    rows = ConsultationAction.objects.select_related("meeting").order_by("due", "id")
    if meeting is not None:
        rows = rows.filter(meeting_id=meeting)
    if open_only:
        rows = rows.filter(done_on__isnull=True)
    if since is not None:
        rows = rows.filter(Q(done_on__isnull=True) | Q(done_on__gt=since))
    return _actions(actor, rows[:SHOWN], today)


def action(actor: Actor, number: int, today: date) -> ActionRow:
    """One of them.  Raises NotInSight when there is none."""
    found = _actions(actor, ConsultationAction.objects.select_related("meeting").filter(pk=number), today)
    if not found:
        raise NotInSight("not_in_sight")
    return found[0]


def _actions(actor: Actor, rows: Iterable[ConsultationAction], today: date) -> list[ActionRow]:
    return [
        ActionRow(
            one.pk, one.meeting_id, one.meeting.title, one.matter_id, one.text, one.owner, one.decided_on, one.due,
            one.done_on, one.report, one.open, one.owner in actor.voices, standing(one, today), one.version,
        )
        for one in rows
    ]  # fmt: skip


def standing(one: ConsultationAction, today: date) -> str:
    """Late, open or done, as seen on a day."""
    if one.done_on is not None and one.done_on <= today:
        return "done"
    return "late" if library_action(one).is_late(today) else "open"


def library_action(one: ConsultationAction) -> Action:
    """The action as the library knows it."""
    return Action(str(one.pk), one.text, one.owner, one.decided_on, one.due, one.done_on)
