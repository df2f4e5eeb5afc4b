"""A forecast of the months ahead: asked for by a person, made in the background, kept in the ledger and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from procrastinate.contrib.django import app

from bosett import __version__
from bosett.forecast.predict import Forecast, Shift, forecast
from bosett.terms.days import Month
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.forecast_months_ahead import (
    HORIZON,
    MAKER,
    MAKER_JUDGED,
    others_beside,
    series_to_forecast,
)
from bosett_server.records.models import LedgerForecast, MonthlyFigure, Notice

LONGEST_SOURCE = 300


@dataclass(frozen=True)
class Asked:
    """What a person asked for; `factor` None = no judgement on top."""

    series: str
    first: str = ""
    factor: float | None = None
    reason: str = ""

    @property
    def maker(self) -> str:
        """Under whose name it stands in the ledger."""
        return MAKER if self.factor is None else MAKER_JUDGED

    @property
    def shift(self) -> Shift | None:
        """The judgement.  Raises BadInput."""
        if self.factor is None:
            return None
        try:
            first = Month.parse(self.first)
        except ValueError:
            raise BadInput(self.first or "no month", "a month, YYYY-MM") from None
        return Shift(first, self.factor, self.reason)


@action(Permission.FORECAST_ADD)
def ask_for_months_ahead(actor: Actor, *, asked: Asked) -> Done[int]:
    """Twelve months will be forecast from the months as they stand; who asked is told when it is done.

    Raises Refused: `months_not_forecastable`, `forecast_shift_wrong`, `months_ahead_made_today`.
    """
    today = clock.today()
    try:
        series = series_to_forecast(asked.series, today)
    except BadInput as bad:
        raise Refused("months_not_forecastable", {"found": bad.found, "allowed": bad.allowed}) from None
    try:
        shift = asked.shift
        if shift is not None and shift.first > series.months_ahead(HORIZON)[-1]:
            raise BadInput(str(shift.first), f"a month up to {series.months_ahead(HORIZON)[-1]}")
    except BadInput as bad:
        raise Refused("forecast_shift_wrong", {"found": bad.found, "allowed": bad.allowed}) from None
    if LedgerForecast.objects.filter(series=asked.series, made=today.isoformat(), maker=asked.maker).exists():
        raise Refused("months_ahead_made_today")
    lock = f"months-ahead-{asked.series}-{asked.maker}"
    app.configure_task("forecast.make_months_ahead", queueing_lock=lock).defer(
        series=asked.series, first=asked.first, factor=asked.factor, reason=asked.reason, user=actor.user_id,
    )  # fmt: skip
    facts = {"series": asked.series, "judged": asked.factor is not None}
    return Done(len(series.values), about=("months_ahead", asked.series), facts=facts)


def made_ahead(actor: Actor, asked: Asked) -> Forecast:
    """The forecast, worked out outside any transaction.  Raises BadInput when the months have changed meanwhile."""
    today = clock.today()
    with acting(actor):
        series = series_to_forecast(asked.series, today)
        others = others_beside(asked.series, today)
    return forecast(series, HORIZON, asked.shift, others)


@action(Permission.DEADLINES_RUN)
def store_months_ahead(
    actor: Actor, *, asked: Asked, told: Forecast, user: int | None, on: date | None = None
) -> Done[int]:
    """Each month stands in the ledger with its nine quantiles, internal, and is scored when it is known.

    `on` is the day it was made, today when left out.
    """
    today = on or clock.today()
    newest = (
        MonthlyFigure.objects.filter(series=asked.series, published__lte=today).order_by("-published").first()
    )
    if newest is None:
        raise Refused("months_missing")
    source = explained(told.weights, asked)
    LedgerForecast.objects.bulk_create(
        LedgerForecast(
            made=today.isoformat(), target=str(one.month), series=asked.series, maker=asked.maker,
            purpose="planning", point=one.quantiles[4], quantiles=list(one.quantiles),
            vintage=f"{newest.published}", source=source, internal=True, synthetic=newest.synthetic,
            recorded_at=clock.now(), recorded_by_id=user,
        )
        for one in told.months
    )  # fmt: skip
    facts = {"series": asked.series, "months": len(told.months)}
    return Done(
        len(told.months), about=("months_ahead", asked.series), facts=facts,
        notices=_told("months_ahead_made", asked, user),
    )  # fmt: skip


@action(Permission.DEADLINES_RUN)
def tell_not_made(actor: Actor, *, asked: Asked, user: int | None) -> Done[int]:
    """Who asked is told that it could not be made, since the months have changed meanwhile."""
    return Done(0, about=("months_ahead", asked.series), notices=_told("months_ahead_not_made", asked, user))


def explained(weights: Mapping[str, float], asked: Asked) -> str:
    """Version, the models by weight, and the judgement: what stands as the forecast's source."""
    models = ", ".join(
        f"{name} {weight:.0%}" for name, weight in sorted(weights.items(), key=lambda one: -one[1])
    )
    judged = "" if asked.factor is None else f"; x {asked.factor:g} from {asked.first}: {asked.reason}"
    return f"Bosett {__version__}: {models}{judged}"[:LONGEST_SOURCE]


def _told(code: str, asked: Asked, user: int | None) -> list[Notice]:
    if user is None:
        return []
    url = f"/need/months/ahead/?series={asked.series}"
    return [Notice(code=code, to_role="", to_user_id=user, facts={"months": HORIZON}, url=url)]
