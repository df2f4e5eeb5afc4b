"""What came of a meeting: minutes, decisions, and the protocol that every called party approves before it is open."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Max
from django.utils import timezone

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.consultation_matters import checked
from bosett_server.actions.consultation_meetings import led_meeting
from bosett_server.actions.consultation_notices import ROOM, others, told
from bosett_server.actions.step import Done, action
from bosett_server.queries.consultation import actions, meeting_row
from bosett_server.queries.consultation_bodies import body_names
from bosett_server.records.models import (
    ConsultationApproval,
    ConsultationDecision,
    ConsultationMatter,
    ConsultationMeeting,
    ConsultationProtocol,
    ConsultationText,
)

MOST = 2000


@action(Permission.CONSULTATION_LEAD)
def write_minutes(
    actor: Actor, *, number: int, kind: Literal["minutes", "protocol"], text: str, version: int
) -> Done[int]:
    """The next version of the minutes, which the called parties read, or of the protocol that is to be open.

    A new protocol asks every party to approve anew.  Raises Refused: `consultation_not_held`,
    `consultation_text_missing`, `consultation_text_too_long`, `somebody_changed_it_meanwhile`.
    """
    row = led_meeting(actor, number, "held")
    last = newest_text(row, kind)
    if (last.version if last else 0) != version:
        raise Refused("somebody_changed_it_meanwhile")
    ConsultationText.objects.create(
        kind=kind, meeting=row, version=version + 1, text=checked(text), made_by_id=actor.user_id, made_at=clock.now()
    )  # fmt: skip
    notices = []
    if kind == "protocol":
        facts: dict[str, object] = {"title": row.title}
        notices = told(
            others(row.parties, actor.party), "consultation_approve", facts, f"{ROOM}meetings/{number}/"
        )
    return Done(version + 1, ("meeting", number), {"kind": kind, "version": version + 1}, notices)


@action(Permission.CONSULTATION_LEAD)
def decide(
    actor: Actor,
    *,
    number: int,
    text: str,
    matter: int | None = None,
    is_open: bool = True,
    closes: bool = False,
) -> Done[int]:
    """A decision of the meeting stands, in a matter or in none; with `closes` the matter is done with.

    Raises Refused: `consultation_not_held`, `consultation_text_missing`, `consultation_text_too_long`,
    `consultation_approved_already`, `consultation_not_on_the_agenda`.
    """
    row = written_meeting(actor, number)
    about = taken_up(row, matter)
    made = ConsultationDecision.objects.create(
        meeting=row,
        matter=about,
        text=short(text),
        open=is_open,
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )
    if about is not None and closes and about.closed_on is None:
        about.closed_on = clock.today()
        about.save(update_fields=["closed_on"])
        ConsultationMatter.objects.filter(into=about, closed_on__isnull=True).update(closed_on=clock.today())
    facts = {"decision": made.pk, "matter": matter or 0, "closes": int(closes)}
    return Done(made.pk, ("meeting", number), facts)


@action(Permission.CONSULTATION_LEAD)
def withdraw_decision(actor: Actor, *, number: int, decision: int) -> Done[int]:
    """The decision was written down wrongly and no longer stands; the row is kept.

    Raises Refused: `consultation_not_held`, `consultation_approved_already`.
    """
    row = written_meeting(actor, number)
    found = ConsultationDecision.objects.filter(meeting=row, pk=decision, withdrawn_at__isnull=True).first()
    if found is None:
        raise NotInSight("not_in_sight")
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    return Done(decision, ("meeting", number), {"decision": decision})


@action(Permission.CONSULTATION_TABLE)
def approve_protocol(actor: Actor, *, number: int, version: int) -> Done[int]:
    """The party agrees that this version is published.

    Raises Refused: `consultation_no_protocol`, `somebody_changed_it_meanwhile`, `consultation_approved_by_you`.
    """
    row = meeting_row(number)
    if actor.party not in row.parties:
        raise NotPermitted("not_permitted")
    last = newest_text(row, "protocol")
    if last is None:
        raise Refused("consultation_no_protocol")
    if last.version != version:
        raise Refused("somebody_changed_it_meanwhile")
    if ConsultationApproval.objects.filter(text=last, party=actor.party).exists():
        raise Refused("consultation_approved_by_you")
    ConsultationApproval.objects.create(text=last, party=actor.party, by_id=actor.user_id, at=clock.now())
    return Done(version, ("meeting", number), {"party": actor.party, "version": version})


@action(Permission.CONSULTATION_LEAD)
def publish_protocol(actor: Actor, *, number: int) -> Done[int]:
    """Everybody may read the protocol that every called party has approved, with the open decisions and actions.

    Raises Refused: `consultation_not_held`, `consultation_no_protocol`, `consultation_not_approved`,
    `consultation_published_already`.
    """
    row = led_meeting(actor, number, "held")
    last = newest_text(row, "protocol")
    if last is None:
        raise Refused("consultation_no_protocol")
    approved = set(ConsultationApproval.objects.filter(text=last).values_list("party", flat=True))
    missing = [party for party in row.parties if party not in approved]
    if missing:
        raise Refused("consultation_not_approved", {"parties": ", ".join(missing)})
    before = ConsultationProtocol.objects.filter(meeting=row)
    if before.filter(content__version=last.version).exists():
        raise Refused("consultation_published_already")
    number_of = (before.aggregate(last=Max("version"))["last"] or 0) + 1
    made = ConsultationProtocol.objects.create(
        meeting=row, version=number_of, content=_open_content(actor, row, last), published_by_id=actor.user_id,
        published_at=clock.now(),
    )  # fmt: skip
    facts: dict[str, object] = {"title": row.title}
    notices = told(others(row.parties, actor.party), "consultation_published", facts, f"/protocols/{number}/")
    return Done(made.pk, ("meeting", number), {"version": number_of}, notices)


def newest_text(row: ConsultationMeeting, kind: str) -> ConsultationText | None:
    """The newest version of the minutes or of the protocol."""
    return ConsultationText.objects.filter(meeting=row, kind=kind).order_by("-version").first()


def written_meeting(actor: Actor, number: int) -> ConsultationMeeting:
    """A held meeting whose protocol no party has approved yet.

    Raises Refused: `consultation_not_held`, `consultation_approved_already`.
    """
    row = led_meeting(actor, number, "held")
    last = newest_text(row, "protocol")
    if last is not None and ConsultationApproval.objects.filter(text=last).exists():
        raise Refused("consultation_approved_already")
    return row


def taken_up(row: ConsultationMeeting, matter: int | None) -> ConsultationMatter | None:
    """The matter, when it is on the agenda.  Raises Refused: `consultation_not_on_the_agenda`."""
    if matter is None:
        return None
    on_it = row.items.filter(agenda_version=row.agenda_version, matter_id=matter).select_related("matter")
    one = on_it.first()
    if one is None or one.matter is None:
        raise Refused("consultation_not_on_the_agenda")
    return one.matter


def short(text: str) -> str:
    """A text of a few sentences.  Raises Refused: `consultation_text_missing`, `consultation_text_too_long`."""
    told_ = checked(text)
    if len(told_) > MOST:
        raise Refused("consultation_text_too_long", {"most": MOST})
    return told_


def _open_content(actor: Actor, row: ConsultationMeeting, last: ConsultationText) -> dict[str, Any]:
    """What may be published: the approved text, and the decisions and actions that were marked as open."""
    decided = ConsultationDecision.objects.filter(meeting=row, open=True, withdrawn_at__isnull=True).order_by(
        "id"
    )
    given = [one for one in actions(actor, clock.today(), meeting=row.pk) if one.open]
    names = body_names({*row.parties, *(one.owner for one in given)})
    return {
        "title": row.title,
        "kind": row.kind,
        "starts": timezone.localtime(row.starts).isoformat(timespec="minutes"),
        "ends": timezone.localtime(row.ends).isoformat(timespec="minutes"),
        "place": row.place,
        "agreement": row.agreement,
        "parties": list(row.parties),
        "version": last.version,
        "text": last.text,
        "synthetic": row.synthetic,
        "decisions": [one.text for one in decided],
        "actions": [{"text": one.text, "owner": one.owner, "due": one.due.isoformat()} for one in given],
        "names": {code: {"en": one.en, "nb": one.nb, "nn": one.nn} for code, one in sorted(names.items())},
    }
