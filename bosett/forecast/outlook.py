"""Several years ahead, from a year's need: as wide as the years behind have been."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bosett.forecast.models.spread import HEAVY_UP
from bosett.forecast.quantiles import LEVELS
from bosett.terms.errors import BadInput

FEWEST_STEPS = 4


@dataclass(frozen=True)
class OutlookYear:
    """One year's quantiles in the order of `LEVELS`; whole persons, never falling."""

    year: int
    quantiles: tuple[int, ...]

    def at(self, level: float) -> int:
        """The quantile of a level."""
        return self.quantiles[LEVELS.index(level)]


def need_outlook(past: Mapping[int, int], year: int, point: int, years: int = 4) -> tuple[OutlookYear, ...]:
    """The need of `year`, known as a point so far, and of the years after it.

    A random walk of the logarithm from year to year, without drift: the middle stays at the point.  The
    first year is half a step wide, since it has begun and its need is partly known: an assumption.

    Parameters
    ----------
    past
        Year -> persons needed or settled, > 0; years may be missing, a step over a gap counts as several.
    point
        The need as it stands, > 0.
    years
        1 to 10.

    Raises
    ------
    BadInput
        If there are fewer than four steps, or a number is not above 0.
    """
    steps = _yearly_squares(past)
    if point <= 0 or not 1 <= years <= 10:
        raise BadInput(f"a need of {point} over {years} years", "above 0, 1 to 10 years")
    size = math.sqrt(sum(steps) / len(steps))
    found = []
    for ahead in range(years):
        spread = size * math.sqrt(ahead + 0.5)
        told = np.rint(point * np.exp(spread * HEAVY_UP)).astype(int)
        found.append(OutlookYear(year + ahead, tuple(told.tolist())))
    return tuple(found)


def _yearly_squares(past: Mapping[int, int]) -> list[float]:
    """Squared log changes, over a gap divided by its years."""
    if any(persons <= 0 for persons in past.values()):
        raise BadInput("a year with 0 or fewer", "persons above 0 in every year")
    ordered = sorted(past.items())
    steps = [
        math.log(later / earlier) ** 2 / (year - before)
        for (before, earlier), (year, later) in pairwise(ordered)
    ]
    if len(steps) < FEWEST_STEPS:
        raise BadInput(f"{len(past)} years", f"at least {FEWEST_STEPS + 1}")
    return steps
