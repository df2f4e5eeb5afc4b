"""The proof of a level by whole baskets: few can be in a best answer, and those few are searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bosett.placement.basket_dive import basket_dive
from bosett.placement.certificate import Prices
from bosett.placement.duals import price_all
from bosett.placement.fairness import met
from bosett.placement.levels import SLACK, Goal
from bosett.placement.master import Master
from bosett.placement.packing import Packed, pack
from bosett.placement.part import Part, part_demands, part_of, part_worth
from bosett.placement.program import Limits, Pairs, Whole, solve_whole
from bosett.placement.start import Start, rank
from bosett.placement.units import FREE, Ints, Units
from bosett.placement.worth import Demand, Worth

FIRST = 5e-5
"""Distance below the bound, as a share of it, within which the first answer is sought."""
WIDER = 4.0
PACKED = 0.5
"""Share of a time limit after which no more baskets are sought for a first answer; it is then finished."""
EACH = 200
"""Baskets of a municipality up to which they are listed; above, it is searched over pairs."""


@dataclass(frozen=True)
class Proof:
    """The best answer found, a bound no answer exceeds, and whether they meet."""

    places: Ints
    bound: float
    proven: bool


@dataclass(frozen=True)
class _Level:
    """The level without its locked units."""

    units: Units
    worth: Worth
    demands: Sequence[Demand]
    whole_numbers: bool
    packed: Packed


def prove(
    units: Units,
    goal: Goal,
    demands: Sequence[Demand],
    start: Ints,
    prices: Prices,
    limits: Limits,
    seed: int,
) -> Proof:
    """A best answer, from a start that keeps every rule and demand.

    An answer that uses a basket lies at least the basket's loss below the bound.  So the search over
    the baskets whose loss is below the distance from the bound to the best answer known holds a best
    answer of all; it is widened until that is so.
    """
    part = _unlocked(units, start)
    inside = part_demands(demands, part, start)
    worth = part_worth(goal.worth, part)
    here = start[part.rows]
    fixed = goal.worth.total(start) - worth.total(here)
    packed = pack(part.units, worth, inside, here, prices, limits)
    level = _Level(part.units, worth, inside, goal.whole_numbers, packed)
    found = _widen(level, here, limits, seed)
    places = start.copy()
    places[part.rows] = found.places
    return Proof(places, found.bound + fixed, found.proven)


def _unlocked(units: Units, start: Ints) -> Part:
    part = part_of(units, start, np.flatnonzero(units.lock == FREE), np.arange(units.places))
    fits = part.units.fitting.copy()
    for dimension in range(units.capacity.shape[1]):
        fits &= part.units.use[:, dimension, None] <= part.units.capacity[None, :, dimension]
    return replace(part, units=replace(part.units, fitting=fits))


def _widen(level: _Level, start: Ints, limits: Limits, seed: int) -> Proof:
    bound, places = level.packed.bound, _dived(level, start, limits)
    reach = min(FIRST * abs(bound), _distance(level, places))
    while True:
        if _done(level, places, limits):
            return _proof(level, places, bound)
        found = _search(level, places, reach, limits, seed)
        if found.places is not None and level.worth.total(found.places) > level.worth.total(places):
            places = found.places
        if not found.proven:
            return _proof(level, places, max(found.bound, bound - reach))
        distance = _distance(level, places)
        if distance <= reach:
            return _proof(level, places, max(found.bound, bound - reach))
        reach = min(distance, max(WIDER * reach, SLACK))


def _dived(level: _Level, start: Ints, limits: Limits) -> Ints:
    """The start, or a better one from the baskets' own mixture."""
    if level.whole_numbers or limits.is_over() or _done(level, start, limits):
        return start
    found = basket_dive(level.units, level.worth, level.packed.sacks, level.packed.mixed)
    better = level.worth.total(found) > level.worth.total(start)
    return found if better and met(level.demands, found) else start


def packed_start(units: Units, start: Start, limits: Limits) -> Start:
    """A start in which more persons are placed, or the same: baskets know that households are whole."""
    places = start.places
    part, score = _unlocked(units, places), units.whole_score()
    kept = [
        Demand(f"persons_tier_{tier}", worth, worth.total(places))
        for tier in units.tiers
        for worth in [units.persons_of(tier)]
    ]
    prices = price_all(units, score, kept).prices
    plain, inside = part_worth(score, part), part_demands(kept, part, places)
    half = None if limits.time_limit_s is None else PACKED * limits.time_limit_s
    own = replace(limits, time_limit_s=half)
    packed = pack(part.units, plain, inside, places[part.rows], prices, own)
    found = start.places.copy()
    found[part.rows] = basket_dive(part.units, plain, packed.sacks, packed.mixed)
    best = max((start.places, found), key=lambda one: rank(units, one, take_losses=True))
    return replace(start, places=best)


def _distance(level: _Level, places: Ints) -> float:
    """Losses up to this can be in a better answer; among whole numbers a better one is better by 1."""
    least = 1.0 if level.whole_numbers else 0.0
    return max(0.0, level.packed.bound - level.worth.total(places) - least) + 2 * SLACK


def _done(level: _Level, places: Ints, limits: Limits) -> bool:
    """No better answer, or none that is better by more than was asked for."""
    distance = level.packed.bound - level.worth.total(places)
    enough = 1.0 - SLACK if level.whole_numbers else max(SLACK, limits.gap * abs(level.packed.bound))
    return distance < enough


def _proof(level: _Level, places: Ints, bound: float) -> Proof:
    value = level.worth.total(places)
    top = max(value, min(bound, level.packed.bound))
    return Proof(places, top, proven=top - value < (1.0 - SLACK if level.whole_numbers else SLACK))


def _search(level: _Level, places: Ints, reach: float, limits: Limits, seed: int) -> Whole:
    """The best answer over what lies within reach."""
    if not level.whole_numbers:
        baskets, listed = level.packed.baskets(reach, EACH)
        master = Master(level.units, level.worth, level.demands, listed)
        master.put(baskets)
        return master.whole(places, limits, seed)
    chosen = level.packed.loss <= reach
    placed = np.flatnonzero(places >= 0)
    chosen[placed, places[placed]] = True
    return solve_whole(level.units, Pairs.of(chosen), level.worth, level.demands, places, limits, seed)
