"""From an answer that moves few to the best one, so that the price of a change is exact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bosett.placement.answer import answer
from bosett.placement.levels import SLACK
from bosett.placement.program import Limits
from bosett.placement.result import Placement
from bosett.placement.stages import solve_levels
from bosett.placement.units import units_of

NODES = 8
"""Search nodes a level: the answer is nearly always there by then, and only its proof would take longer."""


def best_from(near: Placement, limits: Limits) -> Placement:
    """The best answer, searched from one that moves few; that one itself where it is as good."""
    problem, objective = near.problem, near.objective
    column = {code: index for index, code in enumerate(problem.municipality_ids)}
    where, units = near.by_household, units_of(problem)
    names = [problem.households[rows[0]].household_id for rows in units.members]
    places = np.array([column.get(where[one] or "", -1) for one in names], dtype=np.int64)
    effort = NODES if limits.effort is None else min(limits.effort, NODES)
    own = replace(limits, gap=0.0, effort=effort)
    best = solve_levels(problem, objective, own, near.seed, None, start=places)
    if all(one.value <= now.value + SLACK for one, now in zip(best, near.levels, strict=True)):
        best = tuple(replace(one, places=places) for one in best)
    return answer(problem, units, objective, near.seed, best)
