"""Tables that a random place in is a random number of some kind: many times faster than drawing each anew."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Table = TypeVar("Table", NDArray[np.float32], NDArray[np.int16])
PLACES = 65536
QUANTILES, LARGEST_TABLED = 4096, 256
ROOT_STEPS, LARGEST_MEAN, POISSON_QUANTILES = 16, 64, 2048


@cache
def normal_table() -> NDArray[np.float32]:
    """65,536 equally likely standard normals: symmetric, with variance 1 as told; none beyond 4.3."""
    values = np.linspace(0.0, 6.0, 120_001)
    density = np.exp(-(values**2) / 2) / math.sqrt(2 * math.pi)
    steps = (density[1:] + density[:-1]) / 2 * (values[1] - values[0])
    below = 0.5 + np.concatenate([[0.0], np.cumsum(steps)])
    upper = np.interp((np.arange(PLACES // 2) + 0.5) / PLACES + 0.5, below, values)
    upper /= math.sqrt(float((upper**2).mean()))
    return _kept(np.concatenate([-upper[::-1], upper]).astype(np.float32))


@cache
def poisson_table() -> NDArray[np.int16]:
    """Read flat, row n: 2,048 equally likely Poisson counts with the mean (n / 16) squared, from 0 to 64."""
    table = np.zeros((ROOT_STEPS * math.isqrt(LARGEST_MEAN) + 1, POISSON_QUANTILES), dtype=np.int16)
    counts = np.arange(3 * LARGEST_MEAN)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(counts[1:]))])
    for row in range(1, len(table)):
        mean = (row / ROOT_STEPS) ** 2
        below = np.cumsum(np.exp(counts * math.log(mean) - mean - log_factorial))
        table[row] = _quantiles(below, POISSON_QUANTILES)
    return _kept(table.ravel())


@lru_cache(maxsize=32)
def chosen_table(share: float) -> NDArray[np.int16]:
    """Read flat, row n: 4,096 equally likely numbers of n persons, each chosen with the chance `share`."""
    table = np.zeros((LARGEST_TABLED + 1, QUANTILES), dtype=np.int16)
    chances = np.ones(1)
    for many in range(1, LARGEST_TABLED + 1):
        chances = np.append(chances * (1 - share), 0.0) + np.append(0.0, chances * share)
        table[many] = _quantiles(np.cumsum(chances), QUANTILES)
    return _kept(table.ravel())


def _quantiles(below: NDArray[np.float64], many: int) -> NDArray[np.int16]:
    """So many equally likely numbers of a distribution over 0, 1, 2, ...: the quantiles in the middle of each part."""
    ends = np.floor(below * many + 0.5).astype(np.int64)
    ends[-1] = many
    return np.repeat(np.arange(len(ends), dtype=np.int16), np.diff(ends, prepend=0))


def _kept(table: Table) -> Table:
    table.flags.writeable = False
    return table
