"""How much of its best each group reaches: the share of B_g, shown at every run."""

from __future__ import annotations

import numpy as np

from bosett.placement.problem import Problem
from bosett.placement.result import Placement
from bosett.placement.units import units_of


def group_shares(problem: Problem, placement: Placement) -> dict[str, float | None]:
    """Score of a group's placed households over the sum of their highest scores on fitting pairs.

    Capacity taken by others is ignored in the highest score; None when that sum is not above 0.
    """
    units = units_of(problem)
    best: dict[str, float] = {}
    reached: dict[str, float] = {}
    for unit, rows in enumerate(units.members):
        fitting = units.fitting[unit]
        for row in rows:
            group = problem.households[row].group
            if not group:
                continue
            scores = problem.scores.values[row][fitting]
            best[group] = best.get(group, 0.0) + (float(np.max(scores)) if scores.size else 0.0)
            reached[group] = reached.get(group, 0.0) + (placement.assignments[row].score or 0.0)
    return {group: reached[group] / best[group] if best[group] > 0 else None for group in sorted(best)}
