"""The nine quantiles of every forecast, and how a forecast is scored by them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEVELS: tuple[float, ...] = (0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99)
COLUMNS: tuple[str, ...] = ("p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99")
MEDIAN = LEVELS.index(0.50)
PROBABILITIES: Array = np.array(LEVELS)


def _trapezoid_weights() -> Array:
    """Half the distance to each neighbour, scaled to sum to 1: the weights of a mean."""
    gaps = np.diff(PROBABILITIES)
    raw = (np.append(gaps, 0.0) + np.insert(gaps, 0, 0.0)) / 2
    scaled: Array = raw / raw.sum()
    return scaled


WEIGHTS = _trapezoid_weights()


def crps(quantiles: Array, actual: Array) -> Array:
    """Twice the mean pinball loss over the nine quantiles, with trapezoid weights.

    Parameters
    ----------
    quantiles
        Shape (..., 9), in the order of `LEVELS`.
    actual
        Shape (...).

    Returns
    -------
    Array
        Shape (...), in the unit of the series, >= 0; 0 only when all nine quantiles hit.
    """
    miss = actual[..., None] - quantiles
    pinball = np.maximum(PROBABILITIES * miss, (PROBABILITIES - 1) * miss)
    score: Array = 2 * (pinball @ WEIGHTS)
    return score


def covered(quantiles: Array, actual: Array, low: float, high: float) -> NDArray[np.bool_]:
    """Whether the outcome lies between two of the levels, ends included."""
    below, above = quantiles[..., LEVELS.index(low)], quantiles[..., LEVELS.index(high)]
    inside: NDArray[np.bool_] = (below <= actual) & (actual <= above)
    return inside


def in_order(quantiles: Array) -> Array:
    """The quantiles without crossings and never below zero, since persons are counted."""
    sorted_up: Array = np.maximum.accumulate(np.maximum(quantiles, 0.0), axis=-1)
    return sorted_up


def mean_of(quantiles: Array) -> Array:
    """The mean of the distribution that runs straight between the quantiles and ends at P01 and P99.

    The tails outside P01 and P99 get the value of their end, so a heavy upper tail is cut there.
    """
    inner = np.trapezoid(quantiles, PROBABILITIES, axis=-1)
    ends = LEVELS[0] * quantiles[..., 0] + (1 - LEVELS[-1]) * quantiles[..., -1]
    mean: Array = np.asarray(inner + ends)
    return mean
