"""Chance for several blocks of draws side by side, each block from its own seed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int32]
Floats = NDArray[np.float32]
Numbers = TypeVar("Numbers", Counts, Floats)
BLOCK = 250
QUANTILES, LARGEST_TABLED = 4096, 256


@lru_cache(maxsize=32)
def chosen_table(share: float) -> NDArray[np.int16]:
    """Row n, read flat: 4,096 equally likely numbers of n persons, each chosen with the chance `share`."""
    levels = (np.arange(QUANTILES) + 0.5) / QUANTILES
    table = np.zeros((LARGEST_TABLED + 1, QUANTILES), dtype=np.int16)
    chances = np.ones(1)
    for many in range(1, LARGEST_TABLED + 1):
        chances = np.append(chances * (1 - share), 0.0) + np.append(0.0, chances * share)
        table[many] = np.searchsorted(np.cumsum(chances), levels)
    flat = np.minimum(table, np.arange(LARGEST_TABLED + 1, dtype=np.int16)[:, None]).ravel()
    flat.flags.writeable = False
    return flat


class Dice:
    """Draws for `len(generators)` blocks of 250; what one block gets never depends on the others."""

    def __init__(self, generators: Sequence[np.random.Generator]) -> None:
        self._generators = list(generators)
        self.draws = BLOCK * len(self._generators)

    def normal(self, weeks: int) -> Floats:
        """Standard normals, shape (weeks, draws)."""
        out = np.empty((weeks, self.draws), dtype=np.float32)
        for generator, columns in self._blocks():
            out[:, columns] = generator.standard_normal((weeks, BLOCK), dtype=np.float32)
        return out

    def poisson(self, intensity: Floats) -> Counts:
        """Counts with the given means."""
        out = np.empty(intensity.shape, dtype=np.int32)
        for generator, columns in self._blocks():
            out[:, columns] = generator.poisson(intensity[:, columns])
        return out

    def binomial(self, counts: Counts, share: float) -> Counts:
        """How many of the counted, each with the same chance.

        Up to 256 counted from a table of 4,096 quantiles, which is many times faster than drawing
        each anew; beyond from numpy's own.
        """
        table = chosen_table(share)
        out = np.empty(counts.shape, dtype=np.int32)
        for generator, columns in self._blocks():
            many = counts[:, columns]
            place = generator.integers(0, QUANTILES, many.shape, dtype=np.uint16)
            few = np.minimum(many, LARGEST_TABLED)
            out[:, columns] = table[few.astype(np.intp) * QUANTILES + place]
            if int(many.max()) > LARGEST_TABLED:
                beyond = many > LARGEST_TABLED
                out[:, columns][beyond] = generator.binomial(many[beyond], share)
        return out

    def delayed(self, began: Counts, table: Counts) -> Counts:
        """Each person moves so many weeks on as a random place of the table (65,536 long) says."""
        weeks = len(began)
        out = np.empty(began.shape, dtype=np.int32)
        for generator, columns in self._blocks():
            cells = np.repeat(np.arange(weeks * BLOCK, dtype=np.int32), began[:, columns].ravel())
            cells += table[generator.integers(0, len(table), cells.size, dtype=np.uint16)] * np.int32(BLOCK)
            counted = np.bincount(cells, minlength=weeks * BLOCK)[: weeks * BLOCK]
            out[:, columns] = counted.reshape(weeks, BLOCK)
        return out

    def _blocks(self) -> list[tuple[np.random.Generator, slice]]:
        return [
            (generator, slice(place * BLOCK, (place + 1) * BLOCK))
            for place, generator in enumerate(self._generators)
        ]


def running_sum(flow: Numbers) -> Numbers:
    """Sums up to each week.  Row by row, which is several times faster here than a sum along the weeks."""
    sums = flow.copy()
    for week in range(1, len(sums)):
        np.add(sums[week - 1], sums[week], out=sums[week])
    return sums


def differences(sums: Counts) -> Counts:
    """What is added in each week."""
    flow = sums.copy()
    np.subtract(sums[1:], sums[:-1], out=flow[1:])
    return flow


def small(counts: NDArray[np.integer[Any]]) -> NDArray[np.unsignedinteger]:
    """The same numbers in as few bytes as hold them, to send, keep and sort."""
    fits = counts.size == 0 or int(counts.max()) < 65536
    return counts.astype(np.uint16 if fits else np.uint32, copy=False)
