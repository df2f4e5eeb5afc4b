"""The proof of a level by whole baskets: few can be in a best answer, and those few are searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bosett.placement.basket_dive import basket_dive
from bosett.placement.basket_losses import BasketLosses
from bosett.placement.certificate import Prices
from bosett.placement.fairness import met
from bosett.placement.improve import Search, improve
from bosett.placement.levels import SLACK, Goal
from bosett.placement.master import Master
from bosett.placement.packing import Packed, pack
from bosett.placement.part import Part, part_demands, part_of, part_worth
from bosett.placement.program import Limits, Pairs, Whole, solve_whole
from bosett.placement.start import Start, rank
from bosett.placement.units import FREE, Ints, Units
from bosett.placement.worth import Demand, Worth

MONTH = 150_000
"""Pairs above which answers are sought by parts first; persons are then not searched as a whole."""
FIRST = {False: 5e-5, True: 2.5e-5}
"""Distance below the bound, as a share of it, within which the first answer is sought; by whether it is above."""
WIDER = 4.0
PACKED = 0.5
"""Share of a time limit after which no more baskets are sought for a first answer; it is then finished."""
ROUGH = 3e-4
"""How close the bound need be for a first answer."""
PRICED = 0.85
"""Share of a time limit after which no more baskets are sought, where parts are solved after them."""
PARTS = Search(200, idle=40, units=200)
"""What is solved anew, where not everybody finds a place, before the search."""
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
    begun: bool


def prove(
    units: Units,
    goal: Goal,
    demands: Sequence[Demand],
    start: Ints,
    prices: Prices | Packed,
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
    begun = isinstance(prices, Packed)
    packed = pack(part.units, worth, inside, here, prices, _part_of_time(limits, PRICED) if begun else limits)
    level = _Level(part.units, worth, inside, goal.whole_numbers, packed, begun)
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
    bound, places = level.packed.bound, _near(level, start, limits, seed)
    large = level.units.count * level.units.places > MONTH
    reach = min(FIRST[large] * abs(bound), _distance(level, places))
    while True:
        if limits.is_over() or _done(level, places, limits):
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


def _near(level: _Level, start: Ints, limits: Limits, seed: int) -> Ints:
    """The start, or a better one: from the baskets' own mixture, or with parts of it solved anew."""
    small = level.units.count * level.units.places <= MONTH
    if small or level.whole_numbers or limits.is_over() or _done(level, start, limits):
        return start
    units, worth, demands, packed = level.units, level.worth, level.demands, level.packed
    if level.begun:
        losses = BasketLosses(units, packed)
        return improve(units, worth, demands, start, losses, packed.bound, PARTS, limits, seed)
    found = basket_dive(units, worth, packed.sacks, packed.mixed)
    return found if worth.total(found) > worth.total(start) and met(demands, found) else start


def _part_of_time(limits: Limits, share: float) -> Limits:
    return replace(limits, time_limit_s=None if limits.time_limit_s is None else share * limits.time_limit_s)


def packed_start(units: Units, start: Start, limits: Limits) -> Start:
    """A start in which more persons are placed, or the same: baskets know that households are whole."""
    places = start.places
    if start.priced is None:
        return start
    part, score = _unlocked(units, places), units.whole_score()
    kept = [
        Demand(f"persons_tier_{tier}", worth, worth.total(places))
        for tier in units.tiers
        for worth in [units.persons_of(tier)]
    ]
    plain, inside = part_worth(score, part), part_demands(kept, part, places)
    own, here = _part_of_time(limits, PACKED), places[part.rows]
    packed = pack(part.units, plain, inside, here, start.priced.prices, own, ROUGH)
    found = start.places.copy()
    found[part.rows] = basket_dive(part.units, plain, packed.sacks, packed.mixed)
    best = max((start.places, found), key=lambda one: rank(units, one, take_losses=True))
    return replace(start, places=best, packed=packed)


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
