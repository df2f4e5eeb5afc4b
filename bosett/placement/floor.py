"""The highest floor that every group can reach, for the refusal of a higher one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import highspy
import numpy as np

from bosett.placement.fairness import floor_demands
from bosett.placement.problem import Problem
from bosett.placement.program import Limits, Pairs, found_whole, limit_search, whole_solver
from bosett.placement.units import FREE, STAYS_UNPLACED, Bools, Ints, Units
from bosett.placement.worth import Worth
from bosett.terms.errors import NoAnswer

TOO_MANY = 400_000
EXACT = 5_000
"""Pairs up to which the highest floor is exact; above, it may be told a ten-thousandth part too low."""


@dataclass(frozen=True)
class Highest:
    """The highest floor found.

    Parameters
    ----------
    floor
        0 to 1, rounded down: `places` give every group that share of its best.
    places
        An answer that reaches it, by unit; -1 = unplaced.
    proven
        Whether no answer reaches a higher one; False = the limits ended the search.
    """

    floor: float
    places: Ints
    proven: bool


def no_such_floor(problem: Problem, units: Units, floor: float, limits: Limits | None = None) -> NoAnswer:
    """The refusal, with the highest floor that can be reached where that is known."""
    if units.fitting.sum() > TOO_MANY:
        told = f"no answer was found in which every group reaches {floor:g} of its best; ask for less"
        return NoAnswer("fairness_floor", told)
    highest = highest_floor(problem, units, limits)
    if highest.proven:
        told = f"not every group can reach {floor:g} of its best; the highest floor that all reach is"
    else:
        told = f"within the limits no answer was found in which every group reaches {floor:g} of its best; all reach"
    return NoAnswer("fairness_floor", f"{told} {highest.floor:.6f}")


def highest_floor(problem: Problem, units: Units, limits: Limits | None = None) -> Highest:
    """The largest X, 0 to 1, for which some answer gives every group X of its best; never told too high.

    Raises
    ------
    NoAnswer
        If the locks leave a group below 0, or the limits end the search before any answer is found.
    """
    reached, places, proven = _climb(problem, units, 1.0, limits)
    return Highest(max(0.0, math.floor((reached + 1e-9) * 1e6) / 1e6), places, proven)


def start_at_floor(problem: Problem, units: Units, floor: float, limits: Limits | None = None) -> Ints | None:
    """Places of an answer that reaches the floor; None when none was found."""
    reached, places, _ = _climb(problem, units, floor, limits)
    return places if reached >= floor - 1e-9 else None


def _climb(problem: Problem, units: Units, most: float, limits: Limits | None) -> tuple[float, Ints, bool]:
    """The highest floor up to `most`, an answer that reaches it, and whether none reaches more."""
    demands = floor_demands(problem, units, 1.0)
    pairs = Pairs.of(_usable(units))
    solver = whole_solver(units, pairs, Worth(np.zeros(units.count)), [])
    solver.addCol(1.0, 0.0, most, 0, np.array([], dtype=np.int32), np.array([]))
    for one in demands:
        worth = one.worth.at(pairs.unit, pairs.place)
        held = np.flatnonzero(worth)
        index = np.append(held, pairs.count).astype(np.int32)
        solver.addRow(0.0, highspy.kHighsInf, len(index), index, np.append(worth[held], -one.at_least))
    limit_search(solver, limits or Limits(), 0)
    asked = most < 1.0 or pairs.count <= EXACT
    solver.setOptionValue("mip_rel_gap", 0.0 if asked else 1e-4)
    solver.setOptionValue("mip_abs_gap", 1e-9)
    solver.run()
    proven, _, values = found_whole(solver)
    if values is None:
        why = (
            "some group cannot even reach a floor of 0 under the locks"
            if proven
            else "within the limits no answer was found in which every group reaches a floor of 0"
        )
        raise NoAnswer("fairness_floor", why)
    taken = values[: pairs.count] > 0.5
    places = np.full(units.count, -1, dtype=np.int64)
    places[pairs.unit[taken]] = pairs.place[taken]
    return float(values[pairs.count]), places, proven


def _usable(units: Units) -> Bools:
    usable = np.asarray(units.fitting & (units.lock == FREE)[:, None], dtype=np.bool_)
    locked = np.flatnonzero(units.lock > STAYS_UNPLACED)
    usable[locked, units.lock[locked]] = True
    return usable
