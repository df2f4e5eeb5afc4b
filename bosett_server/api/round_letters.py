"""Versions of a round, hearings before it is sent, and its letters, over the API."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpResponse
from ninja import Router, Schema

from bosett.decisions.mid_year import AfterChange
from bosett.outputs.paper import MEDIA_TYPES
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.actions.assignment_journal import take_out_assignments
from bosett_server.actions.distribution_hearings import answer_hearing, open_hearings, record_hearing
from bosett_server.actions.letter_journal import journal_files
from bosett_server.actions.round_letters import order_letters
from bosett_server.api.frame import (
    DEFAULT_LIMIT,
    MAY_REFUSE,
    PROBLEMS,
    Cursor,
    Input,
    Limit,
    Page,
    Year,
    endpoint,
    file_answer,
    following,
)
from bosett_server.queries.assignment_journal import day_after, decided_between
from bosett_server.queries.distribution_hearings import HearingView, hearings, own_hearings
from bosett_server.queries.distribution_versions import Version, versions, what_follows
from bosett_server.queries.placement_files import pack
from bosett_server.queries.round_letters import letter_content, letter_job, letters
from bosett_server.words.assignment_papers import assignment_files

router = Router()
ZIP = "application/zip"


class AfterOut(Schema):
    """One municipality's answer after the change; null = not asked, or not decided."""

    municipality: str
    asked_before: int | None
    asked_now: int | None
    voted: int | None
    counted: int
    ask_again: bool


class VersionOut(Schema):
    """One sent round of a year, and what it changed."""

    round: int
    number: int
    sent_at: datetime
    answer_due_on: date
    need: int | None
    asked: int
    municipalities: int
    asked_until_then: int
    after_change: AfterChange
    counted: int
    not_counted: int
    answers: list[AfterOut]


class HearingOut(Schema):
    """What a county or KS is asked about, and its word."""

    id: int
    round: int
    year: int
    body: str
    asked_on: date
    due_on: date
    answered_on: date | None
    comment: str
    proposed: dict[str, int]
    recommended: dict[str, int]


class AskIn(Input):
    """When the word of counties and KS is due."""

    due_on: date


class WordIn(Input):
    """The word of a county or KS; `recommended` only where it has another number."""

    comment: str = ""
    recommended: dict[str, int] = {}


class WordForIn(WordIn):
    """What IMDi writes down of a letter or a meeting."""

    answered_on: date


class OrderIn(Input):
    """What the letters are journalled under."""

    case_number: str


class JobOut(Schema):
    """How far the letters have come."""

    state: str
    done: int
    total: int


class LetterOut(Schema):
    """One letter and what became of it."""

    municipality: str
    language: str
    title: str
    file_name: str
    case_number: str
    dated: date
    size_bytes: int
    sha256: str
    carrier: str
    outcome: str
    reference: str


class Count(Schema):
    """How many."""

    count: int


@router.get("/versions/{year}", response={200: Page[VersionOut], **PROBLEMS})
@endpoint(Permission.ROUND_VIEW)
def list_versions(request: Request, year: Year) -> Page[VersionOut]:
    """Every sent round of the year, newest first, with what followed for answers; one page."""
    own = request.actor.county if request.actor.role is Role.COUNTY else ""
    return Page[VersionOut](items=[_version(one, own) for one in reversed(versions(year))])


@router.get("/hearings", response={200: Page[HearingOut], **PROBLEMS})
@endpoint(Permission.ROUND_VIEW)
def list_hearings(request: Request, round: int | None = None) -> Page[HearingOut]:
    """The hearings in sight, of one round or the newest; one page."""
    found = own_hearings(request.actor) if round is None else hearings(request.actor, round)
    return Page[HearingOut](items=[_hearing(one) for one in found])


@router.post("/drafts/{round_id}/hearings", response={200: Count, **PROBLEMS})
@endpoint(Permission.ROUND_DRAFT)
def post_hearings(request: Request, round_id: int, body: AskIn) -> Count:
    """Ask every county with a request, and KS; gives how many are asked."""
    return Count(count=open_hearings(request.actor, round=round_id, due_on=body.due_on))


@router.put("/hearings/{hearing}", response={200: Count, **PROBLEMS})
@endpoint(Permission.HEARING_ANSWER)
def put_word(request: Request, hearing: int, body: WordIn) -> Count:
    """The county's or KS's own word."""
    answer_hearing(request.actor, hearing=hearing, comment=body.comment, recommended=body.recommended)
    return Count(count=len(body.recommended))


