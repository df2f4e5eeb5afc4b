"""The months ahead of a stored series: what the newest forecast of ours says, and what it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.forecast.quantiles import LEVELS
from bosett.forecast.series import Entry, MonthlySeries, monthly_series
from bosett.terms.days import Month
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.queries.forecast_ledger import COUNTRIES, LedgerRow, ledger
from bosett_server.queries.forecast_months import (
    MonthlyFigures,
    monthly_figures,
    newest_months,
    series_with_months,
    stored_series,
)

MAKER, MAKER_JUDGED = "Bosett", "Bosett, with a judgement"
HORIZON = 12
PANELS: Mapping[str, str] = {
    "asylum": "asylum",
    "asylum incl relocation": "asylum",
    "ordinary": "asylum",
    "collective": "collective",
    "Ukraine": "collective",
}
"""Which figures of other countries stand beside a series."""


@dataclass(frozen=True)
class MonthAhead:
    """One month of a stored forecast; quantiles in the order of `LEVELS`."""

    month: Month
    quantiles: tuple[float, ...]
    actual: float | None

    def at(self, level: float) -> int:
        """The quantile of a level, in whole persons."""
        return round(self.quantiles[LEVELS.index(level)])


@dataclass(frozen=True)
class MadeAhead:
    """One forecast of ours: the day it was made, from which publication, by which models, with which judgement."""

    made: str
    judged: bool
    vintage: str
    explained: str
    months: tuple[MonthAhead, ...]
    synthetic: bool


@dataclass(frozen=True)
class MonthsAhead:
    """The series as it stands, our forecasts of it newest first, and earlier ones' misses by months ahead.

    Parameters
    ----------
    missed
        Months ahead -> outcome over the middle of the forecast, of every month that is known by now.
    countries
        Codes of other countries whose figures are loaded.
    """

    figures: MonthlyFigures
    made: tuple[MadeAhead, ...]
    missed: Mapping[int, tuple[float, ...]]
    countries: tuple[str, ...]


def months_ahead(actor: Actor, series: str, today: date) -> MonthsAhead:
    """What stands of a series; five queries."""
    require(actor, Permission.SITUATION_VIEW)
    found = ledger(actor, series=series)
    ours = [
        row for row in found.rows if row.forecast.maker in (MAKER, MAKER_JUDGED) and row.forecast.quantiles
    ]
    there = stored_series(actor)
    countries = tuple(code for code in companions(series) if code in there)
    made = tuple(_made(ours))
    return MonthsAhead(monthly_figures(actor, series, today), made, _missed(made), countries)


def companions(series: str) -> tuple[str, ...]:
    """Codes of other countries' figures that can stand beside a series."""
    panel = PANELS.get(series)
    return tuple(f"{panel} {country}" for country in COUNTRIES) if panel else ()


def series_to_forecast(series: str, on: date) -> MonthlySeries:
    """The months as known on a day.  Raises BadInput where they cannot be forecast from."""
    return monthly_series(Entry(month, float(value)) for month, value in newest_months(series, on).items())


def others_beside(series: str, on: date) -> dict[str, dict[Month, float]]:
    """Other countries' months as known on a day, by code; one query each."""
    there = set(series_with_months())
    return {
        code: {month: float(value) for month, value in newest_months(code, on).items()}
        for code in companions(series)
        if code in there
    }


def _made(rows: Sequence[LedgerRow]) -> list[MadeAhead]:
    by_day: dict[tuple[str, str], list[LedgerRow]] = {}
    for row in rows:
        by_day.setdefault((row.forecast.made, row.forecast.maker), []).append(row)
    found = []
    for (made, maker), own in sorted(by_day.items(), reverse=True):
        months = sorted(
            (
                MonthAhead(Month.parse(one.forecast.target), one.forecast.quantiles, one.forecast.actual)
                for one in own
            ),
            key=lambda one: one.month,
        )
        first = own[0].forecast
        found.append(
            MadeAhead(
                made, maker == MAKER_JUDGED, first.vintage, first.source, tuple(months), own[0].synthetic
            )
        )
    return found


def _missed(made: Sequence[MadeAhead]) -> dict[int, tuple[float, ...]]:
    found: dict[int, list[float]] = {}
    for one in made:
        for place, month in enumerate(one.months, start=1):
            middle = month.quantiles[LEVELS.index(0.50)]
            if month.actual is not None and middle > 0:
                found.setdefault(place, []).append(month.actual / middle)
    return {place: tuple(sorted(ratios)) for place, ratios in sorted(found.items())}
