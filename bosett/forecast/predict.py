"""The forecast of a monthly series: nine quantiles and the mean of each month ahead."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bosett.forecast.combine import Forecasts
from bosett.forecast.quantiles import LEVELS, Array, mean_of
from bosett.forecast.series import MonthlySeries
from bosett.terms.days import Month
from bosett.terms.errors import BadInput

LONGEST = 60


@dataclass(frozen=True)
class MonthForecast:
    """One month ahead; quantiles in the order of `LEVELS`, never falling, 0 or more."""

    month: Month
    mean: float
    quantiles: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.quantiles) != len(LEVELS) or list(self.quantiles) != sorted(self.quantiles):
            raise ValueError(f"the quantiles of {self.month} are not in order")


@dataclass(frozen=True)
class Shift:
    """An expert's stated judgement on top of the models: a factor from a month on, with its reason.

    Raises
    ------
    BadInput
        If the factor is not above 0, or no reason is given.
    """

    first: Month
    factor: float
    reason: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.factor) and self.factor > 0):
            raise BadInput(f"a shift by {self.factor}", "a factor above 0")
        if not self.reason.strip():
            raise BadInput("a shift without a reason", "a reason in words, kept with the forecast")


@dataclass(frozen=True)
class Forecast:
    """The months ahead, the weight each model had, and the shift that was put on top, if any."""

    months: tuple[MonthForecast, ...]
    weights: Mapping[str, float]
    shift: Shift | None = None


Country = Mapping[Month, float]
"""Another country's figures by month; months may be missing."""


def forecast(
    series: MonthlySeries,
    horizon: int,
    shift: Shift | None = None,
    others: Mapping[str, Country] | None = None,
) -> Forecast:
    """Forecast the months after a series' last, by models combined by their past score.

    No trend is continued.  The same series gives the same numbers.

    Parameters
    ----------
    horizon
        Months, 1 to 60.
    others
        Further countries by name: the model of several countries takes part where the series and at least one of
        them have two years of months.

    Raises
    ------
    BadInput
        If the horizon is outside, or the shift begins after it.
    """
    if not 1 <= horizon <= LONGEST:
        raise BadInput(f"a horizon of {horizon} months", f"1 to {LONGEST} months")
    months = series.months_ahead(horizon)
    if shift is not None and shift.first > months[-1]:
        raise BadInput(f"a shift from {shift.first}", f"a month up to {months[-1]}")
    made = Forecasts(series.array, horizon, alongside(series, others or {}, horizon))
    quantiles = _shifted(made.combined(len(series.values)), months, shift)
    means = mean_of(quantiles)
    return Forecast(
        tuple(
            MonthForecast(month, float(mean), tuple(map(float, row)))
            for month, mean, row in zip(months, means, quantiles, strict=True)
        ),
        made.weights(len(series.values)),
        shift,
    )


def alongside(series: MonthlySeries, others: Mapping[str, Country], horizon: int) -> dict[str, Array]:
    """Each country's figures from the series' first month to its own last one, at most a horizon further; nan = none.

    Raises
    ------
    BadInput
        If a country has no name, or a figure below 0.
    """
    found = {}
    for name, told in others.items():
        if not name or any(not (math.isfinite(value) and value >= 0) for value in told.values()):
            raise BadInput(
                f"the figures of {name or 'a country without a name'}", "a name, and numbers of 0 or more"
            )
        last = min(max(told, default=series.last), series.last.plus(horizon))
        months, month = [], series.first
        while month <= last:
            months.append(told.get(month, math.nan))
            month = month.plus(1)
        found[name] = np.array(months)
    return found


def _shifted(quantiles: Array, months: list[Month], shift: Shift | None) -> Array:
    if shift is None:
        return quantiles
    factors = np.array([shift.factor if month >= shift.first else 1.0 for month in months])
    moved: Array = quantiles * factors[:, None]
    return moved
