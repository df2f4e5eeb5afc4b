"""The ledger of forecasts and the outlook over the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from ninja import Field, Router, Schema

from bosett.forecast.ledger import Published
from bosett.forecast.quantiles import COLUMNS
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.forecast_ledger import store_forecast, store_outcome
from bosett_server.api.frame import PROBLEMS, Input, endpoint
from bosett_server.queries.forecast_ledger import LedgerRow, ledger, outlook

router = Router()
Persons = Annotated[float, Field(ge=0, le=10_000_000)]
Words = Annotated[str, Field(max_length=80)]


class ForecastIn(Input):
    """A forecast with its vintage; null = not told, which is not 0."""

    made: Annotated[str, Field(max_length=10)]
    target: Annotated[str, Field(max_length=7)]
    series: Annotated[str, Field(max_length=40)]
    maker: Words
    purpose: Literal["budget", "planning", "preparedness"]
    vintage: Words
    source: Annotated[str, Field(max_length=300)]
    low: Persons | None = None
    point: Persons | None = None
    high: Persons | None = None
    quantiles: Annotated[list[Persons], Field(max_length=9)] = []
    internal: bool = False


class OutcomeIn(Input):
    """What became of a series in a year or month, as known from a vintage."""

    series: Annotated[str, Field(max_length=40)]
    target: Annotated[str, Field(max_length=7)]
    value: Annotated[float, Field(ge=-1, le=10_000_000)]
    vintage: Words
    source: Annotated[str, Field(max_length=300)]


class ForecastOut(Schema):
    """One forecast; `id` null = it comes with the version; `actual` null = not known."""

    id: int | None
    made: str
    target: str
    series: str
    maker: str
    purpose: str
    low: float | None
    point: float | None
    high: float | None
    quantiles: list[float]
    actual: float | None
    error_share: float | None
    held: bool | None
    vintage: str
    source: str
    internal: bool
    synthetic: bool


class LedgerOut(Schema):
    """Every forecast in sight, and scores in all, by lead and by maker."""

    items: list[ForecastOut]
    overall: dict[str, Any]
    by_lead: dict[str, dict[str, Any]]
    by_maker: dict[str, dict[str, Any]]


class OutlookYearOut(Schema):
    """One year's quantiles by name."""

    year: int
    quantiles: dict[str, int]


class OutlookOut(Schema):
    """Four years from the need that stands; null = no need is stated."""

    need: int | None
    years: list[OutlookYearOut]


class Stored(Schema):
    """The id of what was stored."""

    id: int


@router.get("/ledger", response={200: LedgerOut, **PROBLEMS})
@endpoint(Permission.SITUATION_VIEW)
def list_forecasts(request: Request, series: str = "", maker: str = "") -> LedgerOut:
    """Every forecast in sight with its outcome, and what the rows teach."""
    found = ledger(request.actor, series=series, maker=maker)
    return LedgerOut(
        items=[_out(row) for row in found.rows],
        overall=asdict(found.scores.overall),
        by_lead={lead.value: asdict(one) for lead, one in found.scores.by_lead.items()},
        by_maker={maker: asdict(one) for maker, one in found.scores.by_maker.items()},
    )


@router.post("/ledger", response={200: Stored, **PROBLEMS})
@endpoint(Permission.FORECAST_ADD)
def post_forecast(request: Request, body: ForecastIn) -> Stored:
    """Store a forecast; it is never changed."""
    told = dict(body)
    internal, quantiles = told.pop("internal"), tuple(told.pop("quantiles"))
    try:
        forecast = Published(**told, quantiles=quantiles)
    except BadInput as bad:
        raise Refused("forecast_not_possible", {"found": bad.found, "allowed": bad.allowed}) from None
    return Stored(id=store_forecast(request.actor, forecast=forecast, internal=internal))


@router.post("/outcomes", response={200: Stored, **PROBLEMS})
@endpoint(Permission.FORECAST_ADD)
def post_outcome(request: Request, body: OutcomeIn) -> Stored:
    """Store what became of a series; a revision stands beside what it revises."""
    return Stored(id=store_outcome(request.actor, **dict(body)))


@router.get("/outlook", response={200: OutlookOut, **PROBLEMS})
@endpoint(Permission.SITUATION_VIEW)
def get_outlook(request: Request) -> OutlookOut:
    """The need of four years, as wide as the years behind have been."""
    found = outlook(request.actor, clock.today())
    years = [
        OutlookYearOut(year=one.year, quantiles=dict(zip(COLUMNS, one.quantiles, strict=True)))
        for one in found.years
    ]
    return OutlookOut(need=found.need.value, years=years)


def _out(row: LedgerRow) -> ForecastOut:
    one = row.forecast
    return ForecastOut(
        id=row.id, made=one.made, target=one.target, series=one.series, maker=one.maker, purpose=one.purpose,
        low=one.low, point=one.point, high=one.high, quantiles=list(one.quantiles), actual=one.actual,
        error_share=one.error_share, held=one.held, vintage=one.vintage, source=one.source,
        internal=row.internal, synthetic=row.synthetic,
    )  # fmt: skip
