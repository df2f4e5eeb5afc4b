"""Why here, why not there, what else, and what another choice would cost: codes and facts, not prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bosett.placement.problem import Lock, Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement, Unplaced, used_places
from bosett.placement.score import Part
from bosett.placement.solve import solve
from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class Blocked:
    """A municipality that cannot take the household, and every rule that says so."""

    municipality_id: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Alternative:
    """Another municipality: the score there, the score after paying for its places, and if there is room."""

    municipality_id: str
    score: float
    score_after_price: float
    room: bool


@dataclass(frozen=True)
class Explanation:
    """Everything a caseworker and the household need to judge one proposal.

    Parameters
    ----------
    rank
        The proposed municipality's place among the allowed ones by the household's own score, 1 = best;
        0 when unplaced.
    parts
        The parts of the score, the largest first, when the score was built from parts.
    blocked
        Every excluded municipality with the rules; `too_small` is the rule of capacity.
    """

    household_id: str
    municipality_id: str | None
    reason: Unplaced | None
    score: float | None
    rank: int
    allowed_count: int
    parts: tuple[Part, ...]
    blocked: tuple[Blocked, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class OverrideCost:
    """What the whole placement loses when this household is put there: exact, level by level."""

    household_id: str
    municipality_id: str | None
    by_level: tuple[tuple[str, float], ...]
    proven: bool
    moved_households: tuple[str, ...]


TOO_SMALL = "too_small"


def explain(
    problem: Problem,
    placement: Placement,
    household: str,
    parts: Sequence[Part] = (),
    alternatives: int = 3,
) -> Explanation:
    """Explain one household's answer from the problem and the placement alone.

    Raises
    ------
    BadInput
        If the household is not in the problem.
    """
    if household not in problem.household_ids:
        raise BadInput(household, "a household of the problem", column="household_id")
    row = problem.household_ids.index(household)
    answer = placement.assignments[row]
    scores = problem.scores.values[row]
    fitting = (_words(problem, row) == 0) & _large_enough(problem, row)
    here = answer.municipality_id
    own = scores[problem.municipality_ids.index(here)] if here is not None else None
    rank = 0 if own is None else 1 + int((scores[fitting] > own).sum())
    return Explanation(
        household_id=household,
        municipality_id=here,
        reason=answer.reason,
        score=None if own is None else float(own),
        rank=rank,
        allowed_count=int(fitting.sum()),
        parts=tuple(sorted(parts, key=lambda part: (-part.points, part.code))),
        blocked=_blocked(problem, row),
        alternatives=_alternatives(problem, placement, row, fitting, alternatives),
    )


def override_cost(
    problem: Problem,
    placement: Placement,
    household: str,
    municipality: str | None,
    limits: Limits | None = None,
) -> OverrideCost:
    """Solve again with the household locked there, and give the exact difference of each level.

    Raises
    ------
    NoAnswer
        If the pair is not allowed or does not fit: the rule that stands in the way is named.
    """
    row = problem.household_ids.index(household)
    unit = {problem.household_ids[one] for one in _together(problem, row)}
    others = tuple(lock for lock in problem.locks if lock.household_id not in unit)
    locked = replace(problem, locks=(*others, Lock(household, municipality)))
    again = solve(locked, placement.objective, limits, placement.seed)
    before, after = placement.by_household, again.by_household
    return OverrideCost(
        household,
        municipality,
        tuple(
            (old.name, old.value - new.value) for old, new in zip(placement.levels, again.levels, strict=True)
        ),
        placement.proven and again.proven,
        tuple(one for one in problem.household_ids if before[one] != after[one]),
    )


def _together(problem: Problem, row: int) -> list[int]:
    """Rows of the household and those linked with it."""
    link = problem.households[row].link
    return [other for other, one in enumerate(problem.households) if one.link == link] if link else [row]


def _unit_use(problem: Problem, row: int, dimension: str) -> int:
    return sum(problem.households[one].use(dimension) for one in _together(problem, row))


def _words(problem: Problem, row: int) -> npt.NDArray[np.uint64]:
    """For each municipality the rules that exclude the household or one linked with it, as bits."""
    if problem.blocked is None:
        return np.zeros(len(problem.municipalities), dtype=np.uint64)
    bits = problem.blocked.bits[_together(problem, row)].astype(np.uint64)
    return np.asarray(np.bitwise_or.reduce(bits, axis=0), dtype=np.uint64)


def _large_enough(problem: Problem, row: int) -> npt.NDArray[np.bool_]:
    use = {name: _unit_use(problem, row, name) for name in problem.dimensions}
    fits = [
        all(capacity is None or use[name] <= capacity for name, capacity in place.capacities.items())
        for place in problem.municipalities
    ]
    return np.array(fits, dtype=np.bool_)


def _blocked(problem: Problem, row: int) -> tuple[Blocked, ...]:
    large_enough, words = _large_enough(problem, row), _words(problem, row)
    found = []
    for column, place in enumerate(problem.municipality_ids):
        word = int(words[column])
        rules = () if problem.blocked is None else problem.blocked.named(word)
        rules = rules if large_enough[column] else (*rules, TOO_SMALL)
        if rules:
            found.append(Blocked(place, rules))
    return tuple(found)


def _alternatives(
    problem: Problem,
    placement: Placement,
    row: int,
    fitting: npt.NDArray[np.bool_],
    count: int,
) -> tuple[Alternative, ...]:
    household, here = problem.households[row], placement.assignments[row].municipality_id
    used = used_places(problem, placement.by_household)
    prices = {(one.municipality_id, one.dimension): one.price for one in placement.prices}
    unit_use = {name: _unit_use(problem, row, name) for name in problem.dimensions}
    found = []
    for column in np.flatnonzero(fitting):
        place = problem.municipalities[column]
        if place.municipality_id == here:
            continue
        paid = sum(prices[place.municipality_id, name] * household.use(name) for name in place.capacities)
        room = all(
            capacity is None or used.get((place.municipality_id, name), 0) + unit_use[name] <= capacity
            for name, capacity in place.capacities.items()
        )
        score = float(problem.scores.values[row, column])
        found.append(Alternative(place.municipality_id, score, score - paid, room))
    found.sort(key=lambda one: (-one.score_after_price, one.municipality_id))
    return tuple(found[:count])
