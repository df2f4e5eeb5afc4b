"""The answer, which checks itself against the problem it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bosett.placement.problem import Objective, Problem


class Unplaced(StrEnum):
    """Why a household got no municipality."""

    NO_ALLOWED = "no_allowed_municipality"
    NO_CAPACITY = "no_capacity"
    LOCKED_OUT = "locked_out"
    NOT_WORTH_IT = "not_worth_it"


@dataclass(frozen=True)
class Assignment:
    """One household's proposal; `municipality_id` None = unplaced, with its reason."""

    household_id: str
    municipality_id: str | None
    score: float | None
    reason: Unplaced | None


@dataclass(frozen=True)
class Level:
    """One level of the objective: what was reached and what no answer can exceed."""

    name: str
    value: float
    bound: float


@dataclass(frozen=True)
class LevelCertificate:
    """Numbers from which anybody can recompute a level's bound without a solver."""

    name: str
    bound: float
    prices: Mapping[str, Mapping[str, float]]
    mu: Mapping[str, float]
    groups: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Price:
    """What one more place would be worth at the last level."""

    municipality_id: str
    dimension: str
    capacity: int | None
    used: int
    price: float


class RuleBroken(AssertionError):
    """The answer breaks a rule: a fault of ours, never shown as an answer."""


@dataclass(frozen=True)
class Placement:
    """The whole answer, sorted by household.

    Parameters
    ----------
    best_score
        With wishes: the highest score without them, under the same levels of persons.

    Raises
    ------
    RuleBroken
        If a capacity, an exclusion, a link or a lock is not kept.
    """

    problem: Problem = field(repr=False)
    objective: Objective
    seed: int
    assignments: tuple[Assignment, ...]
    levels: tuple[Level, ...]
    certificates: tuple[LevelCertificate, ...]
    prices: tuple[Price, ...]
    solver_bound: float
    proven: bool
    fairness_floor: float | None = None
    score_floor: float | None = None
    best_score: float | None = None

    def __post_init__(self) -> None:
        _check_households(self)
        _check_capacity(self)
        _check_pairs(self)
        _check_links_and_locks(self)

    @property
    def by_household(self) -> dict[str, str | None]:
        """Household -> municipality or None."""
        return {one.household_id: one.municipality_id for one in self.assignments}

    @property
    def score(self) -> float:
        """Total score of the placed households."""
        return self.levels[-1].value

    @property
    def score_bound(self) -> float:
        """Certified: no answer as good at the earlier levels scores more."""
        return self.levels[-1].bound

    @property
    def gap(self) -> float:
        """(bound - score) / |bound|; 0 when both are 0."""
        distance = self.score_bound - self.score
        return distance / abs(self.score_bound) if self.score_bound else 0.0

    @property
    def placed_persons(self) -> int:
        """Persons with a municipality."""
        where = self.by_household
        return sum(one.persons for one in self.problem.households if where[one.household_id] is not None)


def used_places(problem: Problem, where: Mapping[str, str | None]) -> dict[tuple[str, str], int]:
    """Places taken by (municipality, dimension)."""
    used: dict[tuple[str, str], int] = defaultdict(int)
    dimensions = problem.dimensions
    for household in problem.households:
        place = where[household.household_id]
        if place is not None:
            for dimension in dimensions:
                used[place, dimension] += household.use(dimension)
    return used


def _check_households(answer: Placement) -> None:
    if tuple(one.household_id for one in answer.assignments) != answer.problem.household_ids:
        raise RuleBroken("each household is answered once, sorted by identifier")
    for one in answer.assignments:
        if (one.municipality_id is None) != (one.reason is not None):
            raise RuleBroken(f"{one.household_id}: unplaced goes with a reason, placed without")


def _check_capacity(answer: Placement) -> None:
    used = used_places(answer.problem, answer.by_household)
    for place in answer.problem.municipalities:
        for dimension, capacity in place.capacities.items():
            if capacity is not None and used.get((place.municipality_id, dimension), 0) > capacity:
                raise RuleBroken(f"{place.municipality_id}: more {dimension} than {capacity}")


def _check_pairs(answer: Placement) -> None:
    if answer.problem.blocked is None:
        return
    column = {key: index for index, key in enumerate(answer.problem.municipality_ids)}
    for row, one in enumerate(answer.assignments):
        if one.municipality_id is not None:
            broken = answer.problem.blocked.named(
                int(answer.problem.blocked.bits[row, column[one.municipality_id]])
            )
            if broken:
                raise RuleBroken(f"{one.household_id} in {one.municipality_id}: forbidden by {broken}")


def _check_links_and_locks(answer: Placement) -> None:
    where = answer.by_household
    together: dict[str, set[str | None]] = defaultdict(set)
    for household in answer.problem.households:
        if household.link:
            together[household.link].add(where[household.household_id])
    for link, places in together.items():
        if len(places) > 1:
            raise RuleBroken(f"link {link} is split")
    for lock in answer.problem.locks:
        if where[lock.household_id] != lock.municipality_id:
            raise RuleBroken(f"lock of {lock.household_id} is not kept")
