"""Requests and answers over the API."""

from __future__ import annotations

from datetime import date

from ninja import Router, Schema

from bosett.decisions import AnswerKind
from bosett.terms.groups import Group
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.decisions import approve_vedtak, record_vedtak
from bosett_server.api.frame import Page, Problem, endpoint
from bosett_server.queries.decisions import answers

router = Router()
PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


class AnswerOut(Schema):
    """One municipality's request and answer; a number and its state, never one without the other."""

    municipality: str
    name: str
    asked: int | None
    asked_state: str
    voted: int | None
    voted_state: str
    meeting_on: date | None
    approved: bool
    modelled: bool


class VedtakIn(Schema):
    """The answer as the council gave it."""

    kind: AnswerKind
    total: int | None = None
    em_under15: int | None = None
    em_15_17: int | None = None
    decided_on: date | None = None
    meeting_on: date | None = None
    source: str
    reason: str = ""


class Stored(Schema):
    """The id of what was stored."""

    id: int


@router.get("/vedtak/{year}", response={200: Page[AnswerOut], **PROBLEMS})
@endpoint(Permission.VEDTAK_VIEW)
def list_vedtak(request: Request, year: int, county: str = "") -> Page[AnswerOut]:
    """Every municipality's request and answer in a year."""
    rows = answers(request.actor, year, county)
    return Page[AnswerOut](
        items=[
            AnswerOut(
                municipality=r.municipality, name=r.name, asked=r.asked.value, asked_state=r.asked.state.value,
                voted=r.voted.value, voted_state=r.voted.state.value, meeting_on=r.meeting_on,
                approved=r.approved, modelled=r.modelled,
            )
            for r in rows
        ]
    )  # fmt: skip


@router.put("/vedtak/{year}/{municipality}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.VEDTAK_RECORD)
def put_vedtak(request: Request, year: int, municipality: str, body: VedtakIn) -> Stored:
    """Record or change the municipality's answer; the same Idempotency-Key gives the same answer once."""
    given = {Group.ALL: body.total, Group.EM_UNDER15: body.em_under15, Group.EM_15_17: body.em_15_17}
    stored = record_vedtak(
        request.actor,
        municipality=municipality,
        year=year,
        kind=body.kind,
        numbers={group: number for group, number in given.items() if number is not None},
        decided_on=body.decided_on,
        meeting_on=body.meeting_on,
        source=body.source,
        reason=body.reason,
    )
    return Stored(id=stored)


@router.post("/vedtak/{year}/{municipality}/approval", response={200: Stored, **PROBLEMS})
@endpoint(Permission.VEDTAK_APPROVE)
def post_approval(request: Request, year: int, municipality: str) -> Stored:
    """Put the recorded vedtak in force."""
    total = approve_vedtak(request.actor, municipality=municipality, year=year)
    return Stored(id=total)
