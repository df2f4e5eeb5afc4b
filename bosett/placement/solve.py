"""The exact answer, level by level: persons placed in tier 1, tier 2, ..., then the score."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bosett.placement.answer import LevelOutcome, answer
from bosett.placement.certificate import Prices, certified_bound
from bosett.placement.greedy import greedy_start
from bosett.placement.pricing import Priced, price_level
from bosett.placement.problem import Objective, Problem
from bosett.placement.program import Limits, Pairs, Requirement, Whole, solve_whole
from bosett.placement.result import Placement
from bosett.placement.units import FREE, STAYS_UNPLACED, Bools, Floats, Ints, Units, units_of

SLACK = 1e-6
NO_MORE = -1.0


@dataclass(frozen=True)
class _Level:
    name: str
    weight: Floats
    value: Floats
    whole_numbers: bool


def solve(
    problem: Problem,
    objective: Objective = Objective.PLACED_FIRST,
    limits: Limits | None = None,
    seed: int = 0,
) -> Placement:
    """Place as many persons as possible tier by tier, then reach the highest total score.

    Promise: no capacity, exclusion, link or lock is broken; without limits every level is optimal by
    the solver's own proof; the order of the input's rows changes nothing; the same problem and seed
    give the same answer.

    Raises
    ------
    NoAnswer
        If the locks conflict, do not fit, or overfill.
    """
    units = units_of(problem)
    limits = (limits or Limits()).started()
    levels = _levels(units, objective)
    places = greedy_start(units, units.score, take_losses=objective is Objective.PLACED_FIRST)
    keep: list[Requirement] = []
    outcomes: list[LevelOutcome] = []
    for level in levels:
        outcome = _solve_level(units, level, tuple(keep), places, limits, seed)
        places = outcome.places
        outcomes.append(outcome)
        keep.append(Requirement(level.name, level.weight, outcome.value))
    return answer(problem, units, objective, seed, tuple(outcomes))


def _levels(units: Units, objective: Objective) -> tuple[_Level, ...]:
    score = _Level("score", np.zeros(units.count), units.score, whole_numbers=False)
    if objective is Objective.SCORE:
        return (score,)
    found = []
    for tier in units.tiers:
        weight = units.tier_persons(tier)
        value = np.repeat(weight[:, None], units.score.shape[1], axis=1)
        found.append(_Level(f"persons_tier_{tier}", weight, value, whole_numbers=True))
    return (*found, score)


def _solve_level(
    units: Units, level: _Level, keep: Sequence[Requirement], start: Ints, limits: Limits, seed: int
) -> LevelOutcome:
    reached = total(level.value, start)
    free = Prices.none(units, len(keep))
    ceiling = certified_bound(units, level.value, free, keep)
    if reached >= ceiling - SLACK:
        return LevelOutcome(level.name, reached, ceiling, ceiling, start, free, keep, proven=True)
    priced = price_level(units, level.value, keep, start)
    bound = _rounded_down(min(priced.bound, ceiling), level)
    prices = priced.prices if priced.bound <= ceiling else free
    if reached >= bound - _enough(level, bound, limits):
        done = reached >= bound - SLACK
        return LevelOutcome(level.name, reached, bound, bound, start, prices, keep, done)
    found = _search(units, level, keep, start, priced, limits, seed)
    value = total(level.value, found.places)
    tight = min(bound, max(value, _rounded_down(found.bound, level)))
    return LevelOutcome(level.name, value, bound, tight, found.places, prices, keep, found.proven)


def _search(
    units: Units,
    level: _Level,
    keep: Sequence[Requirement],
    start: Ints,
    priced: Priced,
    limits: Limits,
    seed: int,
) -> Whole:
    """Solve over the pairs that can still matter; widen until no left-out pair can be in a better answer.

    An answer that uses a pair lies at least the pair's loss below the bound, so a pair whose loss is
    larger than the distance from the bound to the best known answer is in no better answer.
    """
    best = Whole(start, priced.bound, proven=False)
    reach = NO_MORE
    own = replace(limits, gap=0.0) if level.whole_numbers else limits
    while True:
        pairs = _pairs(units, priced, best.places, reach)
        found = solve_whole(units, Pairs.of(pairs), level.value[pairs], keep, best.places, own, seed)
        if total(level.value, found.places) >= total(level.value, best.places):
            best = found
        distance = _rounded_down(priced.bound, level) - total(level.value, best.places)
        outside = priced.bound - reach
        if not found.proven:
            return replace(best, bound=max(found.bound, outside), proven=False)
        if reach >= distance + SLACK or distance <= _enough(level, priced.bound, limits):
            value = total(level.value, best.places)
            bound = max(value, min(priced.bound, max(found.bound, outside)))
            return replace(best, bound=bound, proven=_rounded_down(bound, level) <= value + SLACK)
        reach = distance + 2 * SLACK


def _enough(level: _Level, bound: float, limits: Limits) -> float:
    """The distance to the bound at which the search may stop; persons are never given up for a gap."""
    return SLACK if level.whole_numbers else max(SLACK, limits.gap * abs(bound))


def _pairs(units: Units, priced: Priced, places: Ints, reach: float) -> Bools:
    chosen: Bools = (priced.loss <= reach) | (priced.columns & units.fitting)
    placed = np.flatnonzero(places >= 0)
    chosen[placed, places[placed]] = True
    chosen[units.lock != FREE] = False
    locked = np.flatnonzero(units.lock > STAYS_UNPLACED)
    chosen[locked, units.lock[locked]] = True
    return chosen


def total(value: Floats, places: Ints) -> float:
    """The level's value of an answer."""
    placed = np.flatnonzero(places >= 0)
    return float(math.fsum(value[placed, places[placed]].tolist()))


def _rounded_down(bound: float, level: _Level) -> float:
    return float(math.floor(bound + SLACK)) if level.whole_numbers else bound
