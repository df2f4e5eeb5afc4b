"""A floor under the worst group: what each group could reach at best, and the share it must reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bosett.placement.problem import Problem
from bosett.placement.units import Floats, Ints, Units
from bosett.placement.worth import Demand, Worth


def group_worths(problem: Problem, units: Units) -> dict[str, Worth]:
    """Each group's part of a unit's score; a link of several groups is divided by household."""
    groups = [one.group for one in problem.households]
    found = {}
    for group in sorted(set(groups) - {""}):
        weight = np.zeros(units.count)
        special = {}
        for unit, rows in enumerate(units.members):
            inside = [row for row in rows if groups[row] == group]
            if len(inside) == len(rows):
                weight[unit] = 1.0
            elif inside:
                special[unit] = np.asarray(problem.scores.values[inside].sum(axis=0), dtype=np.float64)
        found[group] = Worth(weight, units.score, special)
    return found


def group_bests(problem: Problem, units: Units) -> dict[str, float]:
    """B_g: the sum over a group's households of their highest score on a fitting pair, capacity ignored.

    A household without a fitting municipality adds nothing.
    """
    found: dict[str, list[float]] = {}
    unit_of = np.zeros(len(problem.households), dtype=np.int64)
    for unit, rows in enumerate(units.members):
        unit_of[list(rows)] = unit
    for row, household in enumerate(problem.households):
        if household.group:
            scores = problem.scores.values[row][units.fitting[unit_of[row]]]
            found.setdefault(household.group, []).append(float(scores.max()) if scores.size else 0.0)
    return {group: float(np.sum(np.sort(best))) for group, best in sorted(found.items())}


def floor_demands(problem: Problem, units: Units, floor: float) -> list[Demand]:
    """One demand a group: at least `floor` of its best."""
    bests = group_bests(problem, units)
    worths = group_worths(problem, units)
    return [Demand(group, worths[group], floor * best, is_group=True) for group, best in bests.items()]


def worst_share(demands: Sequence[Demand], floor: float, places: Ints) -> float:
    """The lowest share of its best that any group with a best above 0 reaches in an answer."""
    shares = [
        one.worth.total(places) / (one.at_least / floor) for one in demands if floor > 0 and one.at_least > 0
    ]
    return min(shares, default=1.0)


def met(demands: Sequence[Demand], places: Ints) -> bool:
    """Whether an answer reaches every demand."""
    return all(one.worth.total(places) >= one.at_least - tolerance(one) for one in demands)


def tolerance(demand: Demand) -> float:
    """How far below a demand a sum of rounded numbers may lie."""
    return 1e-7 * max(1.0, abs(demand.at_least))


def shortfalls(demands: Sequence[Demand], places: Ints) -> Floats:
    """How far each demand is missed; 0 = reached."""
    return np.array([max(0.0, one.at_least - one.worth.total(places)) for one in demands])
