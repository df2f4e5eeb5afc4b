"""The months ahead, the time from permit to settlement, and arriving family, over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Router, Schema

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.forecast_months_ahead import Asked, ask_for_months_ahead
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.queries.forecast_family import family_overview
from bosett_server.queries.forecast_lags import lag_overview
from bosett_server.queries.forecast_months_ahead import MadeAhead, months_ahead

router = Router()


class AheadIn(Input):
    """What is to be forecast; a judgement has month, factor and reason, or is left out."""

    series: Annotated[str, Field(max_length=40)]
    first: Annotated[str, Field(max_length=7)] = ""
    factor: Annotated[float, Field(gt=0, le=100)] | None = None
    reason: Annotated[str, Field(max_length=120)] = ""


class AheadMonth(Schema):
    """One month: the nine quantiles P01 to P99, and what came; null = not known yet."""

    month: str
    quantiles: list[float]
    actual: float | None


class MadeOut(Schema):
    """A forecast of ours: when and from which publication, the models by weight, its months.  Modelled."""

    made: str
    judged: bool
    vintage: str
    models: str
    synthetic: bool
    months: list[AheadMonth]


class Accepted(Schema):
    """It is made in the background, from so many months; the ledger holds it when it is done."""

    months: int


class LagMonth(Schema):
    """Share settled in the month so long after the permit, and by then."""

    months: int
    share: float
    within: float


class NeedMonth(Schema):
    """Persons who need a municipality in a month; permits (lowest, expected, highest) null = not stated."""

    month: str
    waiting: int
    permits: list[int] | None


class LagsOut(Schema):
    """The spread from permit to settlement, and the months ahead; `later` = of those who wait, after the last month."""

    as_of: date
    lags: list[LagMonth]
    months: list[NeedMonth]
    later: int
    synthetic: bool


class FamilyOut(Schema):
    """Family to come to one municipality in twelve months from a day; null = few, and hidden from this reader."""

    municipality: str
    starts: date
    settled: int | None
    came: int | None
    p10: int | None
    p50: int | None
    p90: int | None
    own_rate: bool


@router.get("/months", response={200: Page[MadeOut], **PROBLEMS})
@endpoint(Permission.SITUATION_VIEW)
def get_months_ahead(request: Request, series: str) -> Page[MadeOut]:
    """Our forecasts of a series, newest first."""
    found = months_ahead(request.actor, series, clock.today())
    return Page[MadeOut](items=[_made(one) for one in found.made])


@router.post("/months", response={202: Accepted, **PROBLEMS})
@endpoint(Permission.FORECAST_ADD)
def post_months_ahead(request: Request, body: AheadIn) -> tuple[int, Accepted]:
    """Ask for twelve months ahead; it is done in the background."""
    asked = Asked(body.series, body.first, body.factor, body.reason)
    return 202, Accepted(months=ask_for_months_ahead(request.actor, asked=asked))


@router.get("/lags", response={200: LagsOut, **PROBLEMS})
@endpoint(Permission.SITUATION_VIEW)
def get_lags(request: Request) -> LagsOut:
    """How long from permit to settlement, and in which months people will need a municipality."""
    found = lag_overview(request.actor)
    lags = found.everybody
    seen = lags.seen if lags else ()
    return LagsOut(
        as_of=found.today,
        lags=[
            LagMonth(months=n, share=float(share), within=float(lags.within(n)) if lags else 0.0)
            for n, share in enumerate(seen)
        ],
        months=[
            NeedMonth(
                month=str(one.month), waiting=one.waiting, permits=list(one.permits) if one.permits else None
            )
            for one in found.months
        ],
        later=found.later,
        synthetic=found.synthetic,
    )


@router.get("/family", response={200: Page[FamilyOut], **PROBLEMS})
@endpoint(Permission.RESULTS_VIEW)
def get_family(request: Request) -> Page[FamilyOut]:
    """Arriving family of the municipalities in your area."""
    found = family_overview(request.actor)
    return Page[FamilyOut](
        items=[
            FamilyOut(
                municipality=one.code, starts=found.starts, settled=one.settled, came=one.came,
                p10=one.forecast.low if one.forecast else None,
                p50=one.forecast.median if one.forecast else None,
                p90=one.forecast.high if one.forecast else None, own_rate=one.own_rate,
            )
            for one in found.rows
        ]
    )  # fmt: skip


def _made(one: MadeAhead) -> MadeOut:
    return MadeOut(
        made=one.made, judged=one.judged, vintage=one.vintage, models=one.explained, synthetic=one.synthetic,
        months=[
            AheadMonth(month=str(month.month), quantiles=list(month.quantiles), actual=month.actual)
            for month in one.months
        ],
    )  # fmt: skip
