"""Requests and answers over the API."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Router, Schema

from bosett.decisions import AnswerKind, Reservation, ReservationCode
from bosett.decisions.supplement import Shortage
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.decision_details import Beside, Seen
from bosett_server.actions.decisions import (
    approve_vedtak,
    record_vedtak,
    record_vedtak_for,
    say_can_take_more,
)
from bosett_server.api.frame import (
    DEFAULT_LIMIT,
    PROBLEMS,
    Cursor,
    Input,
    Limit,
    Page,
    Year,
    endpoint,
    following,
)
from bosett_server.queries.decision_lines import FilterState, Line
from bosett_server.queries.decision_overview import overview
from bosett_server.queries.decisions import Version, history
from bosett_server.queries.known import Known

router = Router()


class AnswerOut(Schema):
    """One municipality's request and answer; a number and its state, never one without the other.

    `voted` is the vedtak in force, `recorded` one that is written down and not approved yet.
    """

    municipality: str
    name: str
    state: FilterState
    asked: int | None
    asked_state: str
    original: int | None
    original_state: str
    voted: int | None
    voted_state: str
    recorded: int | None
    meeting_on: date | None
    reservations: list[str]
    can_take_more: int | None
    agreed: int | None
    agreed_state: str
    settled: int | None
    settled_state: str
    modelled: bool


class VersionOut(Schema):
    """One version of one number; `id` is what `seen_answer` and `seen_request` compare with."""

    id: int
    group: Group
    value: int | None
    state: str
    valid_from: date
    recorded_at: datetime
    approved_at: datetime | None
    meeting_on: date | None
    source: str
    reason: str
    modelled: bool
    current: bool


class ReservationIn(Input):
    """A condition as the council wrote it, as a code."""

    code: ReservationCode
    persons: int | None = None


class VedtakIn(Input):
    """The answer as the council gave it.

    `seen_request` and `seen_answer` are the ids of the request and the answer (0 for none) that the
    writer had before their eyes: another one in force is a refusal.  Left out, nothing is compared.
    """

    kind: AnswerKind
    total: Decimal | None = None
    em_under15: Decimal | None = None
    em_15_17: Decimal | None = None
    decided_on: date | None = None
    meeting_on: date | None = None
    reservations: list[ReservationIn] = []
    can_take_more: int | None = None
    reasons: list[Shortage] = []
    it_takes: list[Shortage] = []
    agenda_on: date | None = None
    case_number: str = ""
    minutes: str = ""
    source: str
    reason: str = ""
    correction: bool = False
    seen_request: int | None = None
    seen_answer: int | None = None


class OnBehalfIn(VedtakIn):
    """The answer as IMDi got it from the municipality; `source` says how."""

    can_take_more: None = None


class MoreIn(Input):
    """How many more than the vedtak the municipality could take."""

    persons: int
    it_takes: list[Shortage] = []


class Stored(Schema):
    """The id of what was stored."""

    id: int


class Approved(Schema):
    """The number that is now in force."""

    total: int


@router.get("/vedtak/{year}", response={200: Page[AnswerOut], **PROBLEMS})
@endpoint(Permission.VEDTAK_VIEW)
def list_vedtak(
    request: Request,
    year: Year,
    county: str = "",
    state: FilterState | None = None,
    known: date | None = None,
    cursor: str = "",
    limit: Limit = DEFAULT_LIMIT,
) -> Page[AnswerOut]:
    """Every municipality's request and answer in a year as held on a day, in order of code."""
    today = clock.today()
    place = Cursor.read(cursor)
    found = overview(request.actor, year, Known(known or today, today)).lines
    rows = sorted(
        (
            one
            for one in found
            if (not county or one.county == county)
            and (state is None or one.state is state)
            and (place is None or one.code > place.after)
        ),
        key=lambda one: one.code,
    )
    shown = rows[:limit]
    more = following(shown, limit, lambda row: row.code)
    return Page[AnswerOut](items=[_answer(row) for row in shown], next=more)


@router.get("/vedtak/{year}/{municipality}", response={200: Page[VersionOut], **PROBLEMS})
@endpoint(Permission.VEDTAK_VIEW)
def list_versions(
    request: Request,
    year: Year,
    municipality: str,
    known: date | None = None,
    what: Literal["voted", "asked"] = "voted",
) -> Page[VersionOut]:
    """Every version of one municipality's vedtak or request, newest first; a handful, so there is one page."""
    today = clock.today()
    rows = history(request.actor, municipality, year, what, Known(known or today, today))
    return Page[VersionOut](items=[_version(row) for row in rows])


