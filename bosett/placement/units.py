"""Linked households as one: what the optimisation really places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bosett.placement.problem import Problem
from bosett.terms.errors import NoAnswer

FREE = -2
STAYS_UNPLACED = -1

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Units:
    """Units as arrays; rows are units in order of their first household, columns municipalities.

    Parameters
    ----------
    members
        Rows of `problem.households` of each unit.
    use
        units x dimensions.
    score
        units x municipalities; 0 where not allowed.
    fitting
        Allowed, and the unit's use is within the municipality's capacity in every dimension.
    lock
        Column of the municipality, `STAYS_UNPLACED`, or `FREE`.
    capacity
        municipalities x dimensions; infinite = unlimited.
    """

    members: tuple[tuple[int, ...], ...]
    persons: Ints
    tier: Ints
    use: Floats
    score: Floats
    allowed: Bools
    fitting: Bools
    lock: Ints
    capacity: Floats

    @property
    def count(self) -> int:
        """How many units there are."""
        return len(self.members)

    @property
    def tiers(self) -> tuple[int, ...]:
        """The tiers that occur, best first."""
        return tuple(sorted({int(tier) for tier in self.tier}))

    def tier_persons(self, tier: int) -> Floats:
        """Persons of each unit when it belongs to the tier, else 0."""
        return np.where(self.tier == tier, self.persons, 0).astype(np.float64)


def units_of(problem: Problem) -> Units:
    """Join linked households: use, score and persons add up, allowed municipalities intersect.

    Raises
    ------
    NoAnswer
        For conflicting locks, a lock on a pair that is not fitting, or locks that overfill.
    """
    members = _members(problem)
    use = _use(problem, members)
    capacity = _capacity(problem)
    blocked = problem.rules.bits != 0
    allowed = np.array([~blocked[list(rows)].any(axis=0) for rows in members]).reshape(len(members), -1)
    values = np.nan_to_num(problem.scores.values, nan=0.0)
    score = np.array([values[list(rows)].sum(axis=0) for rows in members]).reshape(len(members), -1)
    fitting = allowed & (use[:, None, :] <= capacity[None, :, :]).all(axis=2)
    found = Units(
        members=members,
        persons=np.array(
            [sum(problem.households[r].persons for r in rows) for rows in members], dtype=np.int64
        ),
        tier=np.array([min(problem.households[r].tier for r in rows) for rows in members], dtype=np.int64),
        use=use,
        score=np.where(allowed, score, 0.0),
        allowed=allowed,
        fitting=fitting,
        lock=_locks(problem, members),
        capacity=capacity,
    )
    _check_locks(problem, found)
    return found


def _members(problem: Problem) -> tuple[tuple[int, ...], ...]:
    rows_of: dict[tuple[bool, str], list[int]] = {}
    for row, household in enumerate(problem.households):
        key = (True, household.link) if household.link else (False, household.household_id)
        rows_of.setdefault(key, []).append(row)
    return tuple(tuple(rows) for rows in rows_of.values())


def _use(problem: Problem, members: tuple[tuple[int, ...], ...]) -> Floats:
    use = [
        [sum(problem.households[row].use(name) for row in rows) for name in problem.dimensions]
        for rows in members
    ]
    return np.array(use, dtype=np.float64).reshape(len(members), len(problem.dimensions))


def _capacity(problem: Problem) -> Floats:
    rows = [
        [np.inf if place.capacities[name] is None else float(place.capacities[name] or 0) for name in names]
        for place in problem.municipalities
        for names in [problem.dimensions]
    ]
    return np.array(rows, dtype=np.float64).reshape(len(problem.municipalities), len(problem.dimensions))


def _locks(problem: Problem, members: tuple[tuple[int, ...], ...]) -> Ints:
    column = {key: index for index, key in enumerate(problem.municipality_ids)}
    wanted: dict[str, int] = {}
    for lock in problem.locks:
        place = STAYS_UNPLACED if lock.municipality_id is None else column[lock.municipality_id]
        if wanted.setdefault(lock.household_id, place) != place:
            raise NoAnswer("conflicting_locks", f"household {lock.household_id} is locked twice")
    found = np.full(len(members), FREE, dtype=np.int64)
    for unit, rows in enumerate(members):
        names = [problem.households[row].household_id for row in rows]
        places = {wanted[name] for name in names if name in wanted}
        if len(places) > 1:
            raise NoAnswer("conflicting_locks", f"linked households {names} are locked to different places")
        if places:
            found[unit] = places.pop()
    return found


def _check_locks(problem: Problem, units: Units) -> None:
    used = np.zeros_like(units.capacity)
    for unit in np.flatnonzero(units.lock >= 0):
        place = int(units.lock[unit])
        if not units.fitting[unit, place]:
            name = problem.households[units.members[unit][0]].household_id
            where = problem.municipality_ids[place]
            raise NoAnswer("lock_not_fitting", f"household {name} is locked to {where}, which does not fit")
        used[place] += units.use[unit]
    if (used > units.capacity).any():
        place = int(np.argwhere(used > units.capacity)[0][0])
        raise NoAnswer("locks_overfill", f"the locks overfill {problem.municipality_ids[place]}")
