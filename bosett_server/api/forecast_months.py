"""Monthly figures as they were known on a day, over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Router, Schema

from bosett.terms.days import Month
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.forecast_months import MOST_MONTHS, store_months
from bosett_server.api.frame import PROBLEMS, Input, endpoint
from bosett_server.queries.forecast_months import monthly_figures

router = Router()


class MonthIn(Input):
    """One month of a publication."""

    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    value: Annotated[int, Field(ge=0, le=10_000_000)]


class MonthsIn(Input):
    """The months of a series as published on a day."""

    series: Annotated[str, Field(max_length=40)]
    published: date
    source: Annotated[str, Field(max_length=300)]
    months: Annotated[list[MonthIn], Field(min_length=1, max_length=MOST_MONTHS)]


class MonthOut(Schema):
    """A month as known on the day, and as first told."""

    month: str
    value: int
    published: date
    first_value: int
    first_published: date
    versions: int


class PublicationOut(Schema):
    """One day's figures; `changed` earlier figures differ from what stood before."""

    published: date
    months: int
    first: str
    last: str
    changed: int
    source: str
    synthetic: bool


class MonthsOut(Schema):
    """A series as known on a day; publications newest first, also later ones."""

    series: str
    known: date
    items: list[MonthOut]
    publications: list[PublicationOut]


class Count(Schema):
    """How many months were stored."""

    months: int


@router.get("/months", response={200: MonthsOut, **PROBLEMS})
@endpoint(Permission.SITUATION_VIEW)
def get_months(request: Request, series: str, known: date | None = None) -> MonthsOut:
    """What was known of a series at the end of a day; today when none is given."""
    today = clock.today()
    found = monthly_figures(request.actor, series, min(known or today, today))
    return MonthsOut(
        series=found.series,
        known=found.on,
        items=[
            MonthOut(
                month=str(one.month), value=one.value, published=one.value_on, first_value=one.first,
                first_published=one.first_on, versions=one.versions,
            )
            for one in found.months
        ],
        publications=[
            PublicationOut(
                published=one.published, months=one.months, first=str(one.first), last=str(one.last),
                changed=one.changed, source=one.source, synthetic=one.synthetic,
            )
            for one in found.publications
        ],
    )  # fmt: skip


@router.post("/months", response={200: Count, **PROBLEMS})
@endpoint(Permission.FORECAST_ADD)
def post_months(request: Request, body: MonthsIn) -> Count:
    """Store the months of a publication; what was published before stays."""
    given = {Month.parse(one.month): one.value for one in body.months}
    if len(given) < len(body.months):
        raise Refused("month_twice")
    stored = store_months(
        request.actor, series=body.series, published=body.published, months=given, source=body.source
    )
    return Count(months=stored)