@router.put("/hearings/{hearing}/on-behalf", response={200: Count, **PROBLEMS})
@endpoint(Permission.ROUND_DRAFT)
def put_word_on_behalf(request: Request, hearing: int, body: WordForIn) -> Count:
    """IMDi writes down the word of a county or KS."""
    record_hearing(
        request.actor, hearing=hearing, answered_on=body.answered_on, comment=body.comment,
        recommended=body.recommended,
    )  # fmt: skip
    return Count(count=len(body.recommended))


@router.post("/rounds/{round_id}/letters", response={200: Count, **PROBLEMS})
@endpoint(Permission.ROUND_SEND)
def post_letters(request: Request, round_id: int, body: OrderIn) -> Count:
    """Have the letters written and delivered in the background; gives how many there will be."""
    return Count(count=order_letters(request.actor, round=round_id, case_number=body.case_number))


@router.get("/rounds/{round_id}/letters/progress", response={200: JobOut, **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def get_progress(request: Request, round_id: int) -> JobOut:
    """How far the letters have come."""
    job = letter_job(request.actor, round_id)
    if job is None:
        raise NotInSight("not_in_sight")
    return JobOut(state=job.state, done=job.done, total=job.total)


@router.get("/rounds/{round_id}/letters", response={200: Page[LetterOut], **PROBLEMS})
@endpoint(Permission.ROUND_VIEW)
def list_letters(
    request: Request, round_id: int, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[LetterOut]:
    """The letters in sight with what became of each, in order of code."""
    place = Cursor.read(cursor)
    rows = letters(request.actor, round_id, after=place.after if place else "", size=limit)
    items = [
        LetterOut(
            municipality=one.municipality, language=one.language, title=one.title, file_name=one.file_name,
            case_number=one.case_number, dated=one.dated, size_bytes=one.size_bytes, sha256=one.sha256,
            carrier=one.carrier, outcome=one.outcome, reference=one.reference,
        )
        for one in rows
    ]  # fmt: skip
    return Page[LetterOut](items=items, next=following(rows, limit, lambda row: row.municipality))


@router.get(
    "/rounds/{round_id}/letters/{municipality}", response={200: None, **PROBLEMS},
    openapi_extra=file_answer(MEDIA_TYPES["pdf"]),
)  # fmt: skip
@endpoint(Permission.ROUND_VIEW)
def get_letter(request: Request, round_id: int, municipality: str) -> HttpResponse:
    """One letter as it was sent, a PDF."""
    _name, content = letter_content(request.actor, round_id, municipality)
    return HttpResponse(content, content_type=MEDIA_TYPES["pdf"])


@router.get(
    "/rounds/{round_id}/journal",
    response={200: None, **PROBLEMS},
    openapi_extra=file_answer(ZIP) | {MAY_REFUSE: True},
)
@endpoint(Permission.ROUND_SEND)
def get_journal(request: Request, round_id: int) -> HttpResponse:
    """Every letter of the round with the journal's entries, for the archive; stands in the log."""
    return HttpResponse(pack(dict(journal_files(request.actor, round=round_id))), content_type=ZIP)


@router.get(
    "/assignments/journal",
    response={200: None, **PROBLEMS},
    openapi_extra=file_answer(ZIP) | {MAY_REFUSE: True},
)
@endpoint(Permission.ASSIGNMENT_DECIDE)
def get_assignment_journal(
    request: Request, first: date, last: date, case_number: str, restriction: str
) -> HttpResponse:
    """One PDF for each assignment decided in these days with the journal's entries; stands in the log."""
    take_out_assignments(
        request.actor, first=first, last=last, case_number=case_number, restriction=restriction
    )
    rows = decided_between(request.actor, first, day_after(last))
    files = assignment_files(rows, case_number.strip(), restriction.strip())
    return HttpResponse(pack(dict(files)), content_type=ZIP)


def _version(one: Version, own: str) -> VersionOut:
    change = what_follows(one)
    return VersionOut(
        round=one.round, number=one.number, sent_at=one.sent_at, answer_due_on=one.answer_due_on, need=one.need,
        asked=one.persons, municipalities=len(one.asked), asked_until_then=one.persons_before,
        after_change=one.policy, counted=change.counted, not_counted=change.not_used,
        answers=[
            AfterOut(
                municipality=row.municipality, asked_before=row.asked_before, asked_now=row.asked_now,
                voted=row.voted, counted=row.counted, ask_again=row.ask_again,
            )
            for row in change.answers
            if row.asked_before != row.asked_now and row.municipality.startswith(own)
        ],
    )  # fmt: skip


def _hearing(one: HearingView) -> HearingOut:
    return HearingOut(
        id=one.id, round=one.round, year=one.year, body=one.body, asked_on=one.asked_on, due_on=one.due_on,
        answered_on=one.answered_on, comment=one.comment,
        proposed={line.code: line.proposed for line in one.lines},
        recommended={line.code: line.recommended for line in one.lines if line.recommended is not None},
    )  # fmt: skip
