"""A time in weeks as the chance to end 0, 1, 2, ... weeks after the week it began in."""

from __future__ import annotations

import math
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.dice import Floats
from bosett.scenario.weeks.plan import Delay

STEPS_A_WEEK = 64
TABLE = 65536
STRIP = 52
_TINY = 1e-9


@cache
def kernel(delay: Delay) -> tuple[float, ...]:
    """Chances that sum to 1, for a start that is uniform in its week.

    The whole time is cut into weeks once: its mean is the delay's mean exactly up to the grid, since
    a uniform start plus a time falls on average that time later.  Cutting each stage down separately
    would lose half a week at each (docs/methods/simulation.md).
    """
    if delay.mean_weeks == 0:
        return (1.0,)
    shape = (delay.mean_weeks / delay.sd_weeks) ** 2
    scale = delay.mean_weeks / shape
    weeks = max(2, math.ceil(delay.mean_weeks + 12 * delay.sd_weeks) + 1)
    density = _density(shape, scale, weeks * STEPS_A_WEEK)
    uniform = np.convolve(np.full(STEPS_A_WEEK, 1 / STEPS_A_WEEK), (0.5, 0.5))  # middles of two cells
    ends = np.convolve(density, uniform)[: weeks * STEPS_A_WEEK]
    chances = ends.reshape(weeks, STEPS_A_WEEK).sum(axis=1)
    chances = chances[: int(np.flatnonzero(chances > _TINY)[-1]) + 1]
    return tuple((chances / chances.sum()).tolist())


def _density(shape: float, scale: float, cells: int) -> NDArray[np.float64]:
    """Chance of each fine cell: the middle of the cell stands for it, the first by what is left."""
    ends = np.arange(cells + 1) / STEPS_A_WEEK / scale
    return np.diff(_below(shape, ends))


def _below(shape: float, ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """The gamma distribution function by its power series; 1 - tail where the series would be long."""
    total = np.zeros_like(ends)
    positive = ends > 0
    x = ends[positive]
    log_first = shape * np.log(x) - x - math.lgamma(shape + 1)
    term = np.ones_like(x)
    series = np.ones_like(x)
    for step in range(1, int(x.max() + shape + 12 * math.sqrt(x.max() + shape) + 50)):
        term *= x / (shape + step)
        series += term
    total[positive] = np.exp(log_first + np.log(series))
    return np.minimum(total, 1.0)


@cache
def matrix(delay: Delay, weeks: int) -> Floats:
    """Row = week of the end, column = week of the beginning; shape (weeks, weeks)."""
    chances = np.zeros(weeks)
    told = kernel(delay)[:weeks]
    chances[: len(told)] = told
    apart = np.arange(weeks)[:, None] - np.arange(weeks)[None, :]
    made: Floats = np.where(apart >= 0, chances[np.abs(apart)], 0.0).astype(np.float32)
    made.flags.writeable = False
    return made


def expected_ends(delay: Delay, starts: Floats) -> Floats:
    """`matrix(delay, weeks) @ starts`, reading only the weeks from which somebody can come.

    Parameters
    ----------
    starts
        Who begin, shape (weeks, draws).
    """
    return below_diagonal(matrix(delay, len(starts)), starts, len(kernel(delay)))


def below_diagonal(lower: Floats, columns: Floats, reach: int | None = None) -> Floats:
    """The product of a matrix that is 0 above its diagonal, without most of the zeros.

    Parameters
    ----------
    reach
        Elements this far below the diagonal or farther are 0 too; None = none are.
    """
    weeks = len(lower)
    out = np.empty(columns.shape, dtype=np.float32)
    for first in range(0, weeks, STRIP):
        last = min(first + STRIP, weeks)
        since = 0 if reach is None else max(0, first - reach + 1)
        np.matmul(lower[first:last, since:last], columns[since:last], out=out[first:last])
    return out


@lru_cache(maxsize=64)
def spread_of(delay: Delay, begin: tuple[float, ...]) -> Floats:
    """A root of the covariance of who has ended by each week, when so many begin in each week.

    Persons who begin together end in one of the weeks each: the counts are multinomial, with covariance
    diag(F a) - F diag(a) F' for the chances F and the beginners a.  Times independent standard normals
    it gives sums up to each week; shape (weeks, weeks).
    """
    chances, many = matrix(delay, len(begin)).astype(np.float64), np.array(begin)
    covariance = np.diag(chances @ many) - (chances * many) @ chances.T
    covariance[np.diag_indices_from(covariance)] += 1e-6 * (1 + many.max())
    made: Floats = np.cumsum(np.linalg.cholesky(covariance), axis=0).astype(np.float32)
    made.flags.writeable = False
    return made


@cache
def lookup(delay: Delay) -> NDArray[np.int32]:
    """65,536 delays in weeks: a random place in it is a random delay."""
    ends = np.rint(np.cumsum(kernel(delay)) * TABLE).astype(np.int64)
    table = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=0))
    table.flags.writeable = False
    return table
