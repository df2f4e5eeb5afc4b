"""What a floor under the worst group costs: the whole curve, from no floor to the highest that can be."""

from __future__ import annotations

from dataclasses import dataclass

from bosett.placement.floor import TOO_MANY, highest_floor
from bosett.placement.problem import Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.shares import group_shares
from bosett.placement.solve import solve
from bosett.placement.units import units_of
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
    shares = [share for share in group_shares(problem, free).values() if share is not None]
    low = max(0.0, min(shares, default=0.0))
    units = units_of(problem)
    high = (
        max(low, highest_floor(problem, units)) if units.fitting.sum() <= TOO_MANY else min(1.0, low * 1.25)
    )
    floors = [low + (high - low) * place / (points - 1) for place in range(points)]
    first = CurvePoint(low, free.placed_persons, free.score, free.score_bound, low, 0.0)
    return (first, *(_point(problem, floor, free.score, objective, limits, seed) for floor in floors[1:]))


def _point(
    problem: Problem, floor: float, best: float, objective: Objective, limits: Limits | None, seed: int
) -> CurvePoint:
    try:
        found = solve(problem, objective, limits, seed, fairness_floor=floor)
    except NoAnswer:
        return CurvePoint(floor, None, None, None, None, None)
    shares = [share for share in group_shares(problem, found).values() if share is not None]
    price = (best - found.score) / abs(best) if best else 0.0
    return CurvePoint(floor, found.placed_persons, found.score, found.score_bound, min(shares), price)
