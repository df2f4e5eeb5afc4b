"""The municipality's answer: recorded, changed, approved; and how many more it can take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bosett.decisions import Answer, AnswerKind, Reservation, Vedtak, approve, change, record
from bosett.decisions.supplement import Shortage
from bosett.terms.errors import Refused
from bosett.terms.figure import State
from bosett.terms.groups import Group
from bosett.terms.municipality import municipality_code
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.decision_details import (
    NOTHING,
    Beside,
    Seen,
    beside_of,
    check_beside,
    check_seen,
    same_vedtak,
    store_beside,
)
from bosett_server.actions.decision_locks import lock_answers
from bosett_server.actions.step import Done, action
from bosett_server.queries.decisions import current_vedtak, place_name, request_held, round_of
from bosett_server.records.models import Notice, VersionedFigure

GROUPS = (Group.ALL, Group.EM_UNDER15, Group.EM_15_17)
MOST_MORE = 5000
MOST_PERSONS = 100_000
Number = int | Decimal


@dataclass(frozen=True)
class Told:
    """What an answer comes with besides its numbers."""

    source: str
    reason: str
    can_take_more: int | None
    beside: Beside
    seen: Seen | None


@action(Permission.VEDTAK_RECORD)
def record_vedtak(
    actor: Actor,
    *,
    municipality: str,
    year: int,
    kind: AnswerKind,
    numbers: Mapping[Group, Number],
    decided_on: date | None = None,
    meeting_on: date | None = None,
    reservations: Sequence[Reservation] = (),
    can_take_more: int | None = None,
    beside: Beside = NOTHING,
    source: str,
    reason: str = "",
    correction: bool = False,
    seen: Seen | None = None,
) -> Done[int]:
    """The municipality's answer is stored as a new version, to be approved by its decider.

    What it said it could take beside an earlier answer does not follow: `say_can_take_more` says it anew.
    Raises Refused with one of the codes of `bosett.decisions` (no round that year, not asked,
    negative, not whole, minors above the total, awaiting without a meeting date, ...), or
    `source_missing`, `more_not_whole`, the codes of `check_beside`, and those of `check_seen` when
    the request was replaced or somebody else has answered since the writer looked.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    answer = Answer(
        municipality_code(municipality), year, kind, numbers, tuple(reservations), decided_on, meeting_on
    )
    told = Told(source, reason, can_take_more, beside, seen)
    stored, facts = _recorded(actor, answer, told, correction=correction)
    notices = [
        _notice("vedtak_recorded", Role.MUNICIPALITY_DECIDER, municipality, year),
        *copies("answer_recorded", municipality, year),
    ]
    return Done(stored, about=("municipality", municipality), facts=facts, notices=notices)


@action(Permission.VEDTAK_RECORD_FOR_OTHERS)
def record_vedtak_for(
    actor: Actor,
    *,
    municipality: str,
    year: int,
    kind: AnswerKind,
    numbers: Mapping[Group, Number],
    decided_on: date | None = None,
    meeting_on: date | None = None,
    reservations: Sequence[Reservation] = (),
    beside: Beside = NOTHING,
    source: str,
    reason: str = "",
    correction: bool = False,
    seen: Seen | None = None,
) -> Done[int]:
    """IMDi has written down the answer on behalf of the municipality, which approves it itself.

    Until then it gives no places: nobody but the municipality says how many it takes.
    Raises Refused as `record_vedtak`.
    """
    name = place_name(municipality)
    answer = Answer(
        municipality_code(municipality), year, kind, numbers, tuple(reservations), decided_on, meeting_on
    )
    kept = Told(source, reason, None, beside, seen)
    stored, facts = _recorded(actor, answer, kept, correction=correction)
    told = {"municipality": name, "year": year, "source": source[:80]}
    notices = [
        Notice(code="vedtak_recorded_for", to_role=role.value, municipality_id=municipality, facts=told,
               url=_url(municipality, year))
        for role in (Role.MUNICIPALITY_DECIDER, Role.MUNICIPALITY_COORDINATOR)
    ]  # fmt: skip
    notices += copies("answer_recorded", municipality, year)
    return Done(stored, about=("municipality", municipality), facts=facts, notices=notices)


