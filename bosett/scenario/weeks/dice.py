"""Chance for several blocks of draws side by side, each block from its own seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.chance_tables import (
    LARGEST_MEAN,
    LARGEST_TABLED,
    POISSON_QUANTILES,
    QUANTILES,
    ROOT_STEPS,
    chosen_table,
    normal_table,
    poisson_table,
)

Counts = NDArray[np.int32]
Floats = NDArray[np.float32]
Numbers = TypeVar("Numbers", Counts, Floats)
BLOCK = 250
AT_ONCE = 65_536
"""Persons followed at once: so many stay in the processor's own cache."""


class Dice:
    """Draws for `len(generators)` blocks of 250; what one block gets never depends on the others."""

    def __init__(self, generators: Sequence[np.random.Generator]) -> None:
        self._generators = list(generators)
        self.draws = BLOCK * len(self._generators)

    def normal(self, weeks: int) -> Floats:
        """Standard normals, shape (weeks, draws), each a random place of a table of 65,536."""
        table = normal_table()
        out = np.empty((weeks, self.draws), dtype=np.float32)
        for generator, columns in self._blocks():
            out[:, columns] = table.take(generator.integers(0, len(table), (weeks, BLOCK), dtype=np.uint16))
        return out

    def poisson(self, intensity: Floats) -> Counts:
        """Counts with the given means.

        Up to 64 from a table: of the two tabled means around the one that is asked for, each is taken as
        often as makes the mean exact.  Beyond from numpy's own.
        """
        table = poisson_table()
        out = np.empty(intensity.shape, dtype=np.int32)
        for generator, columns in self._blocks():
            means = intensity[:, columns]
            chance = generator.integers(0, 2**32, means.shape, dtype=np.uint32)
            scaled = np.minimum(means, LARGEST_MEAN - 1) * np.float32(ROOT_STEPS**2)
            row = np.floor(np.sqrt(scaled))
            scaled -= row * row
            row += (chance >> 16).astype(np.float32) * np.float32(2**-16) * (2 * row + 1) < scaled
            out[:, columns] = table[row.astype(np.intp) * POISSON_QUANTILES + chance % POISSON_QUANTILES]
            beyond = means > LARGEST_MEAN - 1
            if beyond.any():
                out[:, columns][beyond] = generator.poisson(means[beyond])
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
        moved = table.astype(np.intp) * BLOCK
        step = BLOCK * max(1, int(AT_ONCE / (BLOCK * max(float(began.mean()), 0.1))))
        cells = np.arange(min(step, weeks * BLOCK))
        for generator, columns in self._blocks():
            persons = began[:, columns].astype(np.intp).ravel()
            told = np.zeros(len(persons) + int(moved[-1]) + BLOCK, dtype=np.int32)
            for first in range(0, len(persons), step):
                now = persons[first : first + step]
                ends = np.repeat(cells[: len(now)], now)
                ends += moved.take(generator.integers(0, len(table), ends.size, dtype=np.uint16))
                counted = np.bincount(ends)
                told[first : first + len(counted)] += counted
            out[:, columns] = told[: len(persons)].reshape(weeks, BLOCK)
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
