"""How the forecast would have done before: rolling origins, beside three baselines in the same run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bosett.forecast.combine import BASELINES, FROZEN, Forecasts, Weighting
from bosett.forecast.quantiles import MEDIAN, Array, covered, crps
from bosett.forecast.series import FEWEST_MONTHS, MonthlySeries
from bosett.terms.errors import BadInput

OURS = "bosett"
YEAR = 12
BANDS = {"cover80": (0.10, 0.90), "cover90": (0.05, 0.95), "cover98": (0.01, 0.99)}


@dataclass(frozen=True)
class Score:
    """Means over origins (and horizons); `mase` is None where the scale is not defined.

    Parameters
    ----------
    crps
        In the series' unit, the smaller the better.
    mase
        Absolute error of the median over the in-sample error of the same month a year before.
    cover80, cover90, cover98
        Share of outcomes inside P10-P90, P05-P95, P01-P99.
    """

    crps: float
    mase: float | None
    cover80: float
    cover90: float
    cover98: float


@dataclass(frozen=True)
class ModelScore:
    """A model's score over all, and for each month ahead."""

    overall: Score
    by_horizon: tuple[Score, ...]


@dataclass(frozen=True)
class Backtest:
    """Scores by model; `origins` are the numbers of months that were known."""

    origins: tuple[int, ...]
    horizon: int
    models: Mapping[str, ModelScore]

    def against_best_baseline(self) -> tuple[str, float]:
        """The baseline with the lowest CRPS, and our CRPS over its (below 1 is better)."""
        best = min(BASELINES, key=lambda name: self.models[name].overall.crps)
        theirs = self.models[best].overall.crps
        ours = self.models[OURS].overall.crps
        return best, ours / theirs if theirs else (1.0 if ours == 0 else float("inf"))


def backtest(
    series: MonthlySeries,
    horizon: int,
    origins: int,
    step: Callable[[], None] = lambda: None,
    weighting: Weighting = FROZEN,
    others: Mapping[str, Array] | None = None,
) -> Backtest:
    """Score the last origins that have all their months after them; each model knows only the past.

    Parameters
    ----------
    origins
        How many, >= 1; the window before them grows with each.
    step
        Called after each origin, to show progress.
    others
        Further countries' figures (`predict.alongside`); the baselines never see them.

    Raises
    ------
    BadInput
        If the series is too short for that many origins.
    """
    values = series.array
    chosen = _origins(len(values), horizon, origins)
    made = Forecasts(values, horizon, others)
    told: dict[str, list[Array]] = {name: [] for name in (OURS, *BASELINES)}
    for origin in chosen:
        told[OURS].append(made.combined(origin, weighting))
        for name in BASELINES:
            told[name].append(made.of(name, origin))
        step()
    actual = np.array([values[origin : origin + horizon] for origin in chosen])
    scale = np.array([_seasonal_error(values[:origin]) for origin in chosen])
    models = {name: _scores(np.array(quantiles), actual, scale) for name, quantiles in told.items()}
    return Backtest(tuple(chosen), horizon, models)


def _origins(months: int, horizon: int, origins: int) -> range:
    if horizon < 1 or origins < 1:
        raise BadInput(f"{origins} origins of {horizon} months", "at least 1 of each")
    last = months - horizon
    first = last - origins + 1
    if first < FEWEST_MONTHS:
        most = max(0, last - FEWEST_MONTHS + 1)
        raise BadInput(
            f"{origins} origins with {horizon} months after each in a series of {months} months",
            f"at most {most} origins, so that at least {FEWEST_MONTHS} months come before the first",
        )
    return range(first, last + 1)


def _seasonal_error(known: Array) -> float:
    """Mean absolute difference from the same month a year before; nan when there is none."""
    if len(known) <= YEAR:
        return float("nan")
    error = float(np.mean(np.abs(known[YEAR:] - known[:-YEAR])))
    return error or float("nan")


def _scores(quantiles: Array, actual: Array, scale: Array) -> ModelScore:
    points = crps(quantiles, actual)
    errors = np.abs(actual - quantiles[..., MEDIAN]) / scale[:, None]
    inside = {name: covered(quantiles, actual, *band) for name, band in BANDS.items()}

    def score(part: slice) -> Score:
        known = errors[:, part][np.isfinite(errors[:, part])]
        return Score(
            crps=float(points[:, part].mean()),
            mase=float(known.mean()) if known.size else None,
            cover80=float(inside["cover80"][:, part].mean()),
            cover90=float(inside["cover90"][:, part].mean()),
            cover98=float(inside["cover98"][:, part].mean()),
        )

    horizon = actual.shape[1]
    return ModelScore(score(slice(None)), tuple(score(slice(month, month + 1)) for month in range(horizon)))
