"""The household's page over the API: the centre's codes, the offices' answers, the household's own words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from bosett_server.access.codes import new_code
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.own_page import (
    answer_correction,
    answer_reassessment,
    ask_correction,
    ask_reassessment,
    comment,
    print_code,
)
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Input, Limit, Page, endpoint, following
from bosett_server.queries.own_page import open_requests

router = Router()


class CodeOut(Schema):
    """The code, this once: it is stored nowhere and a repeated call makes another."""

    id: int
    code: str


class RequestOut(Schema):
    """What a household asked for."""

    id: int
    household: UUID
    reference: str
    kind: str
    subject: str
    text: str
    asked_at: datetime


class RequestAnswerIn(Input):
    """The outcome as a code, and words for the household."""

    answer_code: str
    answer: str


class Words(Input):
    """What the household writes; `subject` for a correction."""

    text: str
    subject: str = "other"


class Stored(Schema):
    """The id of what was stored."""

    id: int


@router.post("/households/{household}/code", response={200: CodeOut, **PROBLEMS})
@endpoint(Permission.CODE_PRINT)
def post_code(request: Request, household: UUID, for_role: str = "household") -> CodeOut:
    """A new code for one of the centre's households; an unused earlier one is void."""
    code = new_code()
    made = print_code(request.actor, household=household, code=code, for_role=for_role)
    return CodeOut(id=made, code=code)


@router.get("/requests", response={200: Page[RequestOut], **PROBLEMS})
@endpoint(Permission.CORRECTION_ANSWER)
def list_requests(request: Request, cursor: str = "", limit: Limit = DEFAULT_LIMIT) -> Page[RequestOut]:
    """What households have asked and nobody has answered, newest first."""
    rows = open_requests(request.actor, before_id=Cursor.read_number(cursor), limit=limit)
    items = [
        RequestOut(
            id=r.id, household=UUID(r.household), reference=r.reference, kind=r.kind, subject=r.subject,
            text=r.text, asked_at=r.asked_at,
        )
        for r in rows
    ]  # fmt: skip
    return Page[RequestOut](items=items, next=following(rows, limit, lambda row: row.id))


@router.post("/corrections/{request_id}/answer", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CORRECTION_ANSWER)
def post_correction_answer(request: Request, request_id: int, body: RequestAnswerIn) -> Stored:
    """Answer a correction."""
    return Stored(id=answer_correction(request.actor, request=request_id, **body.dict()))


@router.post("/reassessments/{request_id}/answer", response={200: Stored, **PROBLEMS})
@endpoint(Permission.REASSESS_ANSWER)
def post_reassessment_answer(request: Request, request_id: int, body: RequestAnswerIn) -> Stored:
    """Answer a wish for a new assessment."""
    return Stored(id=answer_reassessment(request.actor, request=request_id, **body.dict()))


@router.post("/my/comment", response={200: Stored, **PROBLEMS})
@endpoint(Permission.OWN_COMMENT)
def post_comment(request: Request, body: Words) -> Stored:
    """The household's own comment; no machine token carries this role today."""
    return Stored(id=comment(request.actor, text=body.text))


@router.post("/my/correction", response={200: Stored, **PROBLEMS})
@endpoint(Permission.OWN_COMMENT)
def post_correction(request: Request, body: Words) -> Stored:
    """The household's own correction."""
    return Stored(id=ask_correction(request.actor, subject=body.subject, text=body.text))


@router.post("/my/reassessment", response={200: Stored, **PROBLEMS})
@endpoint(Permission.OWN_COMMENT)
def post_reassessment(request: Request, body: Words) -> Stored:
    """The household's own wish for a new assessment."""
    return Stored(id=ask_reassessment(request.actor, text=body.text))
