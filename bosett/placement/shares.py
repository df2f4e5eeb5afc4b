"""How much of its best each group reaches: the share of B_g, shown at every run."""

from __future__ import annotations

from bosett.placement.fairness import group_bests
from bosett.placement.problem import Problem
from bosett.placement.result import Placement
from bosett.placement.units import units_of


def group_shares(problem: Problem, placement: Placement) -> dict[str, float | None]:
    """Score of a group's placed households over the sum of their highest scores on fitting pairs.

    Capacity taken by others is ignored in the highest score; None when that sum is not above 0.
    """
    best = group_bests(problem, units_of(problem))
    reached = dict.fromkeys(best, 0.0)
    for household, one in zip(problem.households, placement.assignments, strict=True):
        if household.group:
            reached[household.group] += one.score or 0.0
    return {group: reached[group] / best[group] if best[group] > 0 else None for group in sorted(best)}
