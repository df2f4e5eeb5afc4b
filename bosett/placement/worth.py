"""What a unit is worth in a municipality: its persons, its score, or a group's part of its score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Worth:
    """A value for each unit in each municipality, without a wide table of its own.

    Parameters
    ----------
    weight
        By unit.  Without `table` it is the value, the same everywhere.
    table
        Units x municipalities; the value is the weight times the cell.
    special
        Rows of units whose value is neither (a link of two groups): they stand instead.
    added
        By unit, the same everywhere, beside the rest.
    """

    weight: Floats
    table: Floats | None = None
    special: Mapping[int, Floats] = field(default_factory=dict)
    added: Floats | None = None

    def at(self, unit: Ints, place: Ints) -> Floats:
        """The values of single pairs."""
        found = self.weight[unit]
        if self.table is not None:
            found = found * self.table[unit, place]
        for row, values in self.special.items():
            here = unit == row
            found[here] = values[place[here]]
        return found if self.added is None else found + self.added[unit]

    def rows(self, start: int, stop: int, places: int) -> Floats:
        """The values of units `start` to `stop` (not included) in every municipality, to be changed freely."""
        weight = self.weight[start:stop, None]
        found = np.repeat(weight, places, axis=1) if self.table is None else weight * self.table[start:stop]
        for row, values in self.special.items():
            if start <= row < stop:
                found[row - start] = values
        if self.added is not None:
            found += self.added[start:stop, None]
        return np.asarray(found, dtype=np.float64)

    def total(self, places: Ints) -> float:
        """The value of an answer; -1 = unplaced."""
        unit = np.flatnonzero(places >= 0)
        return math.fsum(self.at(unit, places[unit]).tolist())


@dataclass(frozen=True)
class Demand:
    """The worth of the placed units must reach at least this: an earlier level, or a group's floor."""

    name: str
    worth: Worth
    at_least: float
    is_group: bool = False