@router.put("/vedtak/{year}/{municipality}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.VEDTAK_RECORD)
def put_vedtak(request: Request, year: Year, municipality: str, body: VedtakIn) -> Stored:
    """Record or change the municipality's answer; the same Idempotency-Key gives the same answer once."""
    stored = record_vedtak(
        request.actor, municipality=municipality, year=year, kind=body.kind, numbers=_numbers(body),
        decided_on=body.decided_on, meeting_on=body.meeting_on, reservations=_reservations(body),
        can_take_more=body.can_take_more, beside=_beside(body), source=body.source, reason=body.reason,
        correction=body.correction, seen=Seen(body.seen_request, body.seen_answer),
    )  # fmt: skip
    return Stored(id=stored)


@router.put("/vedtak/{year}/{municipality}/on-behalf", response={200: Stored, **PROBLEMS})
@endpoint(Permission.VEDTAK_RECORD_FOR_OTHERS)
def put_vedtak_on_behalf(request: Request, year: Year, municipality: str, body: OnBehalfIn) -> Stored:
    """IMDi writes down the answer for the municipality, which approves it itself."""
    stored = record_vedtak_for(
        request.actor, municipality=municipality, year=year, kind=body.kind, numbers=_numbers(body),
        decided_on=body.decided_on, meeting_on=body.meeting_on, reservations=_reservations(body),
        beside=_beside(body), source=body.source, reason=body.reason, correction=body.correction,
        seen=Seen(body.seen_request, body.seen_answer),
    )  # fmt: skip
    return Stored(id=stored)


@router.post("/vedtak/{year}/{municipality}/approval", response={200: Approved, **PROBLEMS})
@endpoint(Permission.VEDTAK_APPROVE)
def post_approval(request: Request, year: Year, municipality: str) -> Approved:
    """Put the recorded vedtak in force."""
    return Approved(total=approve_vedtak(request.actor, municipality=municipality, year=year))


@router.post("/vedtak/{year}/{municipality}/can-take-more", response={200: Stored, **PROBLEMS})
@endpoint(Permission.VEDTAK_RECORD)
def post_can_take_more(request: Request, year: Year, municipality: str, body: MoreIn) -> Stored:
    """Say how many more the municipality could take; opens no place."""
    stored = say_can_take_more(
        request.actor, municipality=municipality, year=year, persons=body.persons, it_takes=body.it_takes
    )
    return Stored(id=stored)


def _beside(body: VedtakIn) -> Beside:
    return Beside(
        tuple(body.reasons), tuple(body.it_takes), body.agenda_on, body.case_number, body.minutes
    )  # fmt: skip


def _numbers(body: VedtakIn) -> dict[Group, int | Decimal]:
    given = {Group.ALL: body.total, Group.EM_UNDER15: body.em_under15, Group.EM_15_17: body.em_15_17}
    return {group: number for group, number in given.items() if number is not None}


def _reservations(body: VedtakIn) -> list[Reservation]:
    return [Reservation(one.code, one.persons) for one in body.reservations]


def _answer(row: Line) -> AnswerOut:
    return AnswerOut(
        municipality=row.code, name=row.name, state=row.state, asked=row.asked.value,
        asked_state=row.asked.state.value, original=row.original.value,
        original_state=row.original.state.value, voted=row.voted.value, voted_state=row.voted.state.value,
        recorded=row.recorded.value if row.recorded else None, meeting_on=row.meeting_on,
        reservations=[one.code.value for one in row.reservations], can_take_more=row.can_take_more,
        agreed=row.agreed.value, agreed_state=row.agreed.state.value, settled=row.settled.value,
        settled_state=row.settled.state.value, modelled=row.modelled,
    )  # fmt: skip


def _version(row: Version) -> VersionOut:
    return VersionOut(
        id=row.id, group=row.group, value=row.figure.value, state=row.figure.state.value, valid_from=row.valid_from,
        recorded_at=row.recorded_at, approved_at=row.approved_at, meeting_on=row.meeting_on,
        source=row.source, reason=row.reason, modelled=row.modelled, current=row.current,
    )  # fmt: skip
