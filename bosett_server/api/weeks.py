"""The plans by week over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router, Schema

from bosett.capacity.week_plan import Confirmed
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.week_capacity import confirm_weeks, save_weeks
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Input, Limit, Page, endpoint, following
from bosett_server.queries.week_capacity import Weeks, week_overview, weeks_of

router = Router()
County = Annotated[str, Query(max_length=2)]


class WeekOut(Schema):
    """One planned week: households by size, the largest size standing for that many persons or more."""

    monday: date
    households: dict[int, int]
    persons_at_least: int


class WeeksOut(Schema):
    """One municipality's rolling plan; weeks that are not there are not planned."""

    municipality: str
    name: str
    version: int
    state: Confirmed
    confirmed_on: date | None
    confirmed_days: int
    to_come: int | None
    beside_vedtak: int | None
    synthetic: bool
    weeks: list[WeekOut]


class WeekIn(Input):
    """One week; `households` null takes it out of the plan."""

    monday: date
    households: dict[int, int] | None


class WeeksIn(Input):
    """Weeks that are left out stay as they were."""

    version: int
    weeks: list[WeekIn]


class SavedWeeks(Schema):
    """The version after the change."""

    version: int


@router.get("", response={200: Page[WeeksOut], **PROBLEMS})
@endpoint(Permission.WEEKS_VIEW)
def list_weeks(
    request: Request,
    county: County = "",
    state: Confirmed | None = None,
    cursor: str = "",
    limit: Limit = DEFAULT_LIMIT,
) -> Page[WeeksOut]:
    """Every municipality in sight, in order of code."""
    place = Cursor.read(cursor)
    found = sorted(week_overview(request.actor, county), key=lambda one: one.municipality)
    rows = [
        one
        for one in found
        if (state is None or one.state is state) and (place is None or one.municipality > place.after)
    ][:limit]
    return Page[WeeksOut](
        items=[_weeks(one) for one in rows], next=following(rows, limit, lambda one: one.municipality)
    )


@router.get("/{municipality}", response={200: WeeksOut, **PROBLEMS})
@endpoint(Permission.WEEKS_VIEW)
def get_weeks(request: Request, municipality: str) -> WeeksOut:
    """One municipality's plan by week."""
    return _weeks(weeks_of(request.actor, municipality))


@router.put("/{municipality}", response={200: SavedWeeks, **PROBLEMS})
@endpoint(Permission.WEEKS_EDIT)
def put_weeks(request: Request, municipality: str, body: WeeksIn) -> SavedWeeks:
    """Save weeks, which confirms the plan today."""
    version = save_weeks(
        request.actor, municipality=municipality, version=body.version,
        weeks={one.monday: one.households for one in body.weeks},
    )  # fmt: skip
    return SavedWeeks(version=version)


@router.post("/{municipality}/confirmation", response={200: SavedWeeks, **PROBLEMS})
@endpoint(Permission.WEEKS_EDIT)
def post_confirmation(request: Request, municipality: str) -> SavedWeeks:
    """The plan is still right."""
    return SavedWeeks(version=confirm_weeks(request.actor, municipality=municipality))


def _weeks(one: Weeks) -> WeeksOut:
    persons = one.plan.persons()
    return WeeksOut(
        municipality=one.municipality, name=one.name, version=one.version, state=one.state,
        confirmed_on=one.confirmed_on, confirmed_days=one.days, to_come=one.to_come,
        beside_vedtak=one.beside_vedtak, synthetic=one.synthetic,
        weeks=[
            WeekOut(monday=monday, households=dict(sizes), persons_at_least=persons[monday])
            for monday, sizes in sorted(one.plan.households.items())
        ],
    )  # fmt: skip
