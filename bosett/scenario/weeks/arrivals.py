"""Arrivals by week and draw: an intensity that wanders, and persons who come by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.plan import FlowGroup, by_year
from bosett.scenario.weeks.thinning import Counts

MANY = 40.0
"""From this many expected a week on the Poisson count is drawn as a rounded normal."""


def arrivals(group: FlowGroup, weeks: int, draws: int, rng: np.random.Generator) -> Counts:
    """Whole persons, shape (weeks, draws).

    The expected number is the group's own in every week; around it the logarithm of the intensity
    follows a first-order autoregression that starts at the known level.
    """
    base = np.array([by_year(group.arrivals_per_week, week) for week in range(weeks)], dtype=np.float32)
    if group.spread == 0:
        return _persons(np.broadcast_to(base[:, None], (weeks, draws)), rng)
    intensity = base[:, None] * np.exp(_wandering(group, weeks, draws, rng))
    return _persons(intensity, rng)


def _wandering(group: FlowGroup, weeks: int, draws: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """The log intensity with half its variance taken off, so that the mean of its exponential is 1."""
    step = group.spread * np.sqrt(1 - group.persistence**2)
    logs = rng.standard_normal((weeks, draws), dtype=np.float32)
    logs *= np.float32(step)
    for week in range(1, weeks):
        logs[week] += np.float32(group.persistence) * logs[week - 1]
    known = group.spread**2 * (1 - group.persistence ** (2 * np.arange(1, weeks + 1)))
    centred: NDArray[np.float32] = logs - (known / 2).astype(np.float32)[:, None]
    return centred


def _persons(intensity: NDArray[np.float32], rng: np.random.Generator) -> Counts:
    if intensity.size and float(intensity.mean()) >= MANY:
        chance = rng.standard_normal(intensity.shape, dtype=np.float32)
        return np.maximum(np.rint(intensity + np.sqrt(intensity) * chance), 0).astype(np.int32)
    return rng.poisson(intensity).astype(np.int32)
