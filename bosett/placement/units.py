"""Linked households as one: what the optimisation really places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bosett.placement.problem import Problem
from bosett.placement.worth import Bools, Floats, Ints, Worth
from bosett.terms.errors import NoAnswer

__all__ = ["FREE", "STAYS_UNPLACED", "Bools", "Floats", "Ints", "Units", "units_of"]

FREE = -2
STAYS_UNPLACED = -1


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
    allowed
        No rule forbids the pair; None = all are allowed.
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
    allowed: Bools | None
    fitting: Bools
    lock: Ints
    capacity: Floats

    @property
    def count(self) -> int:
        """How many units there are."""
        return len(self.members)

    @property
    def places(self) -> int:
        """How many municipalities there are."""
        return len(self.capacity)

    @cached_property
    def tiers(self) -> tuple[int, ...]:
        """The tiers that occur, best first."""
        return tuple(sorted({int(tier) for tier in self.tier}))

    @cached_property
    def placeable(self) -> Bools:
        """Units with a fitting municipality that are not locked out."""
        fits = self.fitting.any(axis=1) & (self.lock != STAYS_UNPLACED)
        return np.asarray(fits, dtype=np.bool_)

    def persons_of(self, tier: int) -> Worth:
        """Persons of each unit when it belongs to the tier, else 0."""
        return Worth(np.where(self.tier == tier, self.persons, 0).astype(np.float64))

    def whole_score(self) -> Worth:
        """The score of each unit."""
        return Worth(np.ones(self.count), self.score)

    def used(self, places: Ints) -> Floats:
        """Places taken, municipalities x dimensions."""
        found = np.zeros_like(self.capacity)
        placed = np.flatnonzero(places >= 0)
        np.add.at(found, places[placed], self.use[placed])
        return found


def units_of(problem: Problem) -> Units:
    """Join linked households: use, score and persons add up, allowed municipalities intersect.

    Raises
    ------
    NoAnswer
        For conflicting locks, a lock on a pair that is not fitting, or locks that overfill.
    """
    members = _members(problem)
    first = np.array([rows[0] for rows in members], dtype=np.int64)
    others = [(unit, row) for unit, rows in enumerate(members) for row in rows[1:]]
    use, capacity = _use(problem, members), _capacity(problem)
    score, allowed = problem.scores.values, problem.allowed
    if others:
        unit, row = (np.array(part, dtype=np.int64) for part in zip(*others, strict=True))
        score, more = score[first], score[row]
        np.add.at(score, unit, more)
        if allowed is not None:
            merged = allowed[first]
            np.logical_and.at(merged, unit, allowed[row])
            allowed = merged
            score[~allowed] = 0.0
    persons = [sum(problem.households[row].persons for row in rows) for rows in members]
    found = Units(
        members=members,
        persons=np.array(persons, dtype=np.int64),
        tier=np.array([min(problem.households[r].tier for r in rows) for rows in members], dtype=np.int64),
        use=use,
        score=score,
        allowed=allowed,
        fitting=_fitting(use, capacity, allowed),
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
    names = problem.dimensions
    rows = [
        [np.inf if (held := place.capacities[name]) is None else float(held) for name in names]
        for place in problem.municipalities
    ]
    return np.array(rows, dtype=np.float64).reshape(len(problem.municipalities), len(names))


def _fitting(use: Floats, capacity: Floats, allowed: Bools | None) -> Bools:
    fits = np.ones((len(use), len(capacity)), dtype=np.bool_) if allowed is None else allowed.copy()
    for dimension in range(capacity.shape[1]):
        fits &= use[:, dimension, None] <= capacity[None, :, dimension]
    return fits


def _locks(problem: Problem, members: tuple[tuple[int, ...], ...]) -> Ints:
    column = {key: index for index, key in enumerate(problem.municipality_ids)}
    wanted: dict[str, int] = {}
    for lock in problem.locks:
        place = STAYS_UNPLACED if lock.municipality_id is None else column[lock.municipality_id]
        if wanted.setdefault(lock.household_id, place) != place:
            raise NoAnswer("conflicting_locks", f"household {lock.household_id} is locked twice")
    found = np.full(len(members), FREE, dtype=np.int64)
    for unit, rows in enumerate(members) if wanted else ():
        names = [problem.households[row].household_id for row in rows]
        places = {wanted[name] for name in names if name in wanted}
        if len(places) > 1:
            raise NoAnswer("conflicting_locks", f"linked households {names} are locked to different places")
        if places:
            found[unit] = places.pop()
    return found


def _check_locks(problem: Problem, units: Units) -> None:
    locked = np.flatnonzero(units.lock >= 0)
    for unit in locked:
        place = int(units.lock[unit])
        if not units.fitting[unit, place]:
            name = problem.households[units.members[unit][0]].household_id
            where = problem.municipality_ids[place]
            raise NoAnswer("lock_not_fitting", f"household {name} is locked to {where}, which does not fit")
    over = units.used(np.where(units.lock >= 0, units.lock, -1)) > units.capacity
    if over.any():
        place, dimension = (int(index) for index in np.argwhere(over)[0])
        told = f"the locks overfill {problem.municipality_ids[place]} in {problem.dimensions[dimension]}"
        raise NoAnswer("locks_overfill", told)
