"""The criteria workshop and the hearings over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema

from bosett.distribution.settings import from_kept
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.distribution_criteria import (
    adopt_criteria,
    drop_criteria,
    drop_indicator,
    keep_criteria,
    keep_indicator,
    read_settings,
    share_criteria,
    tried,
)
from bosett_server.api.frame import PROBLEMS, Input, Page, Year, endpoint
from bosett_server.queries.distribution_columns import columns
from bosett_server.queries.distribution_sets import criteria_sets

router = Router()


class TrialIn(Input):
    """A need and the criteria, as `GET …/sets` gives them."""

    need: int
    settings: dict[str, Any]


class TriedLine(Schema):
    """One municipality's number with the persons that each criterion gave or took."""

    municipality: str
    asked: int
    exact_share: float
    from_criteria: dict[str, float]
    bound: str
    groups: dict[str, int]
    asked_before: int | None


class CriterionOut(Schema):
    """How far a criterion is population in disguise, and what one more point of its weight moves."""

    column: str
    explained_by_population: float | None
    one_point_moves: float | None


class TrialOut(Schema):
    """What the criteria give; nothing is stored."""

    need: int
    assumptions: list[str]
    criteria: list[CriterionOut]
    moved_by_county_step: int | None
    lines: list[TriedLine]


class SetIn(Input):
    """Criteria to keep under a name."""

    year: int
    name: str
    settings: dict[str, Any]


class SetOut(Schema):
    """Kept criteria."""

    id: int
    name: str
    owner: str
    own: bool
    shared: bool
    changed_at: datetime
    settings: dict[str, Any]


class ShareIn(Input):
    """Whether the criteria are shared within IMDi."""

    shared: bool


class AdoptIn(Input):
    """When answers are due."""

    answer_due_on: date


class IndicatorIn(Input):
    """Figures by municipality code, with where they are from."""

    name: str
    source: str
    values: dict[str, str]


class ColumnOut(Schema):
    """An indicator that criteria can be made of, and for how many municipalities it is known."""

    key: str
    name: str
    scale: str
    source: str
    year: int | None
    municipalities: int


class Kept(Schema):
    """The id of what was kept, drafted or thrown away."""

    id: int


@router.post("/trials/{year}", response={200: TrialOut, **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def post_trial(request: Request, year: Year, body: TrialIn) -> TrialOut:
    """Try criteria on a need, with the full explanation; nothing is stored."""
    if body.need < 0:
        raise Refused("number_negative", {"found": str(body.need)})
    found = tried(request.actor, year, body.need, read_settings(body.settings))
    effects = {one.column: float(one.moved_persons) for one in found.effects}
    before = found.before.asked if found.before else {}
    return TrialOut(
        need=found.need,
        assumptions=list(found.direct.assumptions),
        criteria=[
            CriterionOut(
                column=one.column, explained_by_population=one.explained, one_point_moves=effects.get(one.column)
            )
            for one in found.disguise
        ],
        moved_by_county_step=found.counties.persons_moved if found.counties else None,
        lines=[
            TriedLine(
                municipality=share.identifier, asked=found.asked[share.identifier],
                exact_share=float(share.exact_share),
                from_criteria={name: float(persons) for name, persons in share.contributions}, bound=share.bound.value,
                groups=dict(share.groups), asked_before=before.get(share.identifier),
            )
            for share in found.direct.shares
        ],
    )  # fmt: skip


@router.get("/years/{year}/columns", response={200: Page[ColumnOut], **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def list_columns(request: Request, year: Year) -> Page[ColumnOut]:
    """Every indicator in sight; a handful, so there is one page."""
    found = columns(request.actor, year, clock.today())
    return Page[ColumnOut](
        items=[
            ColumnOut(
                key=one.key, name=one.name("en"), scale=one.scale.value, source=one.source, year=one.year,
                municipalities=len(one.values),
            )
            for one in found
        ]
    )  # fmt: skip


@router.post("/columns", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def post_column(request: Request, body: IndicatorIn) -> Kept:
    """Bring an indicator of one's own."""
    return Kept(id=keep_indicator(request.actor, name=body.name, source=body.source, values=body.values))


@router.delete("/columns/{indicator}", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def delete_column(request: Request, indicator: int) -> Kept:
    """Throw one's own indicator away."""
    return Kept(id=drop_indicator(request.actor, indicator=indicator))


@router.get("/years/{year}/sets", response={200: Page[SetOut], **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def list_sets(request: Request, year: Year) -> Page[SetOut]:
    """Kept criteria in sight, one's own and those that are shared; one page."""
    return Page[SetOut](
        items=[
            SetOut(
                id=one.id, name=one.name, owner=one.owner, own=one.own, shared=one.shared,
                changed_at=one.changed_at, settings=one.settings,
            )
            for one in criteria_sets(request.actor, year)
        ]
    )  # fmt: skip


@router.post("/sets", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def post_set(request: Request, body: SetIn) -> Kept:
    """Keep criteria under a name; only you see them until you share them."""
    try:
        from_kept(body.settings)
    except BadInput as fault:
        raise Refused("criteria_out_of_range", {"found": fault.found[:120]}) from fault
    return Kept(id=keep_criteria(request.actor, year=body.year, name=body.name, settings=body.settings))


@router.put("/sets/{criteria_set}/sharing", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def put_sharing(request: Request, criteria_set: int, body: ShareIn) -> Kept:
    """Share one's own criteria within IMDi, or take them back."""
    return Kept(id=share_criteria(request.actor, criteria_set=criteria_set, shared=body.shared))


@router.delete("/sets/{criteria_set}", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CRITERIA_TRY)
def delete_set(request: Request, criteria_set: int) -> Kept:
    """Throw one's own criteria away."""
    return Kept(id=drop_criteria(request.actor, criteria_set=criteria_set))


@router.post("/sets/{criteria_set}/adoption", response={200: Kept, **PROBLEMS})
@endpoint(Permission.ROUND_DRAFT)
def post_adoption(request: Request, criteria_set: int, body: AdoptIn) -> Kept:
    """Make kept criteria the draft of the round; gives the draft's id."""
    made = adopt_criteria(request.actor, criteria_set=criteria_set, answer_due_on=body.answer_due_on)
    return Kept(id=made)
