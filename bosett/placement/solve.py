"""The answer, level by level: persons placed in tier 1, tier 2, ..., then the score."""

from __future__ import annotations

from bosett.placement.answer import answer
from bosett.placement.problem import Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement
from bosett.placement.stages import solve_levels
from bosett.placement.units import units_of


def solve(
    problem: Problem,
    objective: Objective = Objective.PLACED_FIRST,
    limits: Limits | None = None,
    seed: int = 0,
    fairness_floor: float | None = None,
    score_floor: float | None = None,
) -> Placement:
    """Place as many persons as possible tier by tier, then reach the highest total score.

    Promise: no capacity, exclusion, link or lock is broken; every bound is certified; `proven` tells
    whether no better answer exists; the order of the input's rows changes nothing; the same problem,
    seed and effort give the same answer.

    Parameters
    ----------
    fairness_floor
        Share, 0 to 1, of its best that every group must reach.
    score_floor
        With wishes: share of the best total score that the wishes may not take away; None = no floor.

    Raises
    ------
    NoAnswer
        If the locks conflict, do not fit, or overfill, or a group cannot reach the floor.
    """
    if objective is Objective.WISHES:
        from bosett.placement.wishes import solve_wishes

        return solve_wishes(problem, limits, seed, fairness_floor, score_floor)
    outcomes = solve_levels(problem, objective, limits, seed, fairness_floor)
    return answer(problem, units_of(problem), objective, seed, outcomes, fairness_floor=fairness_floor)
