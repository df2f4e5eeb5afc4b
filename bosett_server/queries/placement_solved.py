"""The answer to a problem of the service: spread where that leaves nobody out, the last few kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from bosett.placement.problem import Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement, Unplaced
from bosett.placement.solve import solve
from bosett_server.queries.placement_instance import LIMITS, Instance, unspread

KEPT_ANSWERS = 4


def solve_placed(
    problem: Problem,
    objective: Objective = Objective.PLACED_FIRST,
    seed: int = 0,
    fairness_floor: float | None = None,
    score_floor: float | None = None,
    limits: Limits = LIMITS,
) -> Placement:
    """The answer.  Placing comes before spreading: where a share of places would leave somebody unplaced,
    the problem is the same without shares, and the answer's own problem says so."""
    found = solve(problem, objective, limits, seed, fairness_floor, score_floor)
    if any(one.reason is Unplaced.NO_CAPACITY for one in found.assignments):
        more = solve(unspread(problem), objective, limits, seed, fairness_floor, score_floor)
        if more.placed_persons > found.placed_persons:
            return more
    return found


_answers: OrderedDict[str, Placement] = OrderedDict()


def answered(made: Instance) -> tuple[Instance, Placement]:
    """The problem and its answer; the last few are kept, since the same problem has the same answer."""
    if made.sha256 not in _answers:
        _answers[made.sha256] = solve_placed(made.problem)
        while len(_answers) > KEPT_ANSWERS:
            _answers.popitem(last=False)
    found = _answers[made.sha256]
    return replace(made, problem=found.problem), found
