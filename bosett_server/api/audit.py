"""The log over the API, for the auditor's own tools."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema

from bosett.terms.errors import BadInput
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.api.frame import Cursor, Page, Problem, endpoint
from bosett_server.queries.audit import PAGE_SIZE, Filter, events

router = Router()
PROBLEMS = {401: Problem, 403: Problem, 422: Problem}


class EventOut(Schema):
    """One event; ids and codes, never personal data."""

    id: int
    at: datetime
    user_id: int | None
    role: str
    scope: str
    verb: str
    object_type: str
    object_id: str
    outcome: str
    facts: dict[str, Any]
    request_id: str
    sealed: bool


@router.get("/events", response={200: Page[EventOut], **PROBLEMS})
@endpoint(Permission.AUDIT_VIEW)
def list_events(
    request: Request,
    user: str = "",
    object_type: str = "",
    object_id: str = "",
    verb: str = "",
    outcome: str = "",
    day: date | None = None,
    cursor: str = "",
) -> Page[EventOut]:
    """The newest events first.  That they were read is logged too."""
    read = Cursor.read(cursor)
    if read is not None and not read.after.isdecimal():
        raise BadInput("a cursor that is not ours", "the `next` of an earlier answer", column="cursor")
    wanted = Filter(user, object_type, object_id, verb, outcome, day)
    rows = events(request.actor, wanted, before_id=int(read.after) if read else 0)
    items = [EventOut(**{name: getattr(row, name) for name in EventOut.model_fields}) for row in rows]
    return Page[EventOut](items=items, next=Cursor(str(rows[-1].id)).text() if len(rows) == PAGE_SIZE else "")
