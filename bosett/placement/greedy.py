"""A quick start that keeps every rule: locks, then largest units first into their best open place."""

from __future__ import annotations

import numpy as np

from bosett.placement.units import FREE, Floats, Ints, Units


def greedy_start(units: Units, value: Floats, *, take_losses: bool) -> Ints:
    """Place of each unit (-1 = unplaced); units of a better tier first, then the larger.

    Parameters
    ----------
    take_losses
        Whether a unit is placed where its value is not positive (placing comes first).
    """
    places = np.where(units.lock >= 0, units.lock, -1).astype(np.int64)
    left = units.capacity.copy()
    for unit in np.flatnonzero(places >= 0):
        left[places[unit]] -= units.use[unit]
    order = np.lexsort((np.arange(units.count), -units.persons, units.tier))
    for unit in order:
        if units.lock[unit] != FREE:
            continue
        room = units.fitting[unit] & (units.use[unit] <= left).all(axis=1)
        worth = np.where(room, value[unit], -np.inf)
        best = int(np.argmax(worth)) if worth.size else -1
        if best >= 0 and np.isfinite(worth[best]) and (take_losses or worth[best] > 0):
            places[unit] = best
            left[best] -= units.use[unit]
    return places
