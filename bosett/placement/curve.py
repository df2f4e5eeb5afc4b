"""What a floor under the worst group costs: the whole curve, from no floor to the highest that can be."""

from __future__ import annotations

from dataclasses import dataclass

from bosett.placement.answer import answer
from bosett.placement.floor import TOO_MANY, highest_floor
from bosett.placement.problem import Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement
from bosett.placement.shares import group_shares
from bosett.placement.solve import solve
from bosett.placement.stages import solve_levels
from bosett.placement.units import Ints, units_of
from bosett.terms.errors import BadInput, NoAnswer


@dataclass(frozen=True)
class CurvePoint:
    """One floor and its answer; no score = no answer was found with this floor.

    Parameters
    ----------
    price
        Share of the score without a floor that this floor costs.
    """

    floor: float
    placed_persons: int | None
    score: float | None
    score_bound: float | None
    worst_share: float | None
    price: float | None


def fairness_curve(
    problem: Problem,
    points: int = 10,
    objective: Objective = Objective.PLACED_FIRST,
    limits: Limits | None = None,
    seed: int = 0,
) -> tuple[CurvePoint, ...]:
    """Evenly spaced floors from what the worst group reaches unasked to the highest floor possible.

    Raises
    ------
    BadInput
        If no household has a group, or fewer than two points are asked for.
    """
    if points < 2 or not any(one.group for one in problem.households):
        raise BadInput(f"{points} points", "two points or more, and households with groups", column="group")
    free = solve(problem, objective, limits, seed)
    low = max(0.0, _worst(problem, free))
    high, places = _highest(problem, low, limits)
    found = [CurvePoint(low, free.placed_persons, free.score, free.score_bound, low, 0.0)]
    # From the highest floor down: what reaches one floor reaches every lower one.
    for step in range(points - 1, 0, -1):
        floor = low + (high - low) * step / (points - 1)
        point, places = _point(problem, floor, free.score, _Asked(objective, limits, seed, places))
        found.insert(1, point)
    return tuple(found)


@dataclass(frozen=True)
class _Asked:
    """How each floor is solved.

    Parameters
    ----------
    fair
        Places of an answer that reaches the floor, where one is known.
    """

    objective: Objective
    limits: Limits | None
    seed: int
    fair: Ints | None


def _highest(problem: Problem, low: float, limits: Limits | None) -> tuple[float, Ints | None]:
    """The highest floor, and an answer that reaches it; a quarter above the lowest where that is too large a search."""
    units = units_of(problem)
    if units.fitting.sum() > TOO_MANY:
        return min(1.0, low * 1.25), None
    highest = highest_floor(problem, units, limits and limits.started())
    return (highest.floor, highest.places) if highest.floor > low else (low, None)


def _point(problem: Problem, floor: float, best: float, how: _Asked) -> tuple[CurvePoint, Ints | None]:
    try:
        levels = solve_levels(problem, how.objective, how.limits, how.seed, floor, fair=how.fair)
    except NoAnswer:
        return CurvePoint(floor, None, None, None, None, None), how.fair
    found = answer(problem, units_of(problem), how.objective, how.seed, levels, fairness_floor=floor)
    price = (best - found.score) / abs(best) if best else 0.0
    worst = _worst(problem, found)
    return CurvePoint(floor, found.placed_persons, found.score, found.score_bound, worst, price), levels[
        -1
    ].places


def _worst(problem: Problem, found: Placement) -> float:
    shares = [share for share in group_shares(problem, found).values() if share is not None]
    return min(shares, default=0.0)
