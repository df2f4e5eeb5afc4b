"""Rounds of requests over the API: draft, adjust, throw away, send."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Router, Schema

from bosett.decisions.mid_year import AfterChange
from bosett.distribution import Rounding
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.distribution import DraftCriteria, adjust_line, discard_draft, draft_round
from bosett_server.actions.round_sending import send_round
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
from bosett_server.queries.distribution import LineView, lines, rounds

router = Router()


class RoundOut(Schema):
    """A round; a draft is seen by those who draft only."""

    id: int
    year: int
    number: int
    state: str
    need: int
    asked: int
    municipalities: int
    answer_due_on: date
    drafted_at: datetime
    sent_at: datetime | None


class LineOut(Schema):
    """One municipality's line with the persons that each criterion gave."""

    municipality: str
    name: str
    computed: int
    asked: int
    em_under15: int
    em_15_17: int
    from_criteria: dict[str, float]
    bound: str
    adjusted_reason: str
    asked_before: int | None


class DraftIn(Input):
    """How to divide the need, and when answers are due."""

    answer_due_on: date
    population_percent: int = 100
    floor: int = 0
    size_minimum: int = 0
    excluded: list[str] = []
    em_under15: int = 0
    em_15_17: int = 0
    extra_only: bool = False
    rounding: Rounding = Rounding.LARGEST_REMAINDER


class LineIn(Input):
    """A number set by hand, with the reason."""

    asked: int
    em_under15: int | None = None
    em_15_17: int | None = None
    reason: str = ""


class SendIn(Input):
    """`reason` is needed when the requests do not sum to the need, `unheard_reason` when not everybody is heard."""

    reason: str = ""
    unheard_reason: str = ""
    after_change: AfterChange = AfterChange.KEEP


class RoundId(Schema):
    """The round that was drafted, changed or thrown away."""

    id: int


class Sent(Schema):
    """How many municipalities were asked."""

    municipalities: int


@router.get("/rounds/{year}", response={200: Page[RoundOut], **PROBLEMS})
@endpoint(Permission.ROUND_VIEW)
def list_rounds(request: Request, year: Year) -> Page[RoundOut]:
    """The year's rounds in sight, newest first; a year has a handful, so there is one page."""
    found = rounds(request.actor, year)
    return Page[RoundOut](
        items=[
            RoundOut(
                id=one.id, year=one.year, number=one.number, state=one.state, need=one.need, asked=one.asked,
                municipalities=one.municipalities, answer_due_on=one.answer_due_on,
                drafted_at=one.drafted_at, sent_at=one.sent_at,
            )
            for one in found
        ]
    )  # fmt: skip


@router.get("/rounds/{year}/{number}/lines", response={200: Page[LineOut], **PROBLEMS})
@endpoint(Permission.ROUND_VIEW)
def list_lines(
    request: Request, year: Year, number: int, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[LineOut]:
    """The lines of a round drafted here, in order of municipality code."""
    found = next((one for one in rounds(request.actor, year) if one.number == number), None)
    if found is None:
        raise NotInSight("not_in_sight")
    place = Cursor.read(cursor)
    rows = lines(request.actor, found.id, after=place.after if place else "", size=limit)
    more = following(rows, limit, lambda row: row.municipality)
    return Page[LineOut](items=[_line(row) for row in rows], next=more)


@router.post("/rounds/{year}", response={200: RoundId, **PROBLEMS})
@endpoint(Permission.ROUND_DRAFT)
def post_draft(request: Request, year: Year, body: DraftIn) -> RoundId:
    """Draft a round from the need in force."""
    told = body.model_dump(exclude={"answer_due_on", "excluded"})
    criteria = DraftCriteria(**told, excluded=tuple(body.excluded))
    drafted = draft_round(request.actor, year=year, criteria=criteria, answer_due_on=body.answer_due_on)
    return RoundId(id=drafted)


@router.put("/drafts/{round_id}/lines/{municipality}", response={200: RoundId, **PROBLEMS})
@endpoint(Permission.ROUND_DRAFT)
def put_line(request: Request, round_id: int, municipality: str, body: LineIn) -> RoundId:
    """Set one municipality's number in a draft by hand."""
    adjust_line(
        request.actor, round=round_id, municipality=municipality, asked=body.asked, reason=body.reason,
        em_under15=body.em_under15, em_15_17=body.em_15_17,
    )  # fmt: skip
    return RoundId(id=round_id)


@router.delete("/drafts/{round_id}", response={200: RoundId, **PROBLEMS})
@endpoint(Permission.ROUND_DRAFT)
def delete_draft(request: Request, round_id: int) -> RoundId:
    """Throw the draft away; nothing was sent."""
    return RoundId(id=discard_draft(request.actor, round=round_id))


@router.post("/drafts/{round_id}/sending", response={200: Sent, **PROBLEMS})
@endpoint(Permission.ROUND_SEND)
def post_sending(request: Request, round_id: int, body: SendIn) -> Sent:
    """Send the round.  Cannot be undone, only followed by another round."""
    sent = send_round(
        request.actor, round=round_id, reason=body.reason, unheard_reason=body.unheard_reason,
        after_change=body.after_change.value,
    )  # fmt: skip
    return Sent(municipalities=sent)


def _line(row: LineView) -> LineOut:
    return LineOut(
        municipality=row.municipality, name=row.name, computed=row.computed, asked=row.asked,
        em_under15=row.em_under15, em_15_17=row.em_15_17, from_criteria=row.parts, bound=row.bound,
        adjusted_reason=row.adjusted_reason, asked_before=row.before,
    )  # fmt: skip
