"""What `bosett distribute --json` says about the criteria, beside the numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bosett.distribution import Distribution, DistributionProblem
from bosett.distribution.counties import CountyDivision
from bosett.distribution.insight import population_in_disguise, pulls, weight_effects
from bosett.distribution.methods import recipe

POPULATION = "population"
SHOWN = 5


def distribution_insight(
    problem: DistributionProblem, division: Distribution, counties: CountyDivision | None
) -> dict[str, Any]:
    """Population in disguise, criteria against each other, one more point of each weight, the county step."""
    told: dict[str, Any] = {"weight_effects": _effects(problem, division)}
    population = {
        one.identifier: one.indicators[POPULATION]
        for one in problem.municipalities
        if one.indicators.get(POPULATION)
    }
    if POPULATION in {column for column, _ in division.shares[0].contributions}:
        disguises = population_in_disguise(division, population)
        told["explained_by_population"] = {one.column: _rounded(one.explained) for one in disguises}
        told["criteria_against_each_other"] = [
            {"first": one.first, "second": one.second, "correlation": _rounded(one.correlation)}
            for one in pulls(division, population)
        ]
    if counties is not None:
        told["counties"] = _counties(counties)
    return told


def _effects(problem: DistributionProblem, division: Distribution) -> dict[str, Any]:
    weights = {one.column: one.weight for one in recipe(problem.criteria).criteria}
    return {
        effect.column: {
            "moved_persons": _rounded(float(effect.moved_persons)),
            "most_changed": {code: _rounded(float(persons)) for code, persons in effect.changes[:SHOWN]},
        }
        for effect in weight_effects(division, weights)
    }


def _counties(counties: CountyDivision) -> dict[str, Any]:
    unequal = counties.unequal
    told: dict[str, Any] = {
        "needs": dict(counties.county_needs),
        "persons_moved": counties.persons_moved,
    }
    if unequal is not None:
        low, high = unequal
        told["least_per_direct_share"] = {low.identifier: _factor(low.factor)}
        told["most_per_direct_share"] = {high.identifier: _factor(high.factor)}
    return told


def _factor(value: Fraction | None) -> float | None:
    return None if value is None else _rounded(float(value))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
