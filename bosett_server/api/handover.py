"""Matters between sectors over the API."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema

from bosett.agreement.handover import Ask, Outcome, RefusalReason
from bosett.agreement.pressure import Sector
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.handover import (
    accept_hand_over,
    close_matter,
    hand_over,
    open_matter,
    refuse_hand_over,
    take_back_hand_over,
)
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Input, Limit, Page, endpoint, following
from bosett_server.queries.handover import Box, MatterRow, matter, matters

router = Router()


class MatterOut(Schema):
    """One matter; `offered_to` empty unless somebody is asked to take it, `outcome` empty while it is open."""

    id: int
    sector: Sector
    ask: Ask
    about: str
    municipality: str
    household: str
    holder: str
    offered_to: str
    since: datetime
    due_on: date | None
    outcome: str


class HandOverOut(Schema):
    """One hand-over and its answer."""

    id: int
    from_desk: str
    to_desk: str
    offered_at: datetime
    state: str
    reason: str
    answered_at: datetime | None


class MatterDetailOut(MatterOut):
    """One matter with the way it has gone."""

    words: str
    opened_desk: str
    history: list[HandOverOut]


class MatterIn(Input):
    """A new matter: about a municipality, a household in sight, or neither."""

    sector: Sector
    ask: Ask
    municipality: str = ""
    household: UUID | None = None
    words: str = ""
    due_on: date | None = None


class GiveIn(Input):
    """Who should take it: `nav`, `county:33`, `municipality:3301` …"""

    to: str


class RefuseIn(Input):
    """Why not."""

    reason: RefusalReason


class CloseIn(Input):
    """What became of it."""

    outcome: Outcome


class NumberOut(Schema):
    """The number of what was made or changed."""

    id: int


@router.get("", response={200: Page[MatterOut], **PROBLEMS})
@endpoint(Permission.MATTER_WORK)
def list_matters(
    request: Request, show: Box = Box.TO_ME, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[MatterOut]:
    """What I am asked to take, mine, what waits for others, or what is closed; the newest first."""
    rows = matters(request.actor, show, before_id=Cursor.read_number(cursor), limit=limit)
    return Page[MatterOut](items=[_out(row) for row in rows], next=following(rows, limit, lambda one: one.id))


@router.get("/{matter_id}", response={200: MatterDetailOut, **PROBLEMS})
@endpoint(Permission.MATTER_WORK)
def get_matter(request: Request, matter_id: int) -> MatterDetailOut:
    """One matter with the way it has gone."""
    told = matter(request.actor, matter_id)
    history = [HandOverOut(**vars(one)) for one in told.history]
    return MatterDetailOut(
        **_out(told.row).dict(), words=told.words, opened_desk=told.opened_desk, history=history
    )


@router.post("", response={200: NumberOut, **PROBLEMS})
@endpoint(Permission.MATTER_WORK)
def post_matter(request: Request, body: MatterIn) -> NumberOut:
    """Open a matter; it is the caller's until somebody else has accepted it."""
    made = open_matter(
        request.actor, sector=body.sector, ask=body.ask, municipality=body.municipality,
        household=str(body.household or ""), words=body.words, due_on=body.due_on,
    )  # fmt: skip
    return NumberOut(id=made)


@router.post("/{matter_id}/hand-over", response={200: NumberOut, **PROBLEMS})
@endpoint(Permission.MATTER_WORK)
def post_hand_over(request: Request, matter_id: int, body: GiveIn) -> NumberOut:
    """Ask another desk to take it; gives the number of the hand-over."""
    return NumberOut(id=hand_over(request.actor, matter=matter_id, to=body.to))


@router.post("/{matter_id}/close", response={200: NumberOut, **PROBLEMS})
@endpoint(Permission.MATTER_WORK)
def post_close(request: Request, matter_id: int, body: CloseIn) -> NumberOut:
    """Say what became of it."""
    return NumberOut(id=close_matter(request.actor, matter=matter_id, outcome=body.outcome))


@router.post("/hand-overs/{hand_over_id}/accept", response={200: NumberOut, **PROBLEMS})
@endpoint(Permission.MATTER_WORK)
def post_accept(request: Request, hand_over_id: int) -> NumberOut:
    """Take the matter; gives its number."""
    return NumberOut(id=accept_hand_over(request.actor, hand_over=hand_over_id))


@router.post("/hand-overs/{hand_over_id}/refuse", response={200: NumberOut, **PROBLEMS})
@endpoint(Permission.MATTER_WORK)
def post_refuse(request: Request, hand_over_id: int, body: RefuseIn) -> NumberOut:
    """Refuse it with a reason; it is the sender's again."""
    return NumberOut(id=refuse_hand_over(request.actor, hand_over=hand_over_id, reason=body.reason))


@router.post("/hand-overs/{hand_over_id}/take-back", response={200: NumberOut, **PROBLEMS})
@endpoint(Permission.MATTER_WORK)
def post_take_back(request: Request, hand_over_id: int) -> NumberOut:
    """The sender asks no more."""
    return NumberOut(id=take_back_hand_over(request.actor, hand_over=hand_over_id))


def _out(row: MatterRow) -> MatterOut:
    return MatterOut(
        id=row.id, sector=Sector(row.sector), ask=Ask(row.ask), about=row.about, municipality=row.municipality,
        household=row.household, holder=row.holder, offered_to=row.offered_to, since=row.since,
        due_on=row.due_on, outcome=row.outcome,
    )  # fmt: skip
