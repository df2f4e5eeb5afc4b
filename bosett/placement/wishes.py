"""Wishes in turn: each unit gets the best of its wishes that leaves the rest good enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from bosett.placement.answer import answer
from bosett.placement.certificate import certified_bound
from bosett.placement.levels import SCORE, LevelOutcome
from bosett.placement.problem import Household, Lock, Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement
from bosett.placement.stages import solve_levels
from bosett.placement.units import FREE, Ints, Units, units_of
from bosett.terms.errors import NoAnswer

TOLERANCE = 1e-7


def solve_wishes(
    problem: Problem,
    limits: Limits | None,
    seed: int,
    fairness_floor: float | None,
    score_floor: float | None,
) -> Placement:
    """Serial dictatorship by (tier, ready since, household): a wish counts in its turn.

    Promise: nobody ever gets a better-ranked place by telling other wishes than the true ones, since
    what can be had in one's turn does not depend on what one says.  A linked unit's turn is that of
    its first household, and its wishes are those of its first household that has any.
    """
    units = units_of(problem)
    best = solve_levels(problem, Objective.PLACED_FIRST, limits, seed, fairness_floor)
    least = _least(best[-1].value, score_floor)
    outcomes, locks = best, problem.locks
    for unit, wished in _turns(problem, units):
        for place in wished:
            lock = Lock(problem.household_ids[units.members[unit][0]], problem.municipality_ids[place])
            if outcomes[-1].places[unit] == place:
                locks = (*locks, lock)
                break
            tried = replace(problem, locks=(*locks, lock))
            found = _still_good(tried, best, least, limits, seed, fairness_floor)
            if found is not None:
                locks, outcomes = tried.locks, found
                break
    final = _outcomes(best, outcomes)
    return answer(problem, units, Objective.WISHES, seed, final, fairness_floor, score_floor, best[-1].value)


def _least(best: float, score_floor: float | None) -> float:
    if score_floor is None:
        return -np.inf
    return min(best, score_floor * best)


def _turns(problem: Problem, units: Units) -> list[tuple[int, list[int]]]:
    """Free units with wishes in the order of their turns; wishes as columns, best first."""
    by_household: dict[str, list[tuple[int, str]]] = {}
    for wish in problem.wishes:
        by_household.setdefault(wish.household_id, []).append((wish.rank, wish.municipality_id))
    column = {code: index for index, code in enumerate(problem.municipality_ids)}
    found: list[tuple[tuple[int, date, str], int, list[int]]] = []
    for unit, rows in enumerate(units.members):
        households = sorted((problem.households[row] for row in rows), key=_turn_of)
        wishing = [one for one in households if one.household_id in by_household]
        if wishing and units.lock[unit] == FREE:
            first = households[0]
            key = (int(units.tier[unit]), first.ready_since or date.max, first.household_id)
            wished = [column[code] for _, code in sorted(by_household[wishing[0].household_id])]
            found.append((key, unit, [place for place in wished if units.fitting[unit, place]]))
    return [(unit, wished) for _, unit, wished in sorted(found)]


def _turn_of(household: Household) -> tuple[int, date, str]:
    return household.tier, household.ready_since or date.max, household.household_id


def _still_good(
    problem: Problem,
    best: Sequence[LevelOutcome],
    least: float,
    limits: Limits | None,
    seed: int,
    fairness_floor: float | None,
) -> tuple[LevelOutcome, ...] | None:
    """The best answer with these locks, if persons stay at their best and the score above the floor."""
    try:
        units = units_of(problem)
        if _bound(units, best) < least - TOLERANCE * max(1.0, abs(least)):
            return None
        found = solve_levels(problem, Objective.PLACED_FIRST, limits, seed, fairness_floor)
    except NoAnswer:
        return None
    same = all(new.value >= old.value - 0.5 for new, old in zip(found[:-1], best[:-1], strict=True))
    return found if same and found[-1].value >= least - TOLERANCE * max(1.0, abs(least)) else None


def _bound(units: Units, best: Sequence[LevelOutcome]) -> float:
    """The bound on the score at the first prices: a lock that falls below the floor needs no search."""
    last = best[-1]
    return certified_bound(units, units.whole_score(), last.prices, last.demands)


def _outcomes(best: Sequence[LevelOutcome], last: Sequence[LevelOutcome]) -> tuple[LevelOutcome, ...]:
    """Levels and bounds of the best answer, with the values and places that the wishes left."""
    places: Ints = last[-1].places
    found = [replace(old, places=places) for old in best[:-1]]
    score = replace(best[-1], places=places, value=last[-1].value, proven=last[-1].proven)
    if score.name != SCORE:
        raise RuntimeError("the last level is the score")
    return (*found, score)
