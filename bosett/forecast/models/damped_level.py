"""A smoothed level that slowly returns to the middle of the series, with errors seen in the past."""

from __future__ import annotations

import numpy as np

from bosett.forecast.models.spread import HEAVY_UP, WIDEST, log_offset, step_variance
from bosett.forecast.quantiles import Array, in_order

SMOOTHING = (0.3, 0.5, 0.7, 0.9, 1.0)
RETURNS = (1.0, 0.98, 0.95)
WINDOW = 60


def damped_level(values: Array, horizon: int) -> Array:
    """Nine quantiles a month around a level on the log scale.

    The smoothing and the return are the pair with the smallest absolute error one to three months
    ahead in the series itself; the spread at each horizon is that of the pair's own past errors.
    """
    offset = log_offset(values)
    logs = np.log(values + offset)
    level, back = _chosen(logs)
    errors = _spreads(logs, level, back, horizon)
    middle = _middle(logs)
    path = middle[-1] + (_levels(logs, level)[-1] - middle[-1]) * back ** np.arange(1, horizon + 1)
    return in_order(np.exp(path[:, None] + errors[:, None] * HEAVY_UP) - offset)


def _levels(logs: Array, smoothing: float) -> Array:
    level = np.empty_like(logs)
    level[0] = logs[0]
    for place in range(1, len(logs)):
        level[place] = smoothing * logs[place] + (1 - smoothing) * level[place - 1]
    return level


def _middle(logs: Array) -> Array:
    """The mean of the last months at each point of time, from the past alone."""
    sums = np.concatenate([[0.0], np.cumsum(logs)])
    ends = np.arange(1, len(logs) + 1)
    starts = np.maximum(0, ends - WINDOW)
    means: Array = (sums[ends] - sums[starts]) / (ends - starts)
    return means


def _errors(logs: Array, level: Array, back: float, ahead: int) -> Array:
    middle = _middle(logs)[:-ahead]
    told = middle + (level[:-ahead] - middle) * back**ahead
    misses: Array = logs[ahead:] - told
    return misses


def _chosen(logs: Array) -> tuple[float, float]:
    pairs = [(smoothing, back) for smoothing in SMOOTHING for back in RETURNS]
    levels = {smoothing: _levels(logs, smoothing) for smoothing in SMOOTHING}

    def cost(pair: tuple[float, float]) -> float:
        near = range(1, min(4, len(logs) - 1))
        return sum(float(np.abs(_errors(logs, levels[pair[0]], pair[1], ahead)).mean()) for ahead in near)

    return min(pairs, key=cost)


def _spreads(logs: Array, smoothing: float, back: float, horizon: int) -> Array:
    """Root mean square error at each horizon, growing as the root of time where too few are seen."""
    level = _levels(logs, smoothing)
    found: list[float] = []
    for ahead in range(1, horizon + 1):
        if len(logs) - ahead >= max(6, ahead):
            misses = _errors(logs, level, back, ahead)
            now = float(np.sqrt(np.mean(np.square(misses))))
        else:
            now = (
                found[-1] * np.sqrt(ahead / (ahead - 1))
                if found
                else float(np.sqrt(step_variance(np.diff(logs))))
            )
        found.append(max(now, found[-1]) if found else now)
    narrow: Array = np.minimum(np.array(found), WIDEST)
    return narrow
