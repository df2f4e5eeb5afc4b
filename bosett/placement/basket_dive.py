"""A whole answer from the programme over baskets: pairs that most of the mixture agrees on are fixed, round by round.

After each round the programme is solved anew over what is left, with fresh baskets that hold what is fixed.
Being placed is rewarded instead of demanded, so that no round ends without an answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bosett.placement.insert import fill_rest
from bosett.placement.knapsack import Knapsacks
from bosett.placement.master import Basket, Duals, Master
from bosett.placement.start import reward_of
from bosett.placement.swap import polish
from bosett.placement.units import Floats, Ints, Units
from bosett.placement.worth import Worth

ROUNDS = 40
PRICED = 2
"""How often new baskets are sought in a round."""
FIXED = 0.25
"""Share of the units lying in several places that are fixed in a round."""
AGREED = 0.5
CERTAIN = 1 - 1e-6
HELD = 1e4
"""Gain of a pair that is fixed: above all others."""


def basket_dive(units: Units, worth: Worth, sacks: Knapsacks, baskets: Sequence[Basket]) -> Ints:
    """Places of the units, none of them locked; every rule kept, no demand looked at.

    Parameters
    ----------
    baskets
        To begin with.
    """
    table = worth.rows(0, units.count, units.places)
    rewarded = Worth(np.ones(units.count), table, added=reward_of(units))
    course = _Course(units, rewarded, sacks, baskets)
    for _ in range(ROUNDS):
        if not course.go_on():
            break
    places = course.places
    fill_rest(units, places, table, units.capacity - units.used(places), take_losses=True)
    return polish(units, table, places, range(units.count))


class _Course:
    """The programme on its way: what is fixed, and the baskets that hold it."""

    def __init__(self, units: Units, worth: Worth, sacks: Knapsacks, baskets: Sequence[Basket]) -> None:
        self._units, self._sacks = units, sacks
        self.places = np.full(units.count, -1, dtype=np.int64)
        self._left = units.capacity.copy()
        self._net = worth.rows(0, units.count, units.places)
        self._net[~units.fitting] = -np.inf
        self._master = Master(units, worth, (), sacks.small)
        self._master.put(baskets)

    def go_on(self) -> bool:
        """One round; False when there is nothing left to fix."""
        for _ in range(PRICED):
            solved = self._master.solve()
            if solved is None:
                return False
            if not self._price(solved[1]):
                break
        else:
            if self._master.solve() is None:
                return False
        unit, place, share = self._master.shares()
        return self._fix(unit, place, share)

    def _price(self, duals: Duals) -> int:
        """Baskets and pairs that pay; how many were new."""
        gain = self._net - duals.unit[:, None]
        fixed = np.flatnonzero(self.places >= 0)
        gain[fixed] = -np.inf
        gain[fixed, self.places[fixed]] = HELD
        filled = self._sacks.best(gain)
        unit, place = [filled.unit], [filled.place]
        large = np.flatnonzero(~self._sacks.small)
        if len(large):
            paid = self._net[:, large] - self._units.use @ duals.capacity[large].T
            best = np.argmax(paid, axis=1)
            single = np.flatnonzero(
                (paid[np.arange(len(paid)), best] > duals.unit + 1e-9) & (self.places < 0)
            )
            unit, place = [*unit, single], [*place, large[best[single]]]
        return self._master.add(np.concatenate(unit), np.concatenate(place))

    def _fix(self, unit: Ints, place: Ints, share: Floats) -> bool:
        """Fix what is certain and the most agreed of the rest; False when nothing was fixed."""
        open_ = self.places[unit] < 0
        unit, place, share = unit[open_], place[open_], share[open_]
        some = int(((share > 1e-6) & (share < CERTAIN)).sum() / 2)
        wanted = int((share >= CERTAIN).sum()) + max(3, int(FIXED * some))
        fixed: list[int] = []
        for at in np.lexsort((unit, -share))[:wanted].tolist():
            one, to = int(unit[at]), int(place[at])
            if share[at] < AGREED and fixed:
                break
            if self.places[one] < 0 and (self._units.use[one] <= self._left[to]).all():
                self.places[one] = to
                self._left[to] -= self._units.use[one]
                fixed.append(one)
        if fixed:
            self._master.hold(self.places)
        return bool(fixed)
