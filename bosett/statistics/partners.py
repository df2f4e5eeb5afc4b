"""Which other cells to hide so that a small one is safe: the cheapest pair of tables that are far apart."""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from bosett.statistics.blocks import Floats, quiet_solver, rows_model, solved
from bosett.statistics.relations import Ints, Relations

MOVED = 1e-7
SIDES = 2
"""A pair of tables: one with more in the cell, one with less; each moves every quantity up and down."""


@dataclass(frozen=True)
class Pair:
    """Two tables that agree on all but the hidden quantities."""

    hidden: Ints
    more: Floats
    less: Floats


@dataclass
class Partners:
    """Looks for the cheapest quantities to hide together with one.

    Parameters
    ----------
    counts
        The true count of every quantity.
    can_move
        Quantities that may be hidden, or are, or that nobody publishes.
    price
        What hiding costs, by quantity; set to 0 where it is hidden already.
    """

    relations: Relations
    counts: Floats
    can_move: NDArray[np.bool_]
    price: Floats
    _solver: highspy.Highs = field(init=False, repr=False)
    _places: Ints = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._places = np.flatnonzero(self.can_move)
        self._solver = quiet_solver()
        self._solver.passModel(self._model())

    def find(self, quantity: int, apart: int) -> Pair | None:
        """The cheapest pair in which `quantity` is `apart`; None if no hiding can do it."""
        count, place = len(self._places), int(np.searchsorted(self._places, quantity))
        cost = np.tile(self.price[self._places], 2 * SIDES)
        every = np.arange(len(cost), dtype=np.int32)
        self._solver.clearSolver()
        self._solver.changeColsCost(len(cost), every, cost)
        self._set_apart(place, 1.0)
        row = self._solver.getNumRow() - 1
        self._solver.changeRowBounds(row, float(apart), highspy.kHighsInf)
        status = solved(self._solver)
        moves = np.array(self._solver.getSolution().col_value)
        self._set_apart(place, 0.0)
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        up_more, down_more, up_less, down_less = moves.reshape(2 * SIDES, count)
        moved = (up_more + down_more + up_less + down_less) > MOVED
        more, less = self.counts.copy(), self.counts.copy()
        more[self._places] += up_more - down_more
        less[self._places] += up_less - down_less
        return Pair(self._places[moved & (self.price[self._places] > 0)], more, less)

    def _set_apart(self, place: int, sign: float) -> None:
        row, count = self._solver.getNumRow() - 1, len(self._places)
        for part, direction in enumerate((1.0, -1.0, -1.0, 1.0)):
            self._solver.changeCoeff(row, part * count + place, sign * direction)

    def _model(self) -> highspy.HighsLp:
        count = len(self._places)
        rows = []
        for total, parts in self.relations.sums:
            every = np.array([total, *parts])
            signs = np.ones(len(every))
            signs[0] = -1
            inside = self.can_move[every]
            if inside.any():
                here, sign = np.searchsorted(self._places, every[inside]), signs[inside]
                for side in range(SIDES):
                    both = np.concatenate([here, here + count]) + side * 2 * count
                    rows.append((both, np.concatenate([sign, -sign]), 0.0))
        rows.append((np.zeros(0, dtype=np.int64), np.zeros(0), 0.0))
        least = self.relations.published[self._places].astype(np.float64)
        down = np.maximum(self.counts[self._places] - least, 0.0)
        high = np.tile(np.concatenate([np.full(count, highspy.kHighsInf), down]), SIDES)
        return rows_model(np.zeros(2 * SIDES * count), np.zeros(2 * SIDES * count), high, rows)
