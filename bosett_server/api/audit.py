"""The log over the API, for the auditor's own tools."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.api.frame import DEFAULT_LIMIT, Cursor, Limit, Page, Problem, endpoint, following
from bosett_server.queries.audit import Filter, events

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
    limit: Limit = DEFAULT_LIMIT,
) -> Page[EventOut]:
    """The newest events first.  That they were read is logged too."""
    wanted = Filter(user, object_type, object_id, verb, outcome, day)
    rows = events(request.actor, wanted, before_id=Cursor.read_number(cursor), limit=limit)
    items = [EventOut(**{name: getattr(row, name) for name in EventOut.model_fields}) for row in rows]
    return Page[EventOut](items=items, next=following(rows, limit, lambda row: row.id))
