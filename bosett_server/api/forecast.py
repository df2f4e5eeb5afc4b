"""The need over the API."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Router, Schema

from bosett.forecast import Combination, Estimate, NeedInputs
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.forecast import set_need
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
from bosett_server.queries.forecast import NeedVersion, need_versions
from bosett_server.queries.known import Known

router = Router()


class Interval(Input):
    """Persons with the ends of an interval."""

    low: int
    point: int
    high: int


class PartsIn(Input):
    """What the need is made of; every part is needed, a part that is none is said as 0."""

    as_of: date
    ready_in_reception: Interval
    expected_grants: Interval
    quota: Interval
    leaves: Interval
    combination: Combination = Combination.TOGETHER


class NeedIn(Input):
    """A need as somebody stated it."""

    value: int
    source: str
    valid_from: date
    reason: str = ""
    parts: PartsIn | None = None


class NeedOut(Schema):
    """One version of the need; `state` says why there is no number when there is none."""

    id: int
    value: int | None
    state: str
    valid_from: date
    recorded_at: datetime
    source: str
    reason: str
    parts: dict[str, Interval]
    low: int | None
    high: int | None
    modelled: bool
    current: bool


class StoredNeed(Schema):
    """The id of what was stored."""

    id: int


@router.get("/need/{year}", response={200: Page[NeedOut], **PROBLEMS})
@endpoint(Permission.SITUATION_VIEW)
def list_need(
    request: Request, year: Year, known: date | None = None, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[NeedOut]:
    """The year's needs as held on a day (today when left out), newest first."""
    today = clock.today()
    before = Cursor.read_number(cursor)
    rows = need_versions(request.actor, year, Known(known or today, today), before_id=before, size=limit)
    more = following(rows, limit, lambda row: row.id)
    return Page[NeedOut](items=[_out(row) for row in rows], next=more)


@router.post("/need/{year}", response={200: StoredNeed, **PROBLEMS})
@endpoint(Permission.NEED_SET)
def post_need(request: Request, year: Year, body: NeedIn) -> StoredNeed:
    """State the need anew; the version before is kept."""
    stored = set_need(
        request.actor, year=year, value=body.value, source=body.source, valid_from=body.valid_from,
        reason=body.reason, parts=_inputs(year, body.parts) if body.parts else None,
    )  # fmt: skip
    return StoredNeed(id=stored)


def _inputs(year: int, told: PartsIn) -> NeedInputs:
    def estimate(one: Interval) -> Estimate:
        return Estimate(one.low, one.point, one.high)

    return NeedInputs(
        year=year,
        as_of=told.as_of,
        ready_in_reception=estimate(told.ready_in_reception),
        expected_grants=estimate(told.expected_grants),
        quota=estimate(told.quota),
        leaves=estimate(told.leaves),
        combination=told.combination,
    )


def _out(row: NeedVersion) -> NeedOut:
    return NeedOut(
        id=row.id, value=row.figure.value, state=row.figure.state.value, valid_from=row.valid_from,
        recorded_at=row.recorded_at, source=row.source, reason=row.reason,
        parts={one.key: Interval(low=one.low, point=one.point, high=one.high) for one in row.parts},
        low=row.low, high=row.high, modelled=row.modelled, current=row.current,
    )  # fmt: skip
