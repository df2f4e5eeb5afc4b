"""Quantiles of a step: Student's t with a heavier tail upwards, scaled to a standard deviation of 1."""

from __future__ import annotations

import numpy as np

from bosett.forecast.quantiles import MEDIAN, Array

# Quantiles of Student's t at LEVELS, divided by sqrt(nu / (nu - 2)) so that the variance is 1:
# from the tables of the distribution (checked against numerical integration in the tests).
T4 = np.array([-2.6495, -1.5074, -1.0841, -0.5238, 0.0, 0.5238, 1.0841, 1.5074, 2.6495])
T8 = np.array([-2.5084, -1.6104, -1.2097, -0.6117, 0.0, 0.6117, 1.2097, 1.6104, 2.5084])
NORMAL = np.array([-2.3263, -1.6449, -1.2816, -0.6745, 0.0, 0.6745, 1.2816, 1.6449, 2.3263])

HEAVY_UP = np.concatenate([T8[:MEDIAN], T4[MEDIAN:]])
"""Nu = 8 downwards and nu = 4 upwards: surges are larger than collapses on a log scale."""


def log_offset(values: Array) -> float:
    """What is added before the logarithm so that a month of zero has one: 1, or less for small units."""
    return min(1.0, 0.1 * float(values.mean())) or 1.0


WIDEST = 1.5
"""The largest standard deviation of a logarithm that is told: P99 is then some fifty times the median.

An assumption: the largest rise within a year that is known here is of that size (Norway, 2022).
"""
PRIOR_STEP, PRIOR_MONTHS = 0.15, 6
"""So many months with steps of this size are added to a series' own, so that eight months of noise
do not become a surge without end.  An assumption; it hardly matters from three years on."""


SHORT_STEPS, MOST_TIMES = 24, 3.0
"""With fewer steps one counts as at most so many times the size of the others: the first weeks of something new
(from nobody to thousands) say little of the months after.  An assumption; longer series are not touched by it."""


def step_variance(steps: Array) -> float:
    """Mean square of a series' monthly steps on the log scale, with the prior months added."""
    squares, prior = np.square(steps), PRIOR_MONTHS * PRIOR_STEP**2
    if len(steps) < SHORT_STEPS:
        others = (squares.sum() - squares + prior) / (len(steps) - 1 + PRIOR_MONTHS)
        squares = np.minimum(squares, MOST_TIMES**2 * others)
    return (float(squares.sum()) + prior) / (len(steps) + PRIOR_MONTHS)
