"""From places of units back to households, with reasons, levels, certificates and prices."""

from __future__ import annotations

from collections.abc import Sequence

from bosett.placement.levels import LevelOutcome
from bosett.placement.problem import Objective, Problem
from bosett.placement.result import (
    Assignment,
    Level,
    LevelCertificate,
    Placement,
    Price,
    Unplaced,
    used_places,
)
from bosett.placement.units import STAYS_UNPLACED, Floats, Ints, Units


def answer(
    problem: Problem,
    units: Units,
    objective: Objective,
    seed: int,
    outcomes: Sequence[LevelOutcome],
    fairness_floor: float | None = None,
    score_floor: float | None = None,
    best_score: float | None = None,
) -> Placement:
    """Build the checked result of the last level's places."""
    places = outcomes[-1].places
    assignments = _assignments(problem, units, objective, places)
    return Placement(
        problem=problem,
        objective=objective,
        seed=seed,
        assignments=assignments,
        levels=tuple(Level(one.name, one.value, one.bound) for one in outcomes),
        certificates=tuple(_certificate(problem, one) for one in outcomes),
        prices=_prices(problem, assignments, outcomes[-1].prices.capacity),
        solver_bound=outcomes[-1].solver_bound,
        proven=all(one.proven for one in outcomes),
        fairness_floor=fairness_floor,
        score_floor=score_floor,
        best_score=best_score,
    )


def _assignments(
    problem: Problem, units: Units, objective: Objective, places: Ints
) -> tuple[Assignment, ...]:
    found: dict[int, Assignment] = {}
    left = _left(units, places)
    for unit, rows in enumerate(units.members):
        place = int(places[unit])
        reason = _reason(units, objective, unit, left) if place < 0 else None
        for row in rows:
            name = problem.households[row].household_id
            score = float(problem.scores.values[row, place]) if place >= 0 else None
            where = problem.municipality_ids[place] if place >= 0 else None
            found[row] = Assignment(name, where, score, reason)
    return tuple(found[row] for row in range(len(problem.households)))


def _left(units: Units, places: Ints) -> Floats:
    return units.capacity - units.used(places)


def _reason(units: Units, objective: Objective, unit: int, left: Floats) -> Unplaced:
    if units.lock[unit] == STAYS_UNPLACED:
        return Unplaced.LOCKED_OUT
    if units.allowed is not None and not units.allowed[unit].any():
        return Unplaced.NO_ALLOWED
    room = units.fitting[unit] & (units.use[unit] <= left).all(axis=1)
    worthless = not (units.fitting[unit] & (units.score[unit] > 0)).any()
    if objective is Objective.SCORE and units.fitting[unit].any() and (worthless or room.any()):
        return Unplaced.NOT_WORTH_IT
    return Unplaced.NO_CAPACITY


def _certificate(problem: Problem, outcome: LevelOutcome) -> LevelCertificate:
    prices = {
        code: {
            name: float(outcome.prices.capacity[row, column])
            for column, name in enumerate(problem.dimensions)
        }
        for row, code in enumerate(problem.municipality_ids)
    }
    priced = list(zip(outcome.demands, outcome.prices.kept, strict=True))
    mu = {one.name: price for one, price in priced if not one.is_group}
    groups = {one.name: price for one, price in priced if one.is_group}
    return LevelCertificate(outcome.name, outcome.bound, prices, mu, groups)


def _prices(problem: Problem, assignments: Sequence[Assignment], prices: Floats) -> tuple[Price, ...]:
    used = used_places(problem, {one.household_id: one.municipality_id for one in assignments})
    return tuple(
        Price(
            place.municipality_id,
            name,
            place.capacities[name],
            used.get((place.municipality_id, name), 0),
            float(prices[row, column]),
        )
        for row, place in enumerate(problem.municipalities)
        for column, name in enumerate(problem.dimensions)
    )
