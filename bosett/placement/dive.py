"""A whole answer from the linear programme: the largest units first, the rest moving out of their way.

The programme over each unit's best pairs is solved once; then units are fixed, the largest first, where most
of them lies, pairs that no longer have room are closed, new ones are opened for whoever needs them, and the
programme is solved again from where it stood.  Units that take one place of one kind come out whole by
themselves and stay free to the end, so that they fill what the larger ones leave.
"""

from __future__ import annotations

import highspy
import numpy as np

from bosett.placement.certificate import Prices
from bosett.placement.duals import Priced
from bosett.placement.program import Pairs, pair_columns, pair_rows, pairs_solver
from bosett.placement.units import FREE, Bools, Floats, Ints, Units
from bosett.placement.worth import Worth

ROUNDS = 60
LARGEST = 0.35
"""Share of the units not fixed yet, the largest, that are looked at in a round."""
FIXED = 0.7
"""Share of those lying in several places that are fixed in a round."""
FEW = 150
OPENED = 8
CERTAIN = 1 - 1e-6
SIZE = 0.05
"""A larger unit goes before a smaller that lies in one place by so much more, a place."""


def dive(units: Units, worth: Worth, priced: Priced) -> Ints:
    """Places of the units; every rule kept, some units perhaps unplaced.

    Parameters
    ----------
    worth
        With the worth of being placed at all in it.
    priced
        Prices near the best, and the pairs to begin with.
    """
    course = _Course(units, worth, Pairs(priced.unit, priced.place), priced.prices)
    for turn in range(ROUNDS):
        share = course.shares(more=turn > 0)
        if share is None or not course.fix_some(share):
            break
    return course.places()


class _Course:
    """The programme on its way: what is fixed, what is left, which pairs are open."""

    def __init__(self, units: Units, worth: Worth, pairs: Pairs, prices: Prices) -> None:
        self._units, self._worth, self._pairs = units, worth, pairs
        self._rows = pair_rows(units)
        self._size = units.use.sum(axis=1)
        self._fixed = np.where(units.lock >= 0, units.lock, -1).astype(np.int64)
        self._left = units.capacity - units.used(self._fixed)
        self._easy = (self._size == 1) & (units.lock == FREE)
        self._open: Bools = np.ones(pairs.count, dtype=np.bool_)
        self._dual = prices.capacity
        self._solver = pairs_solver(units, pairs, worth)
        self._solver.setOptionValue("solver", "ipm")
        self._solved = self._run()
        self._solver.setOptionValue("solver", "simplex")

    def _run(self) -> bool:
        self._solver.run()
        done = bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)
        if done:
            dual = np.abs(np.array(self._solver.getSolution().row_dual))[self._units.count :]
            self._dual = np.zeros_like(self._units.capacity)
            self._dual[self._rows[:, 0], self._rows[:, 1]] = dual
        return done

    def shares(self, *, more: bool) -> Floats | None:
        """How much of each unit lies in each pair; None when the solver did not finish."""
        if not self._solved:
            return None
        share = np.array(self._solver.getSolution().col_value)
        if more and self._open_more(share):
            self._solved = self._run()
            share = np.array(self._solver.getSolution().col_value)
        return share

    def _waiting(self) -> Bools:
        waits = (self._fixed < 0) & ~self._easy & (self._units.lock == FREE)
        return np.asarray(waits, dtype=np.bool_)

    def _open_more(self, share: Floats) -> bool:
        """New pairs with room for units that are not whole in one place."""
        whole = np.zeros(self._units.count)
        np.maximum.at(whole, self._pairs.unit, share)
        unit = np.flatnonzero(self._waiting() & (whole < CERTAIN) & self._units.placeable)
        if not len(unit):
            return False
        units, every = self._units, np.arange(self._units.places)
        net = self._worth.at(np.repeat(unit, units.places), np.tile(every, len(unit)))
        net = net.reshape(len(unit), units.places) - units.use[unit] @ self._dual.T
        room = units.fitting[unit] & (units.use[unit][:, None, :] <= self._left[None]).all(axis=2)
        here = np.isin(self._pairs.unit, unit)
        row = np.searchsorted(unit, self._pairs.unit[here])
        room[row, self._pairs.place[here]] = False
        net[~room] = -np.inf
        keep = min(OPENED, units.places)
        top = np.argpartition(-net, keep - 1, axis=1)[:, :keep]
        good = np.isfinite(np.take_along_axis(net, top, axis=1))
        new = Pairs(np.repeat(unit, keep)[good.ravel()], top[good])
        if not new.count:
            return False
        columns = pair_columns(units, new, self._worth)
        self._solver.addCols(new.count, *columns)
        self._pairs = Pairs(
            np.concatenate([self._pairs.unit, new.unit]), np.concatenate([self._pairs.place, new.place])
        )
        self._open = np.concatenate([self._open, np.ones(new.count, dtype=np.bool_)])
        return True

    def fix_some(self, share: Floats) -> bool:
        """Fix the largest units that wait; False when none could be."""
        waiting = self._waiting()
        count = int(waiting.sum())
        if not count:
            return False
        least = float(np.quantile(self._size[waiting], 1 - LARGEST)) if count > FEW else 0.0
        looked = waiting & (self._size >= least)
        pair = np.flatnonzero(looked[self._pairs.unit] & (share > 1 - CERTAIN) & self._open)
        held, size = share[pair], self._size[self._pairs.unit[pair]]
        order = held + SIZE * size * (held > 0.3) + 1e3 * (held > CERTAIN)
        several = len(np.unique(self._pairs.unit[pair[held <= CERTAIN]]))
        wanted = int((held > CERTAIN).sum()) + max(8, int(FIXED * several))
        fixed = []
        for one in pair[np.argsort(-order, kind="stable")].tolist():
            unit, place = int(self._pairs.unit[one]), int(self._pairs.place[one])
            if self._fixed[unit] < 0 and (self._units.use[unit] <= self._left[place]).all():
                self._fixed[unit] = place
                self._left[place] -= self._units.use[unit]
                fixed.append(unit)
            if len(fixed) == wanted:
                break
        self._close(np.array(fixed, dtype=np.int64))
        return bool(fixed)

    def _close(self, fixed: Ints) -> None:
        """Fixed units lie where they are; pairs without room are closed; then solve again."""
        unit, place = self._pairs.unit, self._pairs.place
        mine = np.isin(unit, fixed)
        on = mine & (self._fixed[unit] == place)
        full = (self._units.use[unit] > self._left[place]).any(axis=1)
        shut = (mine & ~on) | (self._waiting()[unit] & full & self._open)
        self._open &= ~(shut | on)
        changed = np.flatnonzero(on | shut).astype(np.int32)
        low, high = on[changed].astype(np.float64), on[changed] * 1.0
        self._solver.changeColsBounds(len(changed), changed, low, high)
        self._solved = self._run()

    def places(self) -> Ints:
        """What is fixed, and the easy ones where they lie."""
        places = self._fixed.copy()
        if self._solved:
            share = np.array(self._solver.getSolution().col_value)
            unit, place = self._pairs.unit, self._pairs.place
            free = (places[unit] < 0) & (self._units.lock[unit] == FREE)
            for one in np.flatnonzero((share > 0.5) & free).tolist():
                use = self._units.use[unit[one]]
                if (use <= self._left[place[one]]).all():
                    places[unit[one]] = place[one]
                    self._left[place[one]] -= use
        return places