@action(Permission.VEDTAK_APPROVE)
def approve_vedtak(actor: Actor, *, municipality: str, year: int) -> Done[int]:
    """The recorded vedtak is in force: its number was compared with the council's own record.

    A group that the council did not mention is approved as unknown, so that an older number for it
    is no longer in force.  Raises Refused: `nothing_to_approve`, `already_approved`.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    current, rows = current_vedtak(municipality, year)
    if current is None:
        raise Refused("nothing_to_approve", {"municipality": municipality, "year": year})
    approve(current)
    at = clock.now()
    for row in sorted(rows.values(), key=lambda r: r.group):
        VersionedFigure.objects.filter(pk=row.pk, approved_at__isnull=True).update(
            approved_at=at, approved_by_id=actor.user_id
        )
    total = current.total.value or 0
    return Done(
        total,
        about=("municipality", municipality),
        facts={"year": year, "total": total},
        notices=[
            _notice("vedtak_approved", role, municipality, year)
            for role in (Role.IMDI_LEAD, Role.IMDI_CASEWORKER)
        ]
        + copies("vedtak_approved", municipality, year),
    )


@action(Permission.VEDTAK_RECORD)
def say_can_take_more(
    actor: Actor, *, municipality: str, year: int, persons: int, it_takes: Sequence[Shortage] = ()
) -> Done[int]:
    """Beside its vedtak the municipality says how many more it could take; the vedtak is as it was.

    It opens no place: it tells IMDi whom to ask.  Raises Refused: `no_vedtak_to_add_to`,
    `more_not_whole`, `it_takes_without_more`, `nothing_changed`.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    lock_answers(year, municipality)
    _check_more(persons)
    if it_takes and not persons:
        raise Refused("it_takes_without_more")
    current, rows = current_vedtak(municipality, year)
    if current is None or current.kind is AnswerKind.AWAITING:
        raise Refused("no_vedtak_to_add_to", {"year": year})
    old = rows[Group.ALL.value]
    if old.can_take_more == persons and not it_takes:
        raise Refused("nothing_changed")
    row = same_vedtak(actor, old, can_take_more=persons)
    store_beside(row, replace(beside_of(old), it_takes=tuple(it_takes)))
    told = {"municipality": place_name(municipality), "year": year, "persons": persons}
    notices = [
        Notice(code="can_take_more", to_role=role.value, facts=told, url=_url(municipality, year))
        for role in (Role.IMDI_LEAD, Role.IMDI_CASEWORKER, Role.KS)
    ]
    return Done(row.pk, about=("municipality", municipality), facts={"year": year, "more": persons},
                notices=notices)  # fmt: skip


def _recorded(actor: Actor, answer: Answer, told: Told, *, correction: bool) -> tuple[int, dict[str, object]]:
    """Store what the library makes of the answer; gives the row's id and the facts for the log."""
    if not told.source.strip():
        raise Refused("source_missing")
    for number in answer.numbers.values():
        if number > MOST_PERSONS:
            raise Refused("number_too_large", {"found": str(number), "most": MOST_PERSONS})
    if told.can_take_more is not None:
        _check_more(told.can_take_more)
    lock_answers(answer.year, answer.municipality)
    round_ = round_of(answer.year)
    current, before = current_vedtak(answer.municipality, answer.year)
    check_seen(answer, request_held(answer.municipality, answer.year), before.get(Group.ALL), told.seen)
    today = clock.today()
    vedtak = (
        change(round_, current, answer, today, correction=correction)
        if current
        else record(round_, answer, today)
    )
    check_beside(round_, vedtak, told.beside, told.can_take_more)
    stored = _store(actor, vedtak, before, told, today)
    facts: dict[str, object] = {"year": answer.year, "kind": answer.kind.value}
    if vedtak.total.value is not None:
        facts["total"] = vedtak.total.value
    return stored, facts


def _store(
    actor: Actor, vedtak: Vedtak, before: Mapping[str, VersionedFigure], told: Told, today: date
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
        whole = group is Group.ALL
        row = VersionedFigure.objects.create(
            what="voted", municipality_id=vedtak.municipality, year=vedtak.year, group=group.value,
            state=figure.state.value, value=figure.value,
            reservations=[{"code": r.code.value, "persons": r.persons} for r in vedtak.reservations]
            if whole else [],
            can_take_more=told.can_take_more if whole else None,
            meeting_on=vedtak.meeting_on, valid_from=vedtak.decided_on or today, recorded_at=now,
            recorded_by_id=actor.user_id, source=told.source.strip(), reason=told.reason, supersedes=old,
        )  # fmt: skip
        if whole:
            store_beside(row, told.beside)
        first = first or row.pk
    return first


def _check_more(persons: int) -> None:
    if persons != int(persons) or not 0 <= persons <= MOST_MORE:
        raise Refused("more_not_whole", {"found": str(persons), "most": MOST_MORE})


def copies(code: str, municipality: str, year: int) -> list[Notice]:
    """KS and the county get the same at once: nobody sends an answer on."""
    told = {"municipality": place_name(municipality), "year": year}
    return [
        Notice(code=code, to_role=Role.KS.value, facts=told, url=_url(municipality, year)),
        Notice(code=code, to_role=Role.COUNTY.value, county_id=municipality[:2], facts=told,
               url=_url(municipality, year)),
    ]  # fmt: skip


def _url(municipality: str, year: int) -> str:
    return f"/municipalities/{municipality}/vedtak/?year={year}"


def _notice(code: str, role: Role, municipality: str, year: int) -> Notice:
    return Notice(
        code=code,
        to_role=role.value,
        municipality_id=municipality if role is Role.MUNICIPALITY_DECIDER else None,
        facts={"municipality": place_name(municipality), "year": year},
        url=_url(municipality, year),
    )
