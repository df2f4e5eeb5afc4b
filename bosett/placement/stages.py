"""One level after the other: each keeps what the earlier ones have reached."""

from __future__ import annotations

from collections.abc import Sequence

from bosett.placement.certificate import Prices, certified_bound
from bosett.placement.fairness import floor_demands, met
from bosett.placement.floor import TOO_MANY, no_such_floor, start_at_floor
from bosett.placement.greedy import greedy_start
from bosett.placement.levels import SCORE, SLACK, Goal, LevelOutcome, goals
from bosett.placement.packed import packed_start
from bosett.placement.problem import Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.search import WEEK, search_exact, search_large
from bosett.placement.start import Start, good_start
from bosett.placement.units import Ints, Units, units_of
from bosett.placement.worth import Demand

SMALL = 5_000
"""Pairs up to which a plain greedy start is good enough."""
EXACT = 330_000
"""Pairs up to which the whole-number programme is tried as a whole."""


def solve_levels(
    problem: Problem,
    objective: Objective,
    limits: Limits | None,
    seed: int,
    fairness_floor: float | None,
    start: Ints | None = None,
    fair: Ints | None = None,
) -> tuple[LevelOutcome, ...]:
    """What each level reached, in order.

    Parameters
    ----------
    start
        Places of the units in an answer that keeps every rule, to begin from.
    fair
        Places of an answer that reaches the floor, for when the first answer does not.
    """
    units = units_of(problem)
    limits = (limits or Limits()).started()
    groups = [] if fairness_floor is None else floor_demands(problem, units, fairness_floor)
    first = _start(units, objective, groups, limits, seed) if start is None else Start(start)
    places = first.places
    demands, outcomes = list(groups), []
    for goal in goals(units, objective):
        usable = places if met(demands, places) else None
        if usable is None:
            if fair is None and units.fitting.sum() <= TOO_MANY:
                fair = start_at_floor(problem, units, fairness_floor or 0.0, limits)
            usable = fair if fair is not None and met(demands, fair) else None
        outcome = _solve_level(units, goal, tuple(demands), usable, places, first, limits, seed)
        if outcome is None:
            raise no_such_floor(problem, units, fairness_floor or 0.0, limits)
        places = outcome.places
        outcomes.append(outcome)
        demands.append(Demand(goal.name, goal.worth, outcome.value))
    return tuple(outcomes)


def _start(units: Units, objective: Objective, groups: Sequence[Demand], limits: Limits, seed: int) -> Start:
    first = objective is not Objective.SCORE
    if units.count * units.places <= SMALL:
        return Start(greedy_start(units, units.score, take_losses=first))
    found = good_start(units, groups, take_losses=first, seed=seed)
    all_in = (found.places >= 0)[units.placeable].all()
    if not first or groups or all_in or not WEEK < units.count * units.places <= EXACT:
        return found
    return packed_start(units, found, limits)


def _solve_level(
    units: Units,
    goal: Goal,
    demands: Sequence[Demand],
    start: Ints | None,
    near: Ints,
    first: Start,
    limits: Limits,
    seed: int,
) -> LevelOutcome | None:
    free = Prices.none(units, len(demands))
    ceiling = goal.rounded(certified_bound(units, goal.worth, free, demands))
    if start is not None:
        reached = goal.worth.total(start)
        if reached >= ceiling - SLACK:
            return LevelOutcome(goal.name, reached, ceiling, ceiling, start, free, demands, proven=True)
    if units.count * units.places <= EXACT:
        return search_exact(units, goal, demands, start, ceiling, first, limits, seed)
    known = first.prices_under(demands) if goal.name == SCORE else None
    return search_large(units, goal, demands, start, near, known, ceiling, limits, seed)
