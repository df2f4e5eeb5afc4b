"""What came of meetings over the API: minutes, protocols, decisions, and what somebody shall do."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Router, Schema

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.consultation_actions import give_action, move_action, report_action
from bosett_server.actions.consultation_protocols import (
    approve_protocol,
    decide,
    publish_protocol,
    withdraw_decision,
    write_minutes,
)
from bosett_server.api.frame import (
    DEFAULT_LIMIT,
    PROBLEMS,
    Cursor,
    Input,
    Limit,
    Page,
    endpoint,
    following,
)
from bosett_server.queries.consultation import ActionRow, actions
from bosett_server.queries.consultation_protocols import protocols

router = Router()


class ActionOut(Schema):
    """One action; `standing` is late, open or done."""

    id: int
    meeting: int
    matter: int | None
    text: str
    owner: str
    decided_on: date
    due: date
    done_on: date | None
    report: str
    standing: str
    version: int


class ProtocolOut(Schema):
    """What everybody may read of a meeting."""

    meeting: int
    version: int
    title: str
    starts: datetime
    parties: list[str]
    text: str
    decisions: list[str]
    actions: list[dict[str, str]]
    published_on: date
    synthetic: bool


class WrittenIn(Input):
    """The next version of a text; `version` is the newest that was read, 0 for none."""

    text: str
    version: int = 0


class DecisionIn(Input):
    """What was decided."""

    text: str
    matter: int | None = None
    is_open: bool = True
    closes: bool = False


class ActionIn(Input):
    """What somebody does; an empty owner is refused."""

    text: str
    owner: str = ""
    due: date
    matter: int | None = None
    is_open: bool = True


class DueIn(Input):
    """Another due day."""

    due: date
    version: int


class ReportIn(Input):
    """That it is done, and what came of it."""

    done_on: date
    report: str
    version: int


class Version(Input):
    """The version that was read."""

    version: int


class Written(Schema):
    """The id or number of what was stored."""

    id: int


@router.put("/meetings/{meeting_id}/minutes", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def put_minutes(request: Request, meeting_id: int, body: WrittenIn) -> Written:
    """The next version of the minutes; `id` is its number."""
    return Written(id=write_minutes(request.actor, number=meeting_id, kind="minutes", **body.dict()))


@router.put("/meetings/{meeting_id}/protocol", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def put_protocol(request: Request, meeting_id: int, body: WrittenIn) -> Written:
    """The next version of the protocol, which every called party is asked to approve; `id` is its number."""
    return Written(id=write_minutes(request.actor, number=meeting_id, kind="protocol", **body.dict()))


@router.post("/meetings/{meeting_id}/decisions", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def post_decision(request: Request, meeting_id: int, body: DecisionIn) -> Written:
    """Write down a decision."""
    return Written(id=decide(request.actor, number=meeting_id, **body.dict()))


@router.delete("/meetings/{meeting_id}/decisions/{decision_id}", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def delete_decision(request: Request, meeting_id: int, decision_id: int) -> Written:
    """A decision that was written down wrongly no longer stands; its row is kept."""
    return Written(id=withdraw_decision(request.actor, number=meeting_id, decision=decision_id))


@router.post("/meetings/{meeting_id}/approval", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_TABLE)
def post_approval(request: Request, meeting_id: int, body: Version) -> Written:
    """The caller's party agrees that this version of the protocol is published."""
    return Written(id=approve_protocol(request.actor, number=meeting_id, version=body.version))


@router.post("/meetings/{meeting_id}/publication", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def post_publication(request: Request, meeting_id: int) -> Written:
    """Everybody may read the approved protocol."""
    return Written(id=publish_protocol(request.actor, number=meeting_id))


@router.get("/actions", response={200: Page[ActionOut], **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def list_actions(request: Request, open_only: bool = False) -> Page[ActionOut]:
    """Actions by due day; two hundred at most."""
    rows = actions(request.actor, clock.today(), open_only=open_only)
    return Page[ActionOut](items=[_action(one) for one in rows])


@router.post("/meetings/{meeting_id}/actions", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def post_action(request: Request, meeting_id: int, body: ActionIn) -> Written:
    """Give somebody something to do."""
    return Written(id=give_action(request.actor, number=meeting_id, **body.dict()))


@router.put("/actions/{action_id}/due", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def put_due(request: Request, action_id: int, body: DueIn) -> Written:
    """Another due day."""
    return Written(id=move_action(request.actor, number=action_id, **body.dict()))


@router.put("/actions/{action_id}/report", response={200: Written, **PROBLEMS})
@endpoint(Permission.CONSULTATION_TABLE)
def put_report(request: Request, action_id: int, body: ReportIn) -> Written:
    """Its owner has done it."""
    return Written(id=report_action(request.actor, number=action_id, **body.dict()))


@router.get("/protocols", response={200: Page[ProtocolOut], **PROBLEMS}, auth=None)
@endpoint(None)
def list_protocols(request: Request, cursor: str = "", limit: Limit = DEFAULT_LIMIT) -> Page[ProtocolOut]:
    """What everybody may read of the meetings, by number; no token needed."""
    after = Cursor.read_number(cursor)
    rows = sorted((one for one in protocols() if one.meeting > after), key=lambda one: one.meeting)[:limit]
    told = [
        ProtocolOut(
            meeting=one.meeting, version=one.version, title=one.title, starts=one.content["starts"],
            parties=one.content["parties"], text=one.content["text"], decisions=one.content["decisions"],
            actions=one.content["actions"], published_on=one.published_on, synthetic=one.content["synthetic"],
        )
        for one in rows
    ]  # fmt: skip
    return Page[ProtocolOut](items=told, next=following(rows, limit, lambda one: one.meeting))


def _action(row: ActionRow) -> ActionOut:
    return ActionOut(
        id=row.id, meeting=row.meeting, matter=row.matter, text=row.text, owner=row.owner, decided_on=row.decided_on,
        due=row.due, done_on=row.done_on, report=row.report, standing=row.standing, version=row.version,
    )  # fmt: skip
