"""Households over the API: the same list, file, search and changes as the pages, with codes instead of words."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.core import signing
from ninja import Router, Schema

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.bulk import change_households, change_matching, undo_change
from bosett_server.actions.restoring import restore_value
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Input, Limit, Page, endpoint
from bosett_server.api.households_shapes import ChangeOut, FileOut, HouseholdOut
from bosett_server.queries.household_changes import Change, preview, preview_matching
from bosett_server.queries.household_file import household_file
from bosett_server.queries.household_filters import read_filters
from bosett_server.queries.household_history import household_history
from bosett_server.queries.household_order import known_order
from bosett_server.queries.households import household_page
from bosett_server.queries.keyset import read_place

router = Router()
UNDO_SALT, UNDO_SECONDS = "households-undo", 60


class RestoreIn(Input):
    """Which field gets its value from before the change, and why: `mistyped`, `register` or `household`."""

    field: str
    reason: str


class Restored(Schema):
    """The household whose fact was brought back."""

    id: UUID


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


class CutIn(Input):
    """A change of all that a cut keeps; the cut has the names of the list's own filters."""

    kind: str
    value: str = ""
    filters: dict[str, str] = {}


class CutOut(Schema):
    """What the change would do to all that the cut keeps: how many go through, why the others don't, the stamp."""

    matching: int
    count: int
    stops: dict[str, int]
    stamp: str


class CutDoIn(CutIn):
    """The same with the stamp and the count that the preview gave."""

    stamp: str
    count: int


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


@router.post("/{uuid:household}/history/{change}/restore", response={200: Restored, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_EDIT)
def post_restore(request: Request, household: UUID, change: int, body: RestoreIn) -> Restored:
    """Bring an earlier value of a fact back as a new change."""
    restore_value(request.actor, household=str(household), change=change, **body.dict())
    return Restored(id=household)


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
    return Changed(count=len(before), undo=_sealed(request, body.kind, before))


@router.post("/changes/matching/preview", response={200: CutOut, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_LIST)
def post_matching_preview(request: Request, body: CutIn) -> CutOut:
    """What a change would do to every household that the filters keep; nothing is changed."""
    filters = read_filters(body.filters, request.actor)
    found, stamp = preview_matching(request.actor, Change(body.kind, body.value), filters, clock.today())
    stops = Counter(one.code for one in found if not one.goes)
    return CutOut(matching=len(found), count=len(found) - stops.total(), stops=dict(stops), stamp=stamp)


@router.post("/changes/matching", response={200: Changed, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_LIST)
def post_matching(request: Request, body: CutDoIn) -> Changed:
    """Change every household that the filters keep and that goes through, or none when the cut has changed."""
    filters = read_filters(body.filters, request.actor)
    before = change_matching(
        request.actor, kind=body.kind, value=body.value, filters=filters, stamp=body.stamp, count=body.count
    )
    return Changed(count=len(before), undo=_sealed(request, body.kind, before))


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


def _sealed(request: Request, kind: str, before: list[dict[str, Any]]) -> str:
    note = {"kind": kind, "before": before, "user": request.actor.user_id}
    return signing.dumps(note, salt=UNDO_SALT, compress=True)
