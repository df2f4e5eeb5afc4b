"""One level: prices and a bound, then the best answer, proven when the instance is small enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bosett.placement.certificate import Prices
from bosett.placement.duals import Priced, price_all
from bosett.placement.improve import Losses, Search, improve
from bosett.placement.levels import SLACK, Goal, LevelOutcome
from bosett.placement.packed import MONTH, prove
from bosett.placement.pricing import PricedLevel, price_level
from bosett.placement.program import Limits, Pairs, solve_whole
from bosett.placement.repair import reach_floors
from bosett.placement.start import Start
from bosett.placement.units import FREE, STAYS_UNPLACED, Bools, Ints, Units
from bosett.placement.worth import Demand

WEEK = 90_000
"""Pairs up to which the proof is awaited when no effort is named."""
FIRST_PARTS = {True: Search(60, idle=10, units=120), False: Search(80, idle=25)}
"""By whether the level counts whole persons."""
NODES = 400
"""Search nodes a level of larger instances, when no effort is named."""
PARTS = 1_000
IDLE = 150
NO_MORE = -1.0


@dataclass(frozen=True)
class _Best:
    places: Ints | None
    bound: float
    proven: bool


def search_exact(
    units: Units,
    goal: Goal,
    demands: Sequence[Demand],
    start: Ints | None,
    ceiling: float,
    first: Start,
    limits: Limits,
    seed: int,
) -> LevelOutcome | None:
    """The level by exact prices and the whole-number programme; None when no answer meets the demands."""
    free = Prices.none(units, len(demands))
    own = _own(units, goal, limits)
    if start is None:
        exact = price_level(units, goal.worth, demands, start)
        if exact is None:
            return None
        bound, prices = _lower_of(goal, exact, ceiling, free)
        found = _widen(units, goal, demands, start, exact, bound, own, seed)
        return None if found.places is None else _told(goal, bound, prices, found, found.places, demands)
    priced = _priced(units, goal, demands, start, first)
    bound, prices = _lower_of(goal, priced, ceiling, free)
    if units.count * units.places > MONTH or own.gap > 0:
        parts = FIRST_PARTS[goal.whole_numbers]
        by_baskets = goal.whole_numbers and first.packed is not None
        if not by_baskets and not _reached(goal, start, bound, limits):
            losses = Losses(units, goal.worth, priced.prices, demands)
            start = improve(units, goal.worth, demands, start, losses, bound, parts, own, seed)
        if goal.whole_numbers:
            found = _Best(start, bound, goal.worth.total(start) >= bound - SLACK)
            return _told(goal, bound, prices, found, start, demands)
    if _reached(goal, start, bound, limits):
        found = _Best(start, bound, goal.worth.total(start) >= bound - SLACK)
        return _told(goal, bound, prices, found, start, demands)
    known = priced.prices if first.packed is None or goal.whole_numbers else first.packed
    proof = prove(units, goal, demands, start, known, own, seed)
    found = _Best(proof.places, proof.bound, proof.proven)
    return _told(goal, bound, prices, found, proof.places, demands)


def _priced(
    units: Units, goal: Goal, demands: Sequence[Demand], start: Ints, first: Start
) -> PricedLevel | Priced:
    """Exact prices, or above a month's size those that lie a hair above."""
    if goal.whole_numbers or units.count * units.places <= MONTH:
        exact = price_level(units, goal.worth, demands, start)
        if exact is not None:
            return exact
    near = None if first.packed is None or first.priced is None else first.priced.prices
    return price_all(units, goal.worth, demands, near)


def _lower_of(goal: Goal, priced: PricedLevel | Priced, ceiling: float, free: Prices) -> tuple[float, Prices]:
    both = (goal.rounded(priced.bound), priced.prices), (ceiling, free)
    return min(both, key=lambda one: one[0])


def _reached(goal: Goal, places: Ints, bound: float, limits: Limits) -> bool:
    return goal.worth.total(places) >= bound - _enough(goal, bound, limits)


