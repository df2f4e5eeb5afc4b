"""What every forecast is compared with: last year's month, and the last value."""

from __future__ import annotations

import numpy as np

from bosett.forecast.models.spread import NORMAL
from bosett.forecast.quantiles import Array, in_order

YEAR = 12


def seasonal_naive(values: Array, horizon: int) -> Array:
    """The same month a year before, with normal errors of the size seen in the series.

    The variance grows with each whole year ahead.  With less than thirteen months it is the last value.
    """
    if len(values) <= YEAR:
        return random_walk(values, horizon)
    steps = np.arange(1, horizon + 1)
    middle = values[len(values) - YEAR + (steps - 1) % YEAR]
    spread = _size(values[YEAR:] - values[:-YEAR]) * np.sqrt((steps - 1) // YEAR + 1)
    return in_order(middle[:, None] + spread[:, None] * NORMAL)


def random_walk(values: Array, horizon: int) -> Array:
    """The last value, with normal errors whose variance grows by the month."""
    spread = _size(np.diff(values)) * np.sqrt(np.arange(1, horizon + 1))
    return in_order(values[-1] + spread[:, None] * NORMAL)


def _size(errors: Array) -> float:
    """Root mean square of the errors around no drift."""
    return float(np.sqrt(np.mean(np.square(errors))))
