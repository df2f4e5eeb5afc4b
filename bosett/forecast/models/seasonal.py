"""A model of what is left when each calendar month's usual deviation is taken away."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bosett.forecast.models.damped_level import damped_level
from bosett.forecast.models.random_walk import log_random_walk
from bosett.forecast.models.spread import log_offset
from bosett.forecast.quantiles import Array, in_order

YEAR = 12
NEEDED_MONTHS = 30
Model = Callable[[Array, int], Array]


def seasonal_random_walk(values: Array, horizon: int) -> Array:
    """The log random walk with a season; below thirty months without one."""
    return _with_season(log_random_walk, values, horizon)


def seasonal_damped_level(values: Array, horizon: int) -> Array:
    """The damped level with a season; below thirty months without one."""
    return _with_season(damped_level, values, horizon)


def _with_season(model: Model, values: Array, horizon: int) -> Array:
    if len(values) < NEEDED_MONTHS:
        return model(values, horizon)
    offset = log_offset(values)
    pattern = season(np.log(values + offset))
    past = pattern[np.arange(len(values)) % YEAR]
    ahead = pattern[np.arange(len(values), len(values) + horizon) % YEAR]
    plain = (values + offset) * np.exp(-past)
    return in_order(model(plain, horizon) * np.exp(ahead)[:, None] - offset)


def season(logs: Array) -> Array:
    """Twelve deviations that sum to 0, the first for the series' first calendar month.

    Each is the median distance from the centred mean of a year, times the share of those distances
    that the pattern explains: without a season the pattern is nearly 0.
    """
    middle = np.convolve(logs, np.ones(YEAR + 1) / YEAR, "valid")
    middle -= (logs[: len(middle)] + logs[YEAR:]) / (2 * YEAR)
    apart = logs[YEAR // 2 : YEAR // 2 + len(middle)] - middle
    month = (np.arange(len(middle)) + YEAR // 2) % YEAR
    found = np.array([np.median(apart[month == one]) for one in range(YEAR)])
    found -= found.mean()
    scaled: Array = found * _explained(apart, apart - found[month])
    return scaled


def _explained(apart: Array, rest: Array) -> float:
    """1 - unexplained / all, by mean absolute distances, corrected for the twelve that were fitted."""
    whole = float(np.mean(np.abs(apart - np.median(apart)))) ** 2
    if whole == 0:
        return 0.0
    fitted = len(apart) / max(1, len(apart) - YEAR)
    return max(0.0, 1 - float(np.mean(np.abs(rest))) ** 2 * fitted / whole)
