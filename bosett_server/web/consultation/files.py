"""Files to take along: calendars, a meeting's papers, the list of actions."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from bosett.outputs.meeting_calendar import meeting_calendar
from bosett.outputs.meeting_pack import meeting_pack
from bosett.outputs.paper import MEDIA_TYPES
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett_server.access import audit, clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.queries.consultation import MeetingRow, actions, library_meeting, meeting, meetings
from bosett_server.queries.consultation_protocols import pack
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file

COLUMNS = ("id", "meeting", "text", "owner", "decided_on", "due", "done_on", "standing", "report")


@require_GET
@page(Permission.AGREEMENT_VIEW)
def calendar(request: Request, number: int) -> HttpResponse:
    """One meeting for the reader's calendar; none for a cancelled one."""
    row = meeting(request.actor, number)
    if row.state == "cancelled":
        raise NotInSight("not_in_sight")
    return _calendar([row], f"meeting-{number}")


@require_GET
@page(Permission.AGREEMENT_VIEW)
def own_calendar(request: Request) -> HttpResponse:
    """Every coming meeting that the reader's party is called to."""
    found = meetings(request.actor, after=clock.now())
    return _calendar([one for one in found if one.called and one.state != "cancelled"], "meetings")


@require_GET
@page(Permission.CONSULTATION_TABLE)
def papers(request: Request, number: int, pack_number: int, form: str) -> HttpResponse:
    """A meeting's papers as they were made, in one form of Norwegian."""
    if form not in MEDIA_TYPES:
        raise Http404
    found = pack(request.actor, number, pack_number)
    language = request.GET.get("language", request.language)
    paper = meeting_pack(found.content, "nn" if language == "nn" else "nb")
    content = paper_pdf(paper) if form == "pdf" else paper_docx(paper)
    audit.append("export_meeting_papers", ("meeting", number), {"number": pack_number, "form": form}, "read")
    return _file(content, MEDIA_TYPES[form], f"papers-{number}-{pack_number}-{paper.language}.{form}")


@require_GET
@page(Permission.AGREEMENT_VIEW)
def action_list(request: Request, kind: str) -> HttpResponse:
    """Every action with owner, due day and what came of it."""
    rows = [
        (
            one.id,
            one.meeting_title,
            one.text,
            one.owner,
            one.decided_on,
            one.due,
            one.done_on,
            one.standing,
            one.report,
        )
        for one in actions(request.actor, clock.today())
    ]
    return table_file("actions", kind, COLUMNS, rows)


def _calendar(rows: list[MeetingRow], name: str) -> HttpResponse:
    made = meeting_calendar(
        [library_meeting(one) for one in rows], settings.BOSETT_ADDRESS.split("//")[-1], clock.now()
    )
    return _file(made, "text/calendar; charset=utf-8", f"{name}.ics")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
