"""Who was passed over by a comparable household that became ready later, and for what reason."""

from __future__ import annotations

from dataclasses import dataclass

from bosett.placement.problem import Household, Problem
from bosett.placement.result import Placement, used_places


@dataclass(frozen=True)
class PassedOver:
    """An unplaced household and one that was placed though it came later; `reason` says why.

    Parameters
    ----------
    reason
        `not_allowed` (a rule excludes the first one there), `no_room` (it does not fit into the
        other's places), `linked` (one of them goes with others), `lock`, or `persons_or_score` (the
        exchange would place fewer persons or lose `lost` points).
    """

    household_id: str
    by: str
    municipality_id: str
    reason: str
    lost: float


def passed_over(problem: Problem, placement: Placement) -> tuple[PassedOver, ...]:
    """Every case of the same tier: nobody is passed over without one of the stated reasons."""
    where = placement.by_household
    used = used_places(problem, where)
    waiting = [one for one in problem.households if where[one.household_id] is None and one.ready_since]
    found = []
    for one in waiting:
        for other in problem.households:
            place = where[other.household_id]
            if place is None or not _comparable(one, other):
                continue
            found.append(_case(problem, one, other, place, used))
    return tuple(found)


def _comparable(one: Household, other: Household) -> bool:
    later = one.ready_since and other.ready_since and other.ready_since > one.ready_since
    return bool(later) and one.tier == other.tier and one.persons <= other.persons


def _case(
    problem: Problem, one: Household, other: Household, place: str, used: dict[tuple[str, str], int]
) -> PassedOver:
    row, column = problem.household_ids.index(one.household_id), problem.municipality_ids.index(place)
    mine = float(problem.scores.values[row, column])
    theirs = float(problem.scores.values[problem.household_ids.index(other.household_id), column])
    town = problem.municipalities[column]
    room = all(
        held is None or used.get((place, name), 0) - other.use(name) + one.use(name) <= held
        for name, held in town.capacities.items()
    )
    locked = {lock.household_id for lock in problem.locks} & {one.household_id, other.household_id}
    reason = "persons_or_score"
    if locked:
        reason = "lock"
    elif problem.allowed is not None and not problem.allowed[row, column]:
        reason = "not_allowed"
    elif one.link or other.link:
        reason = "linked"
    elif not room:
        reason = "no_room"
    return PassedOver(one.household_id, other.household_id, place, reason, theirs - mine)
