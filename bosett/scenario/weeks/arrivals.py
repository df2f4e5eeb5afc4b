"""Arrivals by week and draw: an intensity that wanders, and persons who come by chance."""

from __future__ import annotations

import numpy as np

from bosett.scenario.weeks.dice import Counts, Dice, Floats
from bosett.scenario.weeks.plan import FlowGroup

MANY = 40.0
"""From this many expected a week on the Poisson count is drawn as a rounded normal."""


def arrivals(group: FlowGroup, weeks: int, dice: Dice) -> Counts:
    """Whole persons, shape (weeks, draws).

    The expected number is the group's own in every week; around it the logarithm of the intensity
    follows a first-order autoregression that starts at the known level.
    """
    base = group.expected(weeks).astype(np.float32)
    if group.spread == 0:
        intensity = np.repeat(base[:, None], dice.draws, axis=1)
    else:
        intensity = np.exp(_wandering(group, dice.normal(weeks)))
        intensity *= base[:, None]
    if float(base.mean()) < MANY:
        return dice.poisson(intensity)
    chance = dice.normal(weeks)
    chance *= np.sqrt(intensity)
    chance += intensity
    np.rint(chance, out=chance)
    return np.maximum(chance, 0, out=chance).astype(np.int32)


def _wandering(group: FlowGroup, logs: Floats) -> Floats:
    """The log intensity with half its variance taken off, so that the mean of its exponential is 1."""
    logs *= np.float32(group.spread * np.sqrt(1 - group.persistence**2))
    for week in range(1, len(logs)):
        logs[week] += np.float32(group.persistence) * logs[week - 1]
    known = group.spread**2 * (1 - group.persistence ** (2 * np.arange(1, len(logs) + 1)))
    logs -= (known / 2).astype(np.float32)[:, None]
    return logs
