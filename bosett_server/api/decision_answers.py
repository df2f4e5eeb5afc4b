"""What comes with the answers, and what may come: reasons, use of places, expected sums."""

from __future__ import annotations

from datetime import date

from ninja import Router, Schema

from bosett.decisions import ReservationCode
from bosett.decisions.kept_scores import kept_scores
from bosett.decisions.mid_year import AfterChange
from bosett.decisions.supplement import Shortage
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.decision_meetings import say_council_meets
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
from bosett_server.queries.decision_again import Changed, changed_in_sight
from bosett_server.queries.decision_answers import AnswerRow, answers_of
from bosett_server.queries.decision_expected import Outlook, expected

router = Router()


class BesideOut(Schema):
    """One answer with what came beside it; what the reader does not see of another municipality is null."""

    municipality: str
    asked: int | None
    voted: int | None
    awaiting: bool
    meeting_on: date | None
    agenda_on: date | None
    case_number: str | None
    minutes: str | None
    reasons: list[Shortage] | None
    can_take_more: int | None
    it_takes: list[Shortage] | None
    reservations: list[ReservationCode]
    outside_the_rule: list[ReservationCode]


class ChangedOut(Schema):
    """A municipality whose request was changed after the first round, and what that means for its answer.

    `counted` are the places of its vedtak that the State counts on; `again` says that the council is asked anew.
    """

    municipality: str
    round: int
    sent_on: date
    due_on: date
    after_change: AfterChange
    asked_before: int | None
    asked_now: int | None
    voted: int | None
    counted: int
    again: bool


class MeetingIn(Input):
    """The day on which the council takes a changed request up."""

    meeting_on: date
    agenda_on: date | None = None
    case_number: str = ""


class MeetingStored(Schema):
    """The id of what was stored."""

    id: int


class ReasonOut(Schema):
    """A reason for lower answers; a municipality with two counts in both."""

    reason: Shortage
    municipalities: int
    persons_short: int


class PlacesOut(Schema):
    """Needed and not voted, voted and not used, and why; sums are over what is known.

    `without_reason` and `reasons` are null for who does not see every municipality's reasons.
    """

    not_voted: int
    asked_without_answer: int
    not_used: int
    use_not_known: int
    without_reason: int | None
    could_take_more: int
    said_nothing_of_more: int
    reasons: list[ReasonOut] | None


class OutlookOut(Schema):
    """A sum of coming answers, its interval of 90 per cent; a county with few municipalities stands with another."""

    counties: list[str]
    municipalities: int
    asked: int
    p05: float
    p50: float
    p95: float
    voted: int


class OwnOut(Schema):
    """The reader's own municipality: quantiles at 5, 25, 50, 75 and 95 per cent."""

    municipality: str
    asked: int
    quantiles: list[float]


class BufferOut(Schema):
    """What must be asked for so that the need is reached this surely; null when no request is large enough."""

    probability: float
    request: int | None
    above_need: int | None


class ScoreOut(Schema):
    """How near a past year was, foretold from the years before it."""

    year: int
    asked: int
    voted: int
    p05: float
    p50: float
    p95: float
    inside: bool
    coverage90: float


class ExpectedOut(Schema):
    """Expected answers in sight of the reader: nobody sees another municipality's."""

    year: int
    learned_from: list[int]
    country: OutlookOut | None
    counties: list[OutlookOut]
    own: list[OwnOut]
    need: int | None
    probability_of_need: float | None
    buffers: list[BufferOut]
    unused_places_paid: bool | None
    scores: list[ScoreOut]


