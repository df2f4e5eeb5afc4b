"""Households over the API: the same list, file, search and changes as the pages, with codes instead of words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core import signing
from ninja import Router, Schema

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.bulk import change_households, undo_change
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Input, Limit, Page, endpoint
from bosett_server.queries.household_changes import Change, preview
from bosett_server.queries.household_file import household_file
from bosett_server.queries.household_filters import read_filters
from bosett_server.queries.household_history import household_history
from bosett_server.queries.household_order import known_order
from bosett_server.queries.households import household_page
from bosett_server.queries.keyset import read_place

router = Router()
UNDO_SALT, UNDO_SECONDS = "households-undo", 60


class HouseholdOut(Schema):
    """One line of the list; a date or number that is not known is null."""

    id: UUID
    reference: str
    persons: int
    track: str
    group: str
    stage: str
    needs: list[str]
    language: str
    arrived_on: date | None
    ready_on: date | None
    waited_days: int | None
    place: str
    place_kind: str
    deadline: date | None
    deadline_kind: str
    recheck: list[str]
    version: int
    synthetic: bool


class PersonOut(Schema):
    """One person; identity numbers are not given over this call."""

    id: UUID
    name: str
    birth_date: date
    sex: str
    citizenship: str
    basis: str
    role: str
    single_adult: bool
    permit_lost_on: date | None
    left_on: date | None
    planned_on: date | None
    settled_on: date | None
    settled_in: str


class HeardOut(Schema):
    """What the household has said."""

    held_on: date
    interpreter: str
    interpreter_language: str
    wishes: list[str]
    ties: list[tuple[str, str]]
    health_consent: bool | None
    child_best_interests: str
    comment_due_on: date | None
    comment: str
    comment_at: datetime | None
    missing: dict[str, str]


class StayOut(Schema):
    """A stay in a centre."""

    centre: str
    arrived_on: date
    left_on: date | None


class AssignmentOut(Schema):
    """A named person's decision and what became of it."""

    id: int
    municipality: str
    state: str
    persons: int
    decided_at: datetime
    decided_by: str
    answer_due_on: date
    answered_at: datetime | None
    reasons: list[str]
    override_reason: str
    decline_reason: str
    self_settled: bool


class MoneyOut(Schema):
    """A grant line; `amount_nok` null is a rate that is not in force, never zero."""

    person: str
    municipality: str
    scheme: str
    year: int
    grant_year: int
    rate_nok: int | None
    amount_nok: int | None
    rule: str
    status: str


class LifeEventOut(Schema):
    """Something that happened on the way."""

    kind: str
    happened_on: date
    person: str
    reopened: list[str]
    resolved_at: datetime | None


class FileOut(Schema):
    """The file; null where the caller's role does not see the part."""

    id: UUID
    reference: str
    track: str
    group: str
    stage: str
    persons_count: int
    language: str
    needs: list[str]
    recheck: list[str]
    synthetic: bool
    arrived_on: date | None
    permit_on: date | None
    ready_on: date | None
    planned_on: date | None
    settled_on: date | None
    left_reason: str
    centre: str
    municipality: str
    version: int
    persons: list[PersonOut]
    heard: HeardOut | None
    stays: list[StayOut] | None
    assignments: list[AssignmentOut] | None
    money: list[MoneyOut] | None
    events: list[LifeEventOut] | None


class FieldOut(Schema):
    """One field before and after; null where there was nothing, and for identity numbers."""

    name: str
    before: Any
    after: Any


class ChangeOut(Schema):
    """One change of the household or of one of its persons."""

    at: datetime
    by: str
    person: str
    fields: list[FieldOut]


class ChosenIn(Input):
    """A household and the version of it that the caller has seen."""

    id: UUID
    version: int


class ChangeIn(Input):
    """A change of many: `resolve_recheck`, `add_need`, `remove_need` or `move_centre`, with its value."""

    kind: str
    value: str = ""
    households: list[ChosenIn]


class VerdictOut(Schema):
    """What a change would do to one household: `goes_through`, or the code of why not."""

    household: UUID
    reference: str
    version: int
    code: str


class Changed(Schema):
    """How many were changed, and the sealed note that takes it back within a minute."""

    count: int
    undo: str


class UndoIn(Input):
    """The sealed note of a change, as it was given."""

    undo: str


class Counted(Schema):
    """How many households were touched."""

    count: int


@router.get("", response={200: Page[HouseholdOut], **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_LIST)
def list_households(
    request: Request, cursor: str = "", sort: str = "waiting", stage: str = "", track: str = "", group: str = "",
    need: str = "", wished: str = "", waited: str = "", here: str = "", came_back: str = "", recheck: str = "",
    limit: Limit = DEFAULT_LIMIT,
) -> Page[HouseholdOut]:  # fmt: skip
    """The households in sight, a page at a time.  A filter that says nothing known cuts nothing."""
    given = {
        "stage": stage, "track": track, "group": group, "need": need, "wished": wished, "waited": waited,
        "here": here, "came_back": came_back, "recheck": recheck,
    }  # fmt: skip
    filters = read_filters(given, request.actor)
    order, place = known_order(sort), read_place(cursor)
    found = household_page(request.actor, filters, order, clock.today(), place, limit)
    return Page[HouseholdOut](items=[HouseholdOut.from_orm(row) for row in found.rows], next=found.next)


@router.get("/{uuid:household}", response={200: FileOut, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_VIEW)
def get_household(request: Request, household: UUID) -> FileOut:
    """One household's file; each reading is logged."""
    return FileOut.from_orm(household_file(request.actor, household))


@router.get("/{uuid:household}/history", response={200: Page[ChangeOut], **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_HISTORY)
def get_history(request: Request, household: UUID) -> Page[ChangeOut]:
    """Every change of the file, newest first."""
    _, changes = household_history(request.actor, household)
    return Page[ChangeOut](items=[ChangeOut.from_orm(one) for one in changes])


@router.post("/changes/preview", response={200: Page[VerdictOut], **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_LIST)
def post_preview(request: Request, body: ChangeIn) -> Page[VerdictOut]:
    """What a change would do to each household; nothing is changed."""
    ids = [one.id for one in body.households]
    found = preview(request.actor, Change(body.kind, body.value), ids, clock.today())
    return Page[VerdictOut](items=[VerdictOut.from_orm(one) for one in found])


@router.post("/changes", response={200: Changed, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_LIST)
def post_change(request: Request, body: ChangeIn) -> Changed:
    """Change all of the households, or none."""
    chosen = [(str(one.id), one.version) for one in body.households]
    before = change_households(request.actor, kind=body.kind, value=body.value, households=chosen)
    note = {"kind": body.kind, "before": before, "user": request.actor.user_id}
    return Changed(count=len(before), undo=signing.dumps(note, salt=UNDO_SALT, compress=True))


@router.post("/changes/undo", response={200: Counted, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_LIST)
def post_undo(request: Request, body: UndoIn) -> Counted:
    """Take a change back, if nobody has changed any of the households since."""
    try:
        note = signing.loads(body.undo, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise Refused("undo_is_over") from error
    if note["user"] != request.actor.user_id:
        raise Refused("undo_is_over")
    return Counted(count=undo_change(request.actor, kind=note["kind"], before=note["before"]))
