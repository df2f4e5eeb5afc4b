"""The demo's forecasting: monthly figures in three publications, and a comparison from the workbench; all made up."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from bosett.forecast.models.random_walk import log_random_walk
from bosett.forecast.predict import Forecast, MonthForecast
from bosett.forecast.quantiles import mean_of
from bosett.forecast.vintages import Vintage
from bosett.scenario.workbench import Dials, try_out
from bosett.terms.days import Month
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.actions.forecast_months_ahead import Asked, store_months_ahead
from bosett_server.actions.reception_alerts import check_reception
from bosett_server.actions.scenario import save_scenario, share_scenario
from bosett_server.queries.forecast_months_ahead import HORIZON, series_to_forecast
from bosett_server.queries.scenario import chain_start
from bosett_server.records.models import MonthlyFigure, User

LEAD = "leder"
MADE_UP = "Syntetiske månedstall, laget for demonstrasjonen"
FIRST_TOLD = (214, 187, 203, 176, 198, 231, 164, 243, 262, 251, 219, 205, 226, 190)
"""From January of the year before; each month stands so in the publication of the month after it."""
TAKEN_OFF = (9, 4, 1)
"""What each of the next publications takes off a month, the first next one most: doubles are found late."""
PUBLICATIONS = 4
SERIES = "ordinary"
COUNTRY_MONTHS, SEED = 30, 2026
EARLIER_DAYS = 75
JUDGEMENT = "Syntetisk vurdering: grensekontrollen mykes opp"
NAME = "Fem uker tidligere anmodning og 300 plasser på beredskap (syntetisk)"


def load_demo_scenario() -> None:
    """Months with their revisions, and one shared comparison; everybody who plans sees both."""
    with acting(SYSTEM):
        lead = Actor(Role.IMDI_LEAD, user_id=User.objects.get(username=LEAD).pk, name="Demo")
        _months(clock.today(), User.objects.get(username=LEAD))
    with acting(lead):
        dials = Dials(buffer=0.10, standby=300, earlier_weeks=5)
        tried = try_out(chain_start(lead, clock.today()), dials)
    share_scenario(lead, number=save_scenario(lead, name=NAME, dials=dials, tried=tried))
    _months_ahead(clock.today(), lead.person)
    check_reception(SYSTEM)


def _months_ahead(today: date, user: int) -> None:
    """Forecasts of the months ahead: one made a quarter ago, so that it has misses, and one of today."""
    for day, asked in (
        (today - timedelta(days=EARLIER_DAYS), Asked(SERIES)),
        (today, Asked(SERIES)),
        (today, Asked(SERIES, str(Month.of(today).plus(2)), 1.3, JUDGEMENT)),
    ):
        store_months_ahead(SYSTEM, asked=asked, told=_made(day, asked), user=user, on=day)


def _made(day: date, asked: Asked) -> Forecast:
    """By the random walk alone, which takes no time: the demo is to start at once."""
    with acting(SYSTEM):
        series = series_to_forecast(asked.series, day)
    told, shift = log_random_walk(series.array, HORIZON), asked.shift
    months = []
    for month, row in zip(series.months_ahead(HORIZON), told, strict=True):
        moved = row * (shift.factor if shift is not None and month >= shift.first else 1.0)
        months.append(MonthForecast(month, float(mean_of(moved)), tuple(map(float, moved))))
    return Forecast(tuple(months), {"log_random_walk": 1.0}, shift)


def _months(today: date, by: User) -> None:
    """Three publications on the fifth of the last months, each with every month before it."""
    newest, first = Month.of(today), Month(today.year - 1, 1)
    _neighbours(today, by)
    for back in range(PUBLICATIONS):
        published = newest.plus(-back)
        told = [_figure(first.plus(place), place, published) for place in range(len(FIRST_TOLD) - back)]
        MonthlyFigure.objects.bulk_create(
            MonthlyFigure(
                series=SERIES, month=str(one.month), published=one.published, value=one.value, source=MADE_UP,
                synthetic=True, recorded_at=clock.now(), recorded_by=by,
            )
            for one in told
        )  # fmt: skip


def _neighbours(today: date, by: User) -> None:
    """Two made-up countries that rise and fall with the months here, a month longer known."""
    rng = np.random.default_rng(SEED)
    first = Month.of(today).plus(-COUNTRY_MONTHS)
    shock = np.cumsum(rng.normal(0, 0.12, COUNTRY_MONTHS))
    for code, level in (("asylum SE", 900), ("asylum DK", 250)):
        told = np.rint(level * np.exp(shock + rng.normal(0, 0.05, COUNTRY_MONTHS))).astype(int)
        MonthlyFigure.objects.bulk_create(
            MonthlyFigure(
                series=code, month=str(first.plus(place)), published=date(today.year, today.month, 5),
                value=int(value), source=MADE_UP, synthetic=True, recorded_at=clock.now(), recorded_by=by,
            )
            for place, value in enumerate(told)
        )  # fmt: skip


def _figure(month: Month, place: int, published: Month) -> Vintage:
    """A month as published on a fifth; each publication after its first has taken off what was counted twice."""
    passed = (published.year - month.year) * 12 + published.number - month.number
    value = FIRST_TOLD[place] - sum(TAKEN_OFF[: passed - 1])
    return Vintage(month, date(published.year, published.number, 5), value)
