"""Matters: raised, written anew, supported, merged, closed."""

from __future__ import annotations

from bosett.agreement import shipped_commitments
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.step import Done, action
from bosett_server.queries.consultation_bodies import in_force
from bosett_server.records.models import ConsultationMatter, ConsultationText, ConsultationVoice

MOST_TITLE, MOST_TEXT = 160, 8000


@action(Permission.CONSULTATION_RAISE)
def raise_matter(
    actor: Actor, *, title: str, text: str, commitment: str = "", named: bool = True, voice: str = ""
) -> Done[int]:
    """A matter waits for the next agenda; without `named` nobody else is told who raised it.

    Raises Refused: `consultation_title_missing`, `consultation_text_missing`, `consultation_text_too_long`,
    `consultation_voice_missing`, `consultation_outside_agreement`, `consultation_commitment_unknown`.
    """
    body, today = own_voice(actor, voice), clock.today()
    if not title.strip() or len(title) > MOST_TITLE:
        raise Refused("consultation_title_missing", {"most": MOST_TITLE})
    agreement = in_force(today)
    if agreement is None:
        raise Refused("consultation_outside_agreement", {"day": today.isoformat()})
    known = {one.code for one in shipped_commitments() if one.agreement == agreement.code}
    if commitment and commitment not in known:
        raise Refused("consultation_commitment_unknown", {"agreement": agreement.code})
    row = ConsultationMatter.objects.create(
        title=title.strip(), raised_on=today, agreement=agreement.code, commitment=commitment
    )
    ConsultationVoice.objects.create(
        matter=row, voice=body, raises=True, named=named, by_id=actor.user_id, at=clock.now()
    )
    _write(actor, row, checked(text), named=named)
    return Done(row.pk, about=("matter", row.pk), facts={"named": int(named)})


@action(Permission.CONSULTATION_RAISE)
def write_matter(actor: Actor, *, number: int, text: str, version: int) -> Done[int]:
    """The body that raised it has written it anew; the earlier version stays.  Gives the version.

    Raises Refused: `consultation_text_missing`, `consultation_text_too_long`, `consultation_matter_closed`,
    `somebody_changed_it_meanwhile`.
    """
    row = open_matter(number)
    mine = ConsultationVoice.objects.filter(matter=row, raises=True, voice__in=actor.voices).first()
    if mine is None:
        raise NotPermitted("not_permitted")
    if newest(row, "matter") != version:
        raise Refused("somebody_changed_it_meanwhile")
    made = _write(actor, row, checked(text), named=mine.named)
    return Done(made, about=("matter", number), facts={"version": made})


@action(Permission.CONSULTATION_RAISE)
def support_matter(actor: Actor, *, number: int, named: bool = True, voice: str = "") -> Done[int]:
    """The body stands behind the matter, by name or not.

    Raises Refused: `consultation_voice_missing`, `consultation_matter_closed`, `consultation_stands_behind_already`.
    """
    body, row = own_voice(actor, voice), open_matter(number)
    if ConsultationVoice.objects.filter(matter=row, voice=body).exists():
        raise Refused("consultation_stands_behind_already")
    made = ConsultationVoice.objects.create(
        matter=row, voice=body, named=named, by_id=actor.user_id, at=clock.now()
    )
    return Done(made.matter_id, about=("matter", number), facts={"named": int(named)})


@action(Permission.CONSULTATION_RAISE)
def leave_matter(actor: Actor, *, number: int, voice: str = "") -> Done[int]:
    """The body no longer stands behind the matter; without `voice` none of the actor's bodies does.

    Raises Refused: `consultation_does_not_stand_behind`, `consultation_voice_missing`, `consultation_matter_closed`.
    """
    row = open_matter(number)
    wanted = [own_voice(actor, voice)] if voice else sorted(actor.voices)
    gone, _ = ConsultationVoice.objects.filter(matter=row, voice__in=wanted, raises=False).delete()
    if not gone:
        raise Refused("consultation_does_not_stand_behind")
    return Done(number, about=("matter", number))


@action(Permission.CONSULTATION_LEAD)
def merge_matter(actor: Actor, *, number: int, into: int | None) -> Done[int]:
    """The matter is taken up as part of another, with those behind both; without `into` it stands by itself again.

    Raises Refused: `consultation_matter_closed`, `consultation_into_itself`.
    """
    row = open_matter(number)
    target = open_matter(into) if into is not None else None
    if target is not None and target.into_id is not None:
        target = open_matter(target.into_id)
    if target is not None and target.pk == row.pk:
        raise Refused("consultation_into_itself")
    row.into = target
    row.save(update_fields=["into"])
    if target is not None:
        ConsultationMatter.objects.filter(into=row).update(into=target)
    return Done(number, ("matter", number), {"into": target.pk if target else 0})


@action(Permission.CONSULTATION_RAISE)
def end_matter(actor: Actor, *, number: int) -> Done[int]:
    """The matter is not taken up again: closed by those who lead the meetings, or taken back by who raised it.

    Raises Refused: `consultation_matter_closed`, `consultation_others_merged`.
    """
    row = open_matter(number)
    mine = ConsultationVoice.objects.filter(matter=row, raises=True, voice__in=actor.voices).exists()
    if not mine and not actor.may(Permission.CONSULTATION_LEAD):
        raise NotPermitted("not_permitted")
    others_in_it = ConsultationMatter.objects.filter(into=row, closed_on__isnull=True)
    if not actor.may(Permission.CONSULTATION_LEAD) and others_in_it.exists():
        raise Refused("consultation_others_merged")
    today = clock.today()
    row.closed_on = today
    row.save(update_fields=["closed_on"])
    others_in_it.update(closed_on=today)
    return Done(number, ("matter", number), {"own": int(mine)})


def own_voice(actor: Actor, voice: str) -> str:
    """In whose name: the one told, or the only one there is.  Raises Refused: `consultation_voice_missing`."""
    wanted = voice or (next(iter(actor.voices)) if len(actor.voices) == 1 else "")
    if wanted not in actor.voices:
        raise Refused("consultation_voice_missing")
    return wanted


def open_matter(number: int) -> ConsultationMatter:
    """The matter.  Raises NotInSight, and Refused: `consultation_matter_closed`."""
    row = ConsultationMatter.objects.filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.closed_on is not None:
        raise Refused("consultation_matter_closed")
    return row


def checked(text: str) -> str:
    """The text as it is stored.  Raises Refused: `consultation_text_missing`, `consultation_text_too_long`."""
    told = text.strip().replace("\r\n", "\n")
    if not told:
        raise Refused("consultation_text_missing")
    if len(told) > MOST_TEXT:
        raise Refused("consultation_text_too_long", {"most": MOST_TEXT})
    return told


def newest(row: ConsultationMatter, kind: str, party: str = "") -> int:
    """The number of the newest version in sight; 0 for none."""
    rows = ConsultationText.objects.filter(matter=row, kind=kind, party=party).order_by("-version")
    return rows.values_list("version", flat=True).first() or 0


def _write(actor: Actor, row: ConsultationMatter, text: str, *, named: bool) -> int:
    """The next version; of a matter without a name the row does not tell who wrote it, the log does."""
    made = ConsultationText.objects.create(
        kind="matter", matter=row, version=newest(row, "matter") + 1, text=text, made_at=clock.now(),
        made_by_id=actor.user_id if named else None,
    )  # fmt: skip
    return made.version
