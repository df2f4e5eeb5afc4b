"""Meetings between the parties over the API: called, with agenda and papers, held."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpResponse
from ninja import Router, Schema

from bosett.agreement.consultation import MeetingKind
from bosett.outputs.meeting_pack import meeting_pack
from bosett.outputs.paper import MEDIA_TYPES
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett_server.access import audit, clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.consultation_agenda import make_pack, set_agenda
from bosett_server.actions.consultation_meetings import (
    call_meeting,
    cancel_meeting,
    hold_meeting,
    move_meeting,
)
from bosett_server.api.frame import (
    PROBLEMS,
    Input,
    Page,
    endpoint,
    file_answer,
)
from bosett_server.queries.consultation import MeetingRow, items, meeting, meetings
from bosett_server.queries.consultation_protocols import outcome, pack, packs

router = Router()
Papers = Literal["pdf", "docx"]
Language = Literal["nb", "nn"]


class MeetingOut(Schema):
    """One meeting; `called` tells whether the caller's party is."""

    id: int
    kind: MeetingKind
    title: str
    starts: datetime
    ends: datetime
    place: str
    parties: list[str]
    agreement: str
    state: str
    version: int
    called: bool


class ItemOut(Schema):
    """One line of the agenda."""

    number: int
    kind: str
    why: str
    behind: int
    title: str
    matter: int | None
    action: int | None


class WrittenOut(Schema):
    """What is written of a meeting, as far as the caller may see it; the newest versions."""

    agenda: list[ItemOut]
    packs: list[int]
    minutes: str
    minutes_version: int
    protocol: str
    protocol_version: int
    approved: list[str]
    decisions: dict[int, str]
    published: bool


class MoveIn(Input):
    """When, where and who; `version` is the one that was read."""

    title: str
    starts: datetime
    ends: datetime
    parties: list[str]
    place: str = ""
    version: int = 0


class MeetingIn(Input):
    """A meeting to call."""

    kind: MeetingKind
    title: str
    starts: datetime
    ends: datetime
    parties: list[str]
    place: str = ""


class AgendaIn(Input):
    """Matters that wait for another meeting."""

    leave_out: list[int] = []


class Stored(Schema):
    """The id or number of what was stored."""

    id: int


@router.get("/meetings", response={200: Page[MeetingOut], **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def list_meetings(request: Request, earlier: bool = False) -> Page[MeetingOut]:
    """The meetings to come, the next first, or `earlier` ones, the last first; two hundred at most."""
    now = clock.now()
    rows = meetings(request.actor, before=now) if earlier else meetings(request.actor, after=now)
    return Page[MeetingOut](items=[_meeting(one) for one in rows])


@router.post("/meetings", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def post_meeting(request: Request, body: MeetingIn) -> Stored:
    """Call a meeting."""
    return Stored(id=call_meeting(request.actor, **body.dict()))


@router.put("/meetings/{meeting_id}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def put_meeting(request: Request, meeting_id: int, body: MoveIn) -> Stored:
    """Another time, place or party."""
    return Stored(id=move_meeting(request.actor, number=meeting_id, **body.dict()))


@router.post("/meetings/{meeting_id}/cancellation", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def post_cancellation(request: Request, meeting_id: int) -> Stored:
    """Cancel a meeting."""
    return Stored(id=cancel_meeting(request.actor, number=meeting_id))


@router.put("/meetings/{meeting_id}/agenda", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def put_agenda(request: Request, meeting_id: int, body: AgendaIn) -> Stored:
    """Make the agenda from what is stored; `id` is how many items it has."""
    return Stored(id=set_agenda(request.actor, number=meeting_id, leave_out=body.leave_out))


@router.post("/meetings/{meeting_id}/packs", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def post_pack(request: Request, meeting_id: int) -> Stored:
    """Make the papers as of now; `id` is their number."""
    return Stored(id=make_pack(request.actor, number=meeting_id))


@router.get(
    "/meetings/{meeting_id}/packs/{pack_number}/{form}", response={200: None, **PROBLEMS},
    openapi_extra=file_answer(*MEDIA_TYPES.values()),
)  # fmt: skip
@endpoint(Permission.CONSULTATION_TABLE)
def get_pack(
    request: Request, meeting_id: int, pack_number: int, form: Papers, language: Language = "nb"
) -> HttpResponse:
    """The papers as they were made, as PDF (PDF/UA) or docx."""
    paper = meeting_pack(pack(request.actor, meeting_id, pack_number).content, language)
    content = paper_pdf(paper) if form == "pdf" else paper_docx(paper)
    facts = {"number": pack_number, "form": form}
    audit.append("export_meeting_papers", ("meeting", meeting_id), facts, "read")
    return HttpResponse(content, content_type=MEDIA_TYPES[form])


@router.post("/meetings/{meeting_id}/holding", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def post_holding(request: Request, meeting_id: int) -> Stored:
    """The meeting has been held."""
    return Stored(id=hold_meeting(request.actor, number=meeting_id))


@router.get("/meetings/{meeting_id}/written", response={200: WrittenOut, **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def get_written(request: Request, meeting_id: int) -> WrittenOut:
    """Agenda, papers, minutes, protocol, approvals and decisions, as far as the caller may see them."""
    row, came = meeting(request.actor, meeting_id), outcome(request.actor, meeting_id)
    lines = [
        ItemOut(number=one.number, kind=one.kind, why=one.why, behind=one.behind, title=one.title, matter=one.matter,
                action=one.action)
        for one in items(request.actor, row)
    ]  # fmt: skip
    return WrittenOut(
        agenda=lines, packs=[one.number for one in packs(request.actor, meeting_id)],
        minutes=came.minutes[0].text if came.minutes else "",
        minutes_version=came.minutes[0].version if came.minutes else 0,
        protocol=came.protocol[0].text if came.protocol else "",
        protocol_version=came.protocol[0].version if came.protocol else 0, approved=list(came.approved),
        decisions={one.id: one.text for one in came.decisions}, published=bool(came.published),
    )  # fmt: skip


def _meeting(row: MeetingRow) -> MeetingOut:
    return MeetingOut(
        id=row.id, kind=row.kind, title=row.title, starts=row.starts, ends=row.ends, place=row.place,
        parties=list(row.parties), agreement=row.agreement, state=row.state, version=row.version, called=row.called,
    )  # fmt: skip