def _told(
    goal: Goal, bound: float, prices: Prices, found: _Best, places: Ints, demands: Sequence[Demand]
) -> LevelOutcome:
    value = goal.worth.total(places)
    tight = min(bound, max(value, goal.rounded(found.bound)))
    return LevelOutcome(goal.name, value, bound, tight, places, prices, demands, found.proven)


def search_large(
    units: Units,
    goal: Goal,
    demands: Sequence[Demand],
    start: Ints | None,
    near: Ints,
    known: Priced | None,
    ceiling: float,
    limits: Limits,
    seed: int,
) -> LevelOutcome | None:
    """The level by smoothed prices and parts solved one after the other; None when a floor is out of reach."""
    priced = price_all(units, goal.worth, demands) if known is None else known
    free = Prices.none(units, len(demands))
    bound, prices = _lower_of(goal, priced, ceiling, free)
    if start is None:
        start = reach_floors(units, demands, near)
        if start is None:
            return None
    rounds = PARTS if limits.effort is None else limits.effort
    own = replace(limits, gap=0.0) if goal.whole_numbers else limits
    parts = Search(rounds, idle=20 if goal.whole_numbers else IDLE)
    losses = Losses(units, goal.worth, priced.prices, demands)
    places = improve(units, goal.worth, demands, start, losses, bound, parts, own, seed)
    value = goal.worth.total(places)
    return LevelOutcome(
        goal.name, value, bound, bound, places, prices, demands, proven=value >= bound - SLACK
    )


def _own(units: Units, goal: Goal, limits: Limits) -> Limits:
    """Persons are never given up for a gap; a large instance has an end of its own."""
    nodes = limits.effort
    if nodes is None and limits.time_limit_s is None and units.count * units.places > WEEK:
        nodes = NODES
    return replace(limits, gap=0.0 if goal.whole_numbers else limits.gap, effort=nodes)


def _widen(
    units: Units,
    goal: Goal,
    demands: Sequence[Demand],
    start: Ints | None,
    priced: PricedLevel,
    bound: float,
    limits: Limits,
    seed: int,
) -> _Best:
    """Solve over the pairs that can still matter; widen until no left-out pair can be in a better answer.

    An answer that uses a pair lies at least the pair's loss below the bound, so a pair whose loss is
    larger than the distance from the bound to the best known answer is in no better answer.
    """
    best = _Best(start, priced.bound, proven=False)
    reach = NO_MORE
    while True:
        pairs = _pairs(units, priced, best.places, reach)
        found = solve_whole(units, Pairs.of(pairs), goal.worth, demands, best.places, limits, seed)
        if found.places is not None and _is_better(goal, found.places, best.places):
            best = _Best(found.places, found.bound, found.proven)
        outside = priced.bound - reach
        if not found.proven:
            return _Best(best.places, max(found.bound, outside), proven=False)
        if best.places is None:
            if np.isinf(reach):
                return _Best(None, found.bound, proven=True)
            reach = np.inf
            continue
        value = goal.worth.total(best.places)
        distance = goal.rounded(priced.bound) - value
        if reach >= distance + SLACK or distance <= _enough(goal, bound, limits):
            top = max(value, min(priced.bound, max(found.bound, outside)))
            return _Best(best.places, top, proven=goal.rounded(top) <= value + SLACK)
        reach = distance + 2 * SLACK


def _is_better(goal: Goal, found: Ints, before: Ints | None) -> bool:
    return before is None or goal.worth.total(found) >= goal.worth.total(before)


def _enough(goal: Goal, bound: float, limits: Limits) -> float:
    """The distance to the bound at which the search may stop."""
    return SLACK if goal.whole_numbers else max(SLACK, limits.gap * abs(bound))


def _pairs(units: Units, priced: PricedLevel, places: Ints | None, reach: float) -> Bools:
    chosen: Bools = ((priced.loss <= reach) | priced.columns) & units.fitting
    if places is not None:
        placed = np.flatnonzero(places >= 0)
        chosen[placed, places[placed]] = True
    chosen[units.lock != FREE] = False
    locked = np.flatnonzero(units.lock > STAYS_UNPLACED)
    chosen[locked, units.lock[locked]] = True
    return chosen
