"""The default: a random walk of the logarithm whose volatility changes with time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bosett.forecast.models.spread import HEAVY_UP, WIDEST, log_offset, step_variance
from bosett.forecast.quantiles import Array, in_order


@dataclass(frozen=True)
class Volatility:
    """Settings of the volatility, frozen on origins before 2016 (docs/methods/forecast.md).

    Parameters
    ----------
    memory
        Weight of yesterday's variance in today's, per month.
    return_share
        Share of the distance to the long-run variance that is left after a month.
    cap
        A step larger than this many long-run deviations counts as one of this many, so that a
        single surge does not widen every later forecast.
    """

    memory: float = 0.80
    return_share: float = 0.90
    cap: float = 4.0


FROZEN = Volatility()


def log_random_walk(values: Array, horizon: int, settings: Volatility = FROZEN) -> Array:
    """Nine quantiles for each of the next months; the median is the last value.

    It never continues a trend: no drift is estimated.

    Parameters
    ----------
    values
        The series so far, >= 0, at least three months.
    horizon
        Months ahead, >= 1.

    Returns
    -------
    Array
        Shape (horizon, 9).
    """
    offset = log_offset(values)
    logs = np.log(values + offset)
    spread = np.minimum(np.sqrt(_variances(np.diff(logs), horizon, settings)), WIDEST)
    return in_order(np.exp(logs[-1] + spread[:, None] * HEAVY_UP) - offset)


def _variances(steps: Array, horizon: int, settings: Volatility) -> Array:
    """Variance of the sum of the next 1, 2, ... steps."""
    long_run = step_variance(steps)
    kept = np.minimum(np.square(steps), settings.cap**2 * long_run)
    now = long_run
    for square in kept:
        now = settings.memory * now + (1 - settings.memory) * float(square)
    ahead = settings.return_share ** np.arange(horizon)
    summed: Array = np.cumsum(long_run + (now - long_run) * ahead)
    return summed