@router.get("/{year}", response={200: Page[BesideOut], **PROBLEMS})
@endpoint(Permission.VEDTAK_VIEW)
def list_answers(
    request: Request, year: Year, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[BesideOut]:
    """Every newest answer with its case, reasons, offer of more and conditions, in order of code."""
    place = Cursor.read(cursor)
    rows = [one for one in answers_of(request.actor, year).rows if place is None or one.code > place.after]
    shown = rows[:limit]
    return Page[BesideOut](
        items=[_row(one) for one in shown], next=following(shown, limit, lambda row: row.code)
    )


@router.get("/{year}/places", response={200: PlacesOut, **PROBLEMS})
@endpoint(Permission.VEDTAK_VIEW)
def get_places(request: Request, year: Year) -> PlacesOut:
    """The unvoted gap and the voted-but-unused places in one answer, with the reasons given."""
    found = answers_of(request.actor, year)
    return PlacesOut(
        not_voted=found.places.not_voted, asked_without_answer=found.places.open_persons,
        not_used=found.places.not_used, use_not_known=found.places.use_not_known,
        without_reason=found.reasons.without_reason if found.reasons_in_sight else None,
        could_take_more=found.reasons.could_take_more,
        said_nothing_of_more=found.reasons.silent,
        reasons=[
            ReasonOut(reason=code, municipalities=count, persons_short=persons)
            for code, count, persons in found.reasons.reasons
        ]
        if found.reasons_in_sight
        else None,
    )  # fmt: skip


@router.get("/{year}/expected", response={200: ExpectedOut, **PROBLEMS})
@endpoint(Permission.ROUND_VIEW)
def get_expected(request: Request, year: Year) -> ExpectedOut:
    """Expected sums, the reader's own municipality, and how near such sums have been."""
    found = expected(request.actor, year)
    return ExpectedOut(
        year=year,
        learned_from=list(found.learned_from),
        country=_outlook(found.country) if found.country else None,
        counties=[_outlook(one) for one in found.counties],
        own=[OwnOut(municipality=code, asked=asked, quantiles=list(q)) for code, asked, q in found.own],
        need=found.need,
        probability_of_need=found.sure_of_need,
        buffers=[
            BufferOut(probability=one.sureness, request=one.request, above_need=one.above_need)
            for one in found.buffers
        ],
        unused_places_paid=found.unused_places_paid,
        scores=[
            ScoreOut(
                year=one.year, asked=one.asked, voted=one.voted, p05=one.p05, p50=one.p50, p95=one.p95,
                inside=one.inside, coverage90=one.coverage90,
            )
            for one in kept_scores()
        ],
    )  # fmt: skip


@router.get("/{year}/changed", response={200: Page[ChangedOut], **PROBLEMS})
@endpoint(Permission.VEDTAK_VIEW)
def list_changed(
    request: Request, year: Year, again: bool = False, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[ChangedOut]:
    """Requests changed in the year and what follows for the answers; with `again` those that are asked anew."""
    place = Cursor.read(cursor)
    rows = [
        one
        for code, one in changed_in_sight(request.actor, year).items()
        if (one.again or not again) and (place is None or code > place.after)
    ]
    shown = rows[:limit]
    more = following(shown, limit, lambda row: row.municipality)
    return Page[ChangedOut](items=[_changed(row) for row in shown], next=more)


@router.post("/{year}/{municipality}/meeting", response={200: MeetingStored, **PROBLEMS})
@endpoint(Permission.VEDTAK_RECORD)
def post_meeting(request: Request, year: Year, municipality: str, body: MeetingIn) -> MeetingStored:
    """Say when the council takes a changed request up; the vedtak stands until then."""
    stored = say_council_meets(
        request.actor, municipality=municipality, year=year, meeting_on=body.meeting_on,
        agenda_on=body.agenda_on, case_number=body.case_number,
    )  # fmt: skip
    return MeetingStored(id=stored)


def _changed(row: Changed) -> ChangedOut:
    return ChangedOut(
        municipality=row.municipality, round=row.number, sent_on=row.sent_on, due_on=row.due_on,
        after_change=row.policy, asked_before=row.asked_before, asked_now=row.asked_now, voted=row.voted,
        counted=row.counted, again=row.again,
    )  # fmt: skip


def _outlook(one: Outlook) -> OutlookOut:
    return OutlookOut(
        counties=list(one.codes), municipalities=one.municipalities, asked=one.asked, p05=one.p05, p50=one.p50,
        p95=one.p95, voted=one.voted,
    )  # fmt: skip


def _row(one: AnswerRow) -> BesideOut:
    return BesideOut(
        municipality=one.code, asked=one.asked, voted=one.voted, awaiting=one.awaiting, meeting_on=one.meeting_on,
        agenda_on=one.agenda_on, case_number=one.case_number if one.in_sight else None,
        minutes=one.minutes if one.in_sight else None, reasons=list(one.reasons) if one.in_sight else None,
        can_take_more=one.can_take_more, it_takes=list(one.it_takes) if one.in_sight else None,
        reservations=[r.code for r in one.reservations],
        outside_the_rule=[r.code for r in one.reservations if not r.allowed],
    )  # fmt: skip
