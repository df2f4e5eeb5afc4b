"""A start at the prices: units that have one clear best place first, then the rest, largest first."""

from __future__ import annotations

import numpy as np

from bosett.placement.duals import Priced
from bosett.placement.units import FREE, Floats, Ints, Units

CLEAR = 0.98
MOST_EJECTED = 6


def insert_by_price(
    units: Units, priced: Priced, net_of: Floats, *, take_losses: bool, by_tier: bool
) -> Ints:
    """Place of each unit (-1 = unplaced); every rule kept, no demand looked at.

    Parameters
    ----------
    net_of
        Worth after paying, of each pair in `priced`.
    take_losses
        Whether a unit may go where its worth is not positive.
    by_tier
        Whether a better tier goes first even where it has no clear best place.
    """
    places = np.where(units.lock >= 0, units.lock, -1).astype(np.int64)
    left = units.capacity - units.used(places)
    clear = np.zeros(units.count)
    np.maximum.at(clear, priced.unit, priced.share)
    begin = np.searchsorted(priced.unit, np.arange(units.count + 1))
    free = np.flatnonzero((units.lock == FREE) & (begin[1:] > begin[:-1]))
    tier = units.tier[free] if by_tier else np.zeros(len(free))
    unclear = clear[free] < CLEAR
    size = units.use[free].sum(axis=1)
    for unit in free[np.lexsort((free, -size * unclear, unclear, tier))].tolist():
        some = slice(begin[unit], begin[unit + 1])
        options = priced.place[some]
        room = (units.use[unit] <= left[options]).all(axis=1)
        worth = np.where(room, net_of[some], -np.inf)
        best = int(np.argmax(worth))
        if room[best] and (take_losses or worth[best] > 0):
            places[unit] = options[best]
            left[options[best]] -= units.use[unit]
    return places


def fill_rest(units: Units, places: Ints, worth: Floats, left: Floats, *, take_losses: bool) -> None:
    """Place what is left, better tier and larger first: where there is room, else by moving others on.

    Changes `places` and `left`.
    """
    rest = np.flatnonzero((places < 0) & (units.lock == FREE) & units.placeable)
    size = units.use[rest].sum(axis=1)
    for unit in rest[np.lexsort((rest, -size, units.tier[rest]))].tolist():
        room = units.fitting[unit] & (units.use[unit] <= left).all(axis=1)
        here = np.where(room, worth[unit], -np.inf)
        best = int(np.argmax(here))
        if room[best] and (take_losses or here[best] > 0):
            places[unit] = best
            left[best] -= units.use[unit]
        elif take_losses:
            _eject(units, places, worth, left, unit)


def _eject(units: Units, places: Ints, worth: Floats, left: Floats, unit: int) -> bool:
    """Move small units out of a municipality into room elsewhere until `unit` fits there."""
    targets = np.flatnonzero(units.fitting[unit])
    need = np.maximum(units.use[unit] - left[targets], 0).sum(axis=1)
    for target in targets[np.lexsort((targets, need))][:60].tolist():
        moves = _room_for(units, places, worth, left, unit, target)
        if moves is None:
            continue
        for one, to in moves:
            left[places[one]] += units.use[one]
            left[to] -= units.use[one]
            places[one] = to
        places[unit] = target
        left[target] -= units.use[unit]
        return True
    return False


def _room_for(
    units: Units, places: Ints, worth: Floats, left: Floats, unit: int, target: int
) -> list[tuple[int, int]] | None:
    """Moves (unit, to) that make room, or None."""
    there = np.flatnonzero((places == target) & (units.lock == FREE))
    room, here = left.copy(), left[target].copy()
    moves: list[tuple[int, int]] = []
    size = units.use[there].sum(axis=1)
    for one in there[np.lexsort((there, size))].tolist():
        lacking = units.use[unit] > here
        if not lacking.any():
            return moves
        if len(moves) == MOST_EJECTED or not (units.use[one][lacking] > 0).any():
            continue
        fits = units.fitting[one] & (units.use[one] <= room).all(axis=1)
        fits[target] = False
        if not fits.any():
            continue
        to = int(np.argmax(np.where(fits, worth[one], -np.inf)))
        moves.append((one, to))
        room[to] -= units.use[one]
        here += units.use[one]
    return moves if not (units.use[unit] > here).any() else None
