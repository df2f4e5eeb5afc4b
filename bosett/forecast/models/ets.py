"""Exponential smoothing with the model chosen automatically, from the library statsforecast."""

from __future__ import annotations

import numpy as np

from bosett.forecast.quantiles import LEVELS, MEDIAN, Array, in_order

YEAR = 12
BANDS = ("98", "90", "80", "50")


def auto_ets(values: Array, horizon: int) -> Array:
    """Nine quantiles a month from AutoETS with a season of twelve months.

    The library is imported here and not with the package: it takes seconds and only forecasts need it.
    A series shorter than two years is fitted without a season.
    """
    from statsforecast.models import AutoETS

    season = YEAR if len(values) > 2 * YEAR else 1
    with np.errstate(all="ignore"):  # models that do not fit the series are tried and set aside
        fitted = AutoETS(season_length=season).fit(values)
        told = fitted.predict(h=horizon, level=[int(band) for band in BANDS])
    below = [told[f"lo-{band}"] for band in BANDS]
    above = [told[f"hi-{band}"] for band in reversed(BANDS)]
    quantiles = np.column_stack([*below, told["mean"], *above])
    if quantiles.shape != (horizon, len(LEVELS)) or not np.isfinite(quantiles[:, MEDIAN]).all():
        raise ValueError("AutoETS gave no forecast")
    return in_order(quantiles)
