"""Small steps: move one unit, or let two change places, as long as the worth grows and every rule is kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bosett.placement.units import FREE, Floats, Ints, Units

LEAST = 1e-9


def polish(units: Units, worth: Floats, places: Ints, order: Sequence[int]) -> Ints:
    """One pass over the units in `order`; the units placed stay placed, so no level of persons falls.

    Parameters
    ----------
    worth
        units x municipalities.
    """
    places = places.copy()
    left = units.capacity - units.used(places)
    count = np.arange(units.count)
    free = units.lock == FREE
    for unit in order:
        here = int(places[unit])
        if here < 0 or not free[unit]:
            continue
        own, use = worth[unit], units.use[unit]
        room = units.fitting[unit] & (left >= use).all(axis=1)
        gain = np.where(room, own - own[here], -np.inf)
        to = int(np.argmax(gain))
        if gain[to] > LEAST:
            _move(places, left, unit, to, use)
            continue
        at = np.maximum(places, 0)
        gain = own[at] - own[here] + worth[:, here] - worth[count, at]
        possible = (gain > LEAST) & (places >= 0) & free & units.fitting[unit, at] & units.fitting[:, here]
        others = np.flatnonzero(possible)
        if not len(others):
            continue
        there = places[others]
        fits = (left[there] + units.use[others] >= use).all(axis=1)
        fits &= (left[here] + use >= units.use[others]).all(axis=1)
        others = others[fits]
        if len(others):
            other = int(others[np.argmax(gain[others])])
            to = int(places[other])
            left[here] += use - units.use[other]
            left[to] += units.use[other] - use
            places[unit], places[other] = to, here
    return places


def _move(places: Ints, left: Floats, unit: int, to: int, use: Floats) -> None:
    left[places[unit]] += use
    left[to] -= use
    places[unit] = to
