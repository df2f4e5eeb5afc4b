"""What if: other capacities, a withdrawal, a lock or a new site, solved anew with the exact difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bosett.placement.problem import Lock, Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement
from bosett.placement.solve import solve
from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class WhatIf:
    """The new answer, what each level gains (a loss is negative), and who would move.

    Parameters
    ----------
    proven
        Whether both answers are proven best, so that the difference is exact.
    """

    placement: Placement
    gained: tuple[tuple[str, float], ...]
    moved: tuple[tuple[str, str | None, str | None], ...]
    proven: bool


def with_capacities(problem: Problem, capacities: Mapping[tuple[str, str], int | None]) -> Problem:
    """The problem with other capacities by (municipality, dimension); 0 in persons is a withdrawal.

    Raises
    ------
    BadInput
        For an unknown municipality or dimension.
    """
    for code, name in capacities:
        if code not in problem.municipality_ids or name not in problem.dimensions:
            raise BadInput(f"{code}, {name}", "a municipality and dimension of the problem")
    towns = tuple(
        replace(
            one,
            capacities={
                name: capacities.get((one.municipality_id, name), held)
                for name, held in one.capacities.items()
            },
        )
        for one in problem.municipalities
    )
    return replace(problem, municipalities=towns)


def with_locks(problem: Problem, locks: Sequence[Lock]) -> Problem:
    """The problem with these locks; an earlier lock of the same household gives way."""
    named = {lock.household_id for lock in locks}
    kept = tuple(lock for lock in problem.locks if lock.household_id not in named)
    return replace(problem, locks=(*kept, *locks))


def what_if(placement: Placement, changed: Problem, limits: Limits | None = None) -> WhatIf:
    """Solve the changed problem with the same objective, floors and seed, and compare.

    Raises
    ------
    NoAnswer
        If the change leaves no answer; the rule is named.
    """
    again = solve(
        changed,
        placement.objective,
        limits,
        placement.seed,
        placement.fairness_floor,
        placement.score_floor,
    )
    return compared(placement, again)


def compared(placement: Placement, again: Placement) -> WhatIf:
    """What the second answer gains over the first, level by level, and who moves between them."""
    before, after = placement.by_household, again.by_household
    old = {level.name: level.value for level in placement.levels}
    return WhatIf(
        again,
        tuple((level.name, level.value - old.get(level.name, 0.0)) for level in again.levels),
        tuple((one, before[one], after[one]) for one in before if one in after and before[one] != after[one]),
        placement.proven and again.proven,
    )
