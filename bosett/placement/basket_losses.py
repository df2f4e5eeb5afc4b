"""How far an answer lies below the bound of whole baskets, municipality by municipality."""

from __future__ import annotations

import numpy as np

from bosett.placement.packing import Packed
from bosett.placement.units import Floats, Ints, Units

NEAREST = 16
FAR = 1e9
"""What is lost by a pair that does not fit."""


class BasketLosses:
    """What each pair and each municipality loses against the best basket at the units' prices."""

    def __init__(self, units: Units, packed: Packed) -> None:
        keep = min(NEAREST, units.places)
        self._units, self._packed = units, packed
        self.place = np.argpartition(packed.loss, keep - 1, axis=1)[:, :keep].astype(np.int64)
        loss = np.take_along_axis(packed.loss, self.place, axis=1)
        self.below, self.net = np.minimum(loss, FAR), -loss

    def of(self, places: Ints) -> Floats:
        """What is lost at least by each unit's pair; an unplaced unit loses its price."""
        found = self._packed.duals.unit.copy()
        unit = np.flatnonzero(places >= 0)
        found[unit] = self._packed.loss[unit, places[unit]]
        return np.where(np.isfinite(found), np.maximum(found, 0.0), 0.0)

    def lost(self, places: Ints, loss: Floats) -> Floats:
        """The best basket's gain less that of the basket that is there."""
        unit = np.flatnonzero(places >= 0)
        there = places[unit]
        gained = np.bincount(there, self._packed.gain[unit, there], self._units.places)
        small = self._packed.sacks.small
        alone = np.bincount(there, loss[unit], self._units.places)
        return np.asarray(np.where(small, self._packed.value - gained, alone), dtype=np.float64)
