"""The municipality's answer: recorded, changed, approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bosett.decisions import Answer, AnswerKind, Reservation, Vedtak, approve, change, record
from bosett.terms.errors import Refused
from bosett.terms.figure import State
from bosett.terms.groups import Group
from bosett.terms.municipality import municipality_code
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.decisions import current_vedtak, place_name, round_of
from bosett_server.records.models import Notice, VersionedFigure

GROUPS = (Group.ALL, Group.EM_UNDER15, Group.EM_15_17)


@action(Permission.VEDTAK_RECORD)
def record_vedtak(
    actor: Actor,
    *,
    municipality: str,
    year: int,
    kind: AnswerKind,
    numbers: Mapping[Group, int],
    decided_on: date | None = None,
    meeting_on: date | None = None,
    reservations: Sequence[Reservation] = (),
    can_take_more: int | None = None,
    source: str,
    reason: str = "",
    correction: bool = False,
) -> Done[int]:
    """The municipality's answer is stored as a new version, to be approved by its decider.

    Raises Refused with one of the codes of `bosett.decisions` (no round that year, not asked,
    negative, not whole, minors above the total, awaiting without a meeting date, ...).
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    answer = Answer(
        municipality_code(municipality), year, kind, numbers, tuple(reservations), decided_on, meeting_on
    )
    round_ = round_of(year)
    current, before = current_vedtak(municipality, year)
    today = clock.today()
    vedtak = (
        change(round_, current, answer, today, correction=correction)
        if current
        else record(round_, answer, today)
    )
    stored = _store(actor, vedtak, before, source, reason, can_take_more, today)
    return Done(
        stored,
        about=("municipality", municipality),
        facts={"year": year, "kind": kind.value, "total": vedtak.total.value or 0},
        notices=[_notice("vedtak_recorded", Role.MUNICIPALITY_DECIDER, municipality, year)],
    )


@action(Permission.VEDTAK_APPROVE)
def approve_vedtak(actor: Actor, *, municipality: str, year: int) -> Done[int]:
    """The recorded vedtak is in force: its number was compared with the council's own record."""
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    current, rows = current_vedtak(municipality, year)
    if current is None:
        raise Refused("nothing_to_approve", {"municipality": municipality, "year": year})
    approve(current)
    at = clock.now()
    numbered = [row for row in rows.values() if row.state == "number"]
    for row in sorted(numbered, key=lambda r: r.group):
        VersionedFigure.objects.filter(pk=row.pk).update(approved_at=at, approved_by_id=actor.user_id)
    return Done(
        current.total.value or 0,
        about=("municipality", municipality),
        facts={"year": year, "total": current.total.value or 0},
        notices=[_notice("vedtak_approved", Role.IMDI_LEAD, municipality, year)],
    )


def _store(
    actor: Actor,
    vedtak: Vedtak,
    before: Mapping[str, VersionedFigure],
    source: str,
    reason: str,
    can_take_more: int | None,
    today: date,
) -> int:
    """One row per group; the version before is marked as superseded, never changed."""
    now = clock.now()
    first = 0
    for group in GROUPS:
        figure = vedtak.figure(group)
        old = before.get(group)
        if old is None and figure.state is State.NOT_ASKED:
            continue
        if old is not None:
            VersionedFigure.objects.filter(pk=old.pk, superseded_at__isnull=True).update(superseded_at=now)
        row = VersionedFigure.objects.create(
            what="voted",
            municipality_id=vedtak.municipality,
            year=vedtak.year,
            group=group.value,
            state=figure.state.value,
            value=figure.value,
            reservations=[{"code": r.code.value, "persons": r.persons} for r in vedtak.reservations]
            if group is Group.ALL
            else [],
            can_take_more=can_take_more if group is Group.ALL else None,
            meeting_on=vedtak.meeting_on,
            valid_from=vedtak.decided_on or today,
            recorded_at=now,
            recorded_by_id=actor.user_id,
            source=source,
            reason=reason,
            supersedes=old,
        )
        first = first or row.pk
    return first


def _notice(code: str, role: Role, municipality: str, year: int) -> Notice:
    return Notice(
        code=code,
        to_role=role.value,
        municipality_id=municipality if role is Role.MUNICIPALITY_DECIDER else None,
        facts={"municipality": place_name(municipality), "year": year},
        url=f"/municipalities/{municipality}/?year={year}",
    )
